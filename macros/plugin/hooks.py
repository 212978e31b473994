"""The MkDocs hook. MkDocs puts only this folder on the path, so the project's own folder is added first."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from macros.plugin.events import (
    on_build_error,
    on_config,
    on_env,
    on_files,
    on_nav,
    on_page_content,
    on_page_context,
    on_post_build,
    on_post_page,
    on_serve,
    on_startup,
)

__all__ = [
    "on_build_error",
    "on_config",
    "on_env",
    "on_files",
    "on_nav",
    "on_page_content",
    "on_page_context",
    "on_post_build",
    "on_post_page",
    "on_serve",
    "on_startup",
]
