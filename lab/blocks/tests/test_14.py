import os
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from bookapi.security import app

BOOK = {"title": " Emma ", "author_id": 1, "published_date": "1815-12-23", "isbn": "9780141439587"}
KEY = os.environ["SECRET_KEY"]


def token(minutes=5, key=KEY, algorithm="HS256", **claims):
    end = datetime.now(UTC) + timedelta(minutes=minutes)
    return jwt.encode({"sub": "jane", "exp": end, **claims}, key, algorithm=algorithm)


def sent(client, bearer, **changed):
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    return client.post("/books/", json={**BOOK, **changed}, headers=headers)


def test_who_has_a_token_may_create_a_book(api):
    response = sent(api(app), token())
    assert (response.status_code, response.json()) == (201, {"id": 1, "title": "Emma", "created_by": "jane"})


@pytest.mark.parametrize(
    "bearer",
    [
        "",
        "nonsense",
        token(minutes=-5),
        token(key="another key of more than thirty-two bytes"),
        jwt.encode({"sub": "jane"}, KEY),
        jwt.encode({"exp": datetime.now(UTC) + timedelta(minutes=5)}, KEY),
        jwt.encode({"sub": "jane", "exp": datetime.now(UTC) + timedelta(minutes=5)}, None, algorithm="none"),
    ],
    ids=["none", "nonsense", "expired", "of another key", "without an end", "without a subject", "unsigned"],
)
def test_any_other_token_is_refused(api, bearer):
    response = sent(api(app), bearer)
    assert (response.status_code, response.headers["www-authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize(
    "changed",
    [{"title": "   "}, {"isbn": "978"}, {"isbn": "٩٧٨٠١٤١٤٣٩٥٨٧"}, {"published_date": "2026-02-31"}],
    ids=["empty title", "short ISBN", "digits of another script", "no such day"],
)
def test_what_is_wrong_is_refused(api, changed):
    assert sent(api(app), token(), **changed).status_code == 422
