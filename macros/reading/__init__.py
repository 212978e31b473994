"""How is it read: YAML and JSON to typed records, with the line and column of everything."""
