"""The Books application: one contract, one suite, and what it finds of the application of every framework."""
