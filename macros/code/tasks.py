"""The tasks that every Books application solves."""

from __future__ import annotations

from collections.abc import Mapping

TASKS: Mapping[str, tuple[str, str]] = {
    "first-response": ("First response", "What is the smallest program that answers?"),
    "routing": ("Routing", "How does an address reach a function, and its id become a number?"),
    "validation": ("Validation", "How are the rules of a book written, and how are they applied?"),
    "errors": ("Errors", "How do errors become answers that a machine can read?"),
    "database": ("Database", "How are tables and sessions declared, and books counted by author in one query?"),
    "transaction": ("Transaction", "How are thousands of books stored, all or none?"),
    "pagination": ("Pagination", "How is a list filtered and cut into pages?"),
    "authentication": ("Authentication", "How is a bearer token given and checked?"),
    "templates": ("Templates", "How is a page with a search made, with everything escaped?"),
    "streaming": ("Streaming", "How is a CSV file sent while it is being made?"),
    "background": ("Background work", "How is something done after the response?"),
    "live": ("Live updates", "How are clients told of what happens?"),
    "testing": ("Testing", "How is it tested without a server?"),
    "configuration": ("Configuration", "How are settings read from the environment and checked?"),
    "command-line": ("Command line", "How is a command added that imports a file?"),
    "deployment": ("Deployment", "How is it started, watched and stopped?"),
}
"""Name and question of each task, in the order in which pages list them."""
