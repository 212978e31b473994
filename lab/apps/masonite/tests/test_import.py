from tests.TestCase import TestCase

HEADER = "title,isbn,published,pages,author\n"


class TestImport(TestCase):
    def import_csv(self, text):
        file = self.folder / "books.csv"
        file.write_text(HEADER + text)
        return self.craft("import", str(file))

    def test_authors_are_created(self):
        line = "Dune,9780441172719,1965-08-01,,Frank Herbert\n"
        self.import_csv(line).assertOutputContains("imported 1")
        self.assertDatabaseHas("authors", {"name": "Frank Herbert"})

    def test_another_file_is_refused(self):
        file = self.folder / "books.csv"
        file.write_text("name,year\nDune,1965\n")
        done = self.craft("import", str(file))
        assert "must have the columns" in done.command_tester.io.fetch_error()

    def test_faults_are_named_by_line(self):
        done = self.import_csv("Dune,9780441172719,1965-08-32,many,Frank Herbert\n")
        assert "line 2: published:" in done.command_tester.io.fetch_error()
        self.assertDatabaseCount("books", 0)
