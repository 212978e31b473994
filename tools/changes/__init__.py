"""What changed in what the records say between two commits, in words, and the record of it."""
