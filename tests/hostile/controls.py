"""The controls of a form, as a browser would send them."""

import json
from typing import Any

from bs4 import BeautifulSoup

#: Of the buttons that save a form in different ways, a browser sends one.
BUTTONS = ("action-publish", "action-create", "action-edit")


def controls_of(response: Any) -> dict[str, str]:
    """Return the values of the controls in a page or in a modal, by name."""
    if response is None or response.streaming:
        return {}
    html = response.content.decode()
    if response.headers.get("Content-Type", "").startswith("application/json"):
        answer = json.loads(html)
        html = str(answer.get("html", "")) if isinstance(answer, dict) else ""
    found = BeautifulSoup(html, "html.parser").select("input, select, textarea, button")
    return {tag["name"]: _value(tag) for tag in found if _is_sent(tag)}


def _is_sent(tag: Any) -> bool:
    name = tag.get("name")
    return bool(name) and (name in BUTTONS or not name.startswith("action-"))


def _value(tag: Any) -> str:
    if tag.name == "textarea":
        return str(tag.text)
    return str((tag.select_one("option[selected]") or tag).get("value") or "")
