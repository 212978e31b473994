import caching
import stats
from sqlalchemy.pool import QueuePool


def test_an_answer_is_kept_for_each_query_string(library):
    client = library.app.test_client()
    years = ("2025", "2026", "2025")
    found = [client.get(f"/api/books/stats?year={year}").json["calls"] for year in years]
    assert found == [1, 2, 1]
    assert stats.calls == ["/api/books/stats?year=2025", "/api/books/stats?year=2026"]


def test_the_address_names_its_driver():
    assert caching.engine.driver == "psycopg"
    assert isinstance(caching.engine.pool, QueuePool)
    assert caching.engine.pool.size() == 10
