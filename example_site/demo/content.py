"""The content of the demo: TOML files read into the raw data of role pages."""

import re
import tomllib
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

#: The login for the admin of the demo.
USER = "admin"
PASSWORD = "careers-demo"

#: The sections after the introduction, in order.
SECTIONS = ("person_spec", "duties", "training", "application_links", "progression")

CONTENT = Path(__file__).parent / "content"

_KEY = re.compile(r'linktype="shared-link" key="([^"]+)"')
_SLUG = re.compile(r'linktype="page" slug="([^"]+)"')


def read_site() -> dict[str, Any]:
    """Return the categories and the shared links."""
    return tomllib.loads((CONTENT / "site.toml").read_text(encoding="utf-8"))


def read_roles() -> list[dict[str, Any]]:
    """Return one dictionary for each role, in order of file names."""
    paths = sorted((CONTENT / "roles").glob("*.toml"))
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in paths]


def body(
    role: Mapping[str, Any],
    titles: Mapping[str, str],
    links: Mapping[str, int],
    pages: Mapping[str, int],
) -> list[dict[str, Any]]:
    """Return a role as raw stream data, with ids from ``links`` by key and ``pages`` by slug.

    A draft can leave sections out.
    """

    def html(text: str) -> str:
        text = _KEY.sub(lambda match: f'linktype="shared-link" id="{links[match[1]]}"', text)
        return _SLUG.sub(lambda match: f'linktype="page" id="{pages[match[1]]}"', text)

    def section(name: str, **value: Any) -> dict[str, Any]:
        prose = html(role[name].get("prose", ""))
        return child(name, {"title": titles[name], "prose": prose, **value})

    extras: dict[str, dict[str, Any]] = {name: {} for name in SECTIONS}
    extras["application_links"]["links"] = [
        item(
            {
                "shared_link": links[link["link"]],
                "path": link.get("path", ""),
                "note": link.get("note", ""),
            }
        )
        for link in role.get("application_links", {}).get("links", [])
    ]
    extras["progression"]["steps"] = [
        item(
            {
                "page": pages[step["role"]] if "role" in step else None,
                "title": step["title"],
                "relation": step["relation"],
                "note": step.get("note", ""),
            }
        )
        for step in role.get("progression", {}).get("steps", [])
    ]
    texts = [
        child("text", {"title": text["title"], "prose": html(text["prose"])})
        for text in role.get("text", [])
    ]
    return [
        child("heading", {"introduction": html(role["introduction"])}),
        *(section(name, **extras[name]) for name in SECTIONS if name in role),
        *texts,
    ]


def child(block_type: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"type": block_type, "value": value, "id": str(uuid.uuid4())}


def item(value: dict[str, Any]) -> dict[str, Any]:
    return child("item", value)
