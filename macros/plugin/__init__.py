"""What MkDocs asks: the only package that knows MkDocs."""
