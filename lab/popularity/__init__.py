"""How often packages are downloaded and repositories starred."""
