"""The form of what /api/v1/ says, as types.

The JSON Schemas and the OpenAPI document are made from them, and mypy holds the functions that fill them to them: so
the documents and the files cannot part.
"""
