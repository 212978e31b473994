# region database
from masoniteorm.migrations import Migration


class CreateBooksTable(Migration):
    def up(self):
        with self.schema.create("books") as table:
            table.increments("id")
            table.string("title", 200).index()
            table.string("isbn", 13).unique()
            table.date("published")
            table.big_integer("pages").nullable()
            table.integer("author_id").unsigned().index()
            table.foreign("author_id").references("id").on("authors")
        # The file keeps this: with a write-ahead log an export holds up no writer.
        self.schema.new_connection().query("PRAGMA journal_mode = WAL")

    def down(self):
        self.schema.drop("books")


# endregion
