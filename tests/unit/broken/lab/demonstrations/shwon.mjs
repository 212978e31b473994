// The same entry again.
