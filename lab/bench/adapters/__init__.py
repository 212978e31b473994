"""One adapter for each framework: how it serves the routes of the contract."""
