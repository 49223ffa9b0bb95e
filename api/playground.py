"""The playground page of LangServe, made to work with a rich input type.

The page as it comes has a form that fails on optional fields, and listens to `/stream_log`, which shows inner
state and is closed. It gets a form of its own, filled with an example, and a script that feeds it `/stream`.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from api.openapi import PIM
from dnd.content import CONTENT_TYPES
from dnd.content.base import Length
from dnd.themes import built_in_themes


def playground_page(page: str) -> str:
    """`page` with our form and our script; they run before the page's own module, which is deferred."""
    form = json.dumps(_form()).replace("</", "<\\/")
    ours = f"<script>window.INPUT_SCHEMA = {form};</script>\n<script>{_script()}</script>\n"
    return page.replace("</body>", ours + "</body>").replace("<title>Playground", "<title>Content playground")


@cache
def _script() -> str:
    return files("api").joinpath("playground.js").read_text(encoding="utf-8")


@cache
def _form() -> dict[str, Any]:
    """The fields most asked for, as a schema that the page can draw: no unions, no nulls, defaults everywhere."""
    request = {
        "type": {
            "title": "Type",
            "type": "string",
            "enum": [kind.name for kind in CONTENT_TYPES],
            "default": PIM["type"],
        },
        "theme": {
            "title": "Theme",
            "type": "string",
            "enum": [theme.id for theme in built_in_themes()],
            "default": PIM["theme"],
        },
        "length": {"title": "Length", "type": "string", "enum": [entry.value for entry in Length], "default": "full"},
        "edition": {"title": "Edition", "type": "string", "enum": ["5.1", "5.2"], "default": "5.2"},
        "subject": {"title": "Subject (JSON)", "type": "object", "default": PIM["subject"]},
        "facts": {"title": "Facts", "type": "array", "items": {"type": "string"}, "default": PIM["facts"]},
        "variant": {"title": "Variant", "type": "integer", "minimum": 0, "maximum": 9999, "default": 0},
    }
    return {
        "title": "Content",
        "type": "object",
        "properties": {"request": {"title": "Request", "type": "object", "properties": request}},
    }
