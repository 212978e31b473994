"""A catalogue of books."""
