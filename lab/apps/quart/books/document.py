from typing import Any

from pydantic import BaseModel
from quart_schema import OpenAPIProvider
from werkzeug.routing import Rule

from books.schemas import Nothing, Problem, Table

MEDIA_TYPES: dict[type[BaseModel], str] = {
    Problem: "application/problem+json",
    Table: "text/csv",
}


class Document(OpenAPIProvider):
    """Says also which problems an operation may answer with, and in which media type."""

    def build_paths(self, rule: Rule) -> tuple[dict[str, Any], dict[str, Any]]:
        paths, components = super().build_paths(rule)
        problem, definitions = self.build_response_object(Problem, None)
        for path in paths.values():
            for operation in path.values():
                places = {parameter["in"] for parameter in operation["parameters"]}
                statuses = [404] if "path" in places else []
                statuses += [422] if "query" in places else []
                statuses += [400, 413, 422] if "requestBody" in operation else []
                statuses += [401] if "security" in operation else []
                operation["responses"] |= dict.fromkeys(statuses, problem)
        return paths, components | definitions

    def build_response_object(
        self, model: type[BaseModel], headers_model: type[BaseModel] | None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        response, definitions = super().build_response_object(model, headers_model)
        if model is Nothing:
            del response["content"]
        elif model in MEDIA_TYPES:
            response["content"][MEDIA_TYPES[model]] = response["content"].pop("application/json")
        return response, definitions
