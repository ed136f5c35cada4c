"""The rules about a body that no block can check for itself, because they compare its sections.

They hold when a page is published. Each function returns errors by number of the section, in the
form of ``StreamBlockValidationError``.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks.list_block import ListBlockValidationError, ListValue
from wagtail.blocks.struct_block import StructBlockValidationError

from wagtail_careers.blocks.shared_link import LinkValue
from wagtail_careers.text import name_key

Errors = dict[int, Any]


def same_titles(body: Any) -> Errors:
    """Return an error for each section whose title an earlier section has (WCAG 2.4.6)."""
    errors: Errors = {}
    seen: dict[str, Any] = {}
    for number, child in enumerate(body):
        title = str(getattr(child.value, "heading", ""))
        key = name_key(title)
        if key in seen and not _is_one_too_many(child, seen[key]):
            message = _("Another section has the title “%(title)s”. Enter a different title.")
            error = ValidationError(message % {"title": title})
            errors[number] = StructBlockValidationError({"title": error})
        if key:
            seen.setdefault(key, child)
    return errors


def _is_one_too_many(child: Any, other: Any) -> bool:
    """Return whether the sections are of one kind that a page has once, which is said elsewhere."""
    return child.block_type == other.block_type and not getattr(child.block.meta, "repeats", True)


class _Card(NamedTuple):
    """A link card, with the numbers of its section and its entry, and the name of its list."""

    section: int
    field: str
    entry: int
    link: LinkValue


def same_names(body: Any) -> Errors:
    """Return an error for each link card with the name of an earlier one that leads elsewhere.

    Links with the same name should lead to the same place (WCAG 2.4.4).
    """
    seen: dict[str, Any] = {}
    found: dict[int, dict[str, dict[int, Any]]] = {}
    for section, field, entry, link in _cards(body):
        name = str(link["text"] or link["shared_link"].name)
        key = name_key(name)
        if not key or seen.setdefault(key, _destination(link)) == _destination(link):
            continue
        message = _(
            "Another link with the name “%(name)s” leads elsewhere. Enter a text that says where "
            "this one leads."
        )
        error = ValidationError(message % {"name": name})
        errors = found.setdefault(section, {}).setdefault(field, {})
        errors[entry] = StructBlockValidationError({"text": error})
    return {
        section: StructBlockValidationError(
            {name: ListBlockValidationError(block_errors=errors) for name, errors in lists.items()}
        )
        for section, lists in found.items()
    }


def _cards(body: Any) -> Iterator[_Card]:
    for number, child in enumerate(body):
        fields = child.value.items() if isinstance(child.value, Mapping) else ()
        for name, value in fields:
            if isinstance(value, ListValue):
                for position, entry in enumerate(value):
                    if isinstance(entry, LinkValue) and entry["shared_link"]:
                        yield _Card(number, name, position, entry)


def _destination(link: LinkValue) -> tuple[int, str]:
    return link["shared_link"].pk, link["path"]
