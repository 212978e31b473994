# region database
from masoniteorm.migrations import Migration


class CreateAuthorsTable(Migration):
    def up(self):
        with self.schema.create("authors") as table:
            table.increments("id")
            table.string("name", 200).unique()

    def down(self):
        self.schema.drop("authors")


# endregion
