"""The black-box tests of the Books application; lab/books/CONTRACT.md says what each item means."""
