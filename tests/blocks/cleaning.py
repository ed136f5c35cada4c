"""Short forms for tests that clean blocks."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from wagtail_careers.blocks import RoleBodyBlock

BODY = RoleBodyBlock()


def stream(raw_body: list[dict[str, Any]]) -> Any:
    """Raw stream data as the value of a body."""
    return BODY.to_python(raw_body)


def problems(block: Any, value: Any) -> dict[str, str]:
    """What stops ``value`` from being published: messages by where they are shown.

    ``0.links.1.path`` is the path of the second link of the first section; the place of what
    is said of the whole is empty.
    """
    with pytest.raises(ValidationError) as caught:
        block.clean(value)
    return dict(_places(caught.value, ""))


def _places(error: Any, place: str) -> Iterator[tuple[str, str]]:
    if not hasattr(error, "block_errors"):
        yield place, " ".join(error.messages)
        return
    for message in getattr(error, "non_block_errors", ()):
        yield place, " ".join(message.messages) if hasattr(message, "messages") else message
    inner = error.block_errors
    items = inner.items() if hasattr(inner, "items") else enumerate(inner)
    for key, child in items:
        if child is not None:
            yield from _places(child, f"{place}.{key}".removeprefix("."))
