"""What programs read below /api/v1/: the catalog as JSON, CSV and SQLite, with the schemas of all of it."""
