"""The Books application: one contract, one suite, and what it finds in the application of every framework."""
