"""Whether a package works, and on which Python."""
