"""How does it look: Jinja templates that escape everything, and their filters."""
