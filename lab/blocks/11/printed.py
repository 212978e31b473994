# Automatic API documentation
# Visit /docs for Swagger UI
# Visit /redoc for ReDoc

# Custom OpenAPI documentation
from fastapi.openapi.utils import get_openapi

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
from fastapi.testclient import TestClient

client = TestClient(app)

def test_create_book():
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

# Dependency injection for testing
from fastapi import Depends

def get_test_db():
    # Return test database session
    pass

app.dependency_overrides[get_db] = get_test_db
