# region testing
import json
import tempfile
from pathlib import Path

from masonite.tests import TestCase as MasoniteTestCase


class TestCase(MasoniteTestCase):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        resolver = self.application.make("resolver")
        resolver.set_connection_option("sqlite", {"database": str(self.folder / "books.db")})
        self.application.bind("builder", resolver.get_query_builder())
        self.craft("migrate")
        resolver.get_query_builder().table("authors").create({"name": "Ursula K. Le Guin"})
        self.withExceptionsHandling()

    def as_editor(self):
        user = {"username": "ada", "password": "1815"}
        token = self.post("/api/token", user).response.content
        self.withHeaders({"Authorization": f"Bearer {json.loads(token)['access_token']}"})


# endregion
