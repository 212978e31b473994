"""Backend Field Guide: records to pages. `define_env` is what authors of docs/ may use."""

from __future__ import annotations

from typing import Any

MACROS = (
    "matrix entry_table use_case cases guide_index matrix_index comparison pair_index picker libraries "
    "stacks spring proofs stars scales choices yardsticks rating_rules fields check_rules figures code_overview "
    "constant glossary questions start at_a_glance api_places api_examples"
)


def define_env(env: Any) -> None:
    """Register the macros with mkdocs-macros; each leaves a placeholder that is filled after Markdown has run."""
    from macros.plugin import authoring  # noqa: PLC0415 - the core must be importable without MkDocs

    for name in MACROS.split():
        env.macro(getattr(authoring, name))
