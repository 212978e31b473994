"""What need not be done again: results kept under the digest of everything that they depend on."""
