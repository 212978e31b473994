import csv

from bookapi import performance, services

BOOK = {"title": 'Emma, "revised"', "author_id": 1, "published_date": "1815-12-23", "isbn": "9780141439587"}


def test_the_parts_of_the_analysis_are_gathered(api):
    found = api(performance.app).get("/books/7/analysis").json()
    assert found == {"book": {"id": 7}, "reviews": [], "similar": []}


def test_the_readers_are_notified_after_the_answer(api):
    services.notified.clear()
    assert api(performance.app).post("/books/7/notify-readers").json() == {"message": "Notifications scheduled"}
    assert services.notified == [7]


def test_every_value_stays_in_its_column(api):
    client = api(performance.app)
    client.post("/books/", json=BOOK)
    response = client.get("/books/export")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == "attachment; filename=books.csv"
    rows = list(csv.reader(response.text.splitlines()))
    assert rows == [["title", "author", "published_date"], ['Emma, "revised"', "Jane Austen", "1815-12-23"]]
