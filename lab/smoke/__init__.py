"""Use every Python package for its purpose, on the newest Python that its latest release runs on."""
