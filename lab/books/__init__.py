"""The Books application: one contract, one suite, and what it finds of the application of every framework."""

from lab.books.run import main

__all__ = ["main"]
