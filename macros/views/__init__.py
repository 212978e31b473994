"""What does a page need: pure functions from the catalog to the values that one template prints."""
