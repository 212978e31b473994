"""What package registries answer, and how it is read: PyPI and npm, through clients that know the addresses."""
