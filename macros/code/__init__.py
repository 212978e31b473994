"""The Books applications as code: their files, regions, lines, names and highlighting."""
