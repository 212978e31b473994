"""What changed in data/measured/ since the last commit, in words."""
