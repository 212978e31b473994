# Automatic API documentation
# Visit /docs for Swagger UI
# Visit /redoc for ReDoc

# Custom OpenAPI documentation
from fastapi.openapi.utils import get_openapi

from .database import get_db
from .main import app

def custom_openapi():
    if app.openapi_schema:
        return app.openapi_schema

    openapi_schema = get_openapi(
        title="Book Management API",
        version="2.0.0",
        description="A comprehensive book management system",
        routes=app.routes,
    )

    app.openapi_schema = openapi_schema
    return app.openapi_schema

app.openapi = custom_openapi

# Testing with TestClient
import pytest
from fastapi.testclient import TestClient
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from .models import Author, Base

# Dependency injection for testing
@pytest.fixture
def client(tmp_path):
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path}/test.db")
    new_session = async_sessionmaker(engine)

    async def create_tables():
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        async with new_session.begin() as session:
            session.add(Author(name="Test Author"))

    async def get_test_db():
        async with new_session() as session:
            yield session

    app.dependency_overrides[get_db] = get_test_db
    with TestClient(app) as client:
        client.portal.call(create_tables)
        yield client
        client.portal.call(engine.dispose)
    app.dependency_overrides.clear()

def test_create_book(client):
    response = client.post(
        "/books/",
        json={
            "title": "Test Book",
            "author_id": 1,
            "published_date": "2024-01-01",
            "isbn": "1234567890123"
        }
    )
    assert response.status_code == 201
    assert response.json()["title"] == "Test Book"
