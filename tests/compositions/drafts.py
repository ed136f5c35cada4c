"""Compositions that are written by hand."""

import json
from typing import Any

from tests.factories import RoleCategoryFactory
from wagtail_careers.compositions.pages import Composition
from wagtail_careers.pages.models import RolePage

#: Steps, of which the form accepts the second one.
ENTRIES = [
    {"page": "", "title": title, "relation": "next", "note": ""} for title in ("", "Ward manager")
]


def prose(text: str) -> str:
    """A paragraph as the editor posts it."""
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0}
    return json.dumps(
        {"blocks": [{**block, "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}
    )


def composition_of(
    *body: tuple[str, Any],
    title: str = "Porter",
    rows: tuple[str, ...] | list[str] = ("Ward porter",),
) -> Composition:
    """A role page with these sections and alternative titles."""
    fields = {
        "title": title,
        "slug": "porter",
        "category": str(RoleCategoryFactory().pk),
        "body": list(body),
    }
    formsets: dict[str, list[Any]] = {
        "role_alternative_titles": [{"title": row} for row in rows],
        "comments": [],
    }
    return Composition(RolePage, fields, formsets)
