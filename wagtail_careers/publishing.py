"""Problems that stop a role page from being published.

The editor's form validates what it publishes. The bulk action, approval in a workflow and the
import publish the newest revision as it is, even an incomplete draft, so they call this module
first.
"""

from collections.abc import Collection, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from wagtail.blocks.stream_block import StreamBlockValidationError

from wagtail_careers.models.names import refuse_wordless
from wagtail_careers.models.page_rules import refuse_steps_to_itself, refuse_unseen_sections


def publishing_problems(page: Any, published_with: Collection[int] = ()) -> list[str]:
    """Return the messages that the editor would show if ``page`` were published.

    ``published_with`` has the primary keys of the pages that are published together with it.
    """
    return [message for _place, message in (*_in_fields(page), *_in_body(page, published_with))]


def incomplete_places(page: Any) -> tuple[str, ...]:
    """Return the names of the fields and sections that stop ``page`` from being published."""
    places = (place for place, _message in (*_in_fields(page), *_in_body(page)))
    return tuple(dict.fromkeys(places))


def field_problems(instance: Any) -> list[str]:
    """Return the messages for invalid fields of a page or a record."""
    return [message for _place, message in _in_fields(instance)]


def _in_fields(instance: Any) -> Iterator[tuple[str, str]]:
    """Yield each problem of a field: the name of the field and the message."""
    try:
        instance.full_clean()
        refuse_wordless("title", getattr(instance, "title", ""))
    except ValidationError as error:
        for name, errors in error.message_dict.items():
            field = None if name == "__all__" else instance._meta.get_field(name)
            label = f"{capfirst(field.verbose_name)}: " if field else ""
            yield from ((name, f"{label}{message}") for message in errors)


def _in_body(page: Any, published_with: Collection[int] = ()) -> Iterator[tuple[str, str]]:
    """Yield each problem of the body: the name of the section and the message."""
    try:
        page.body.stream_block.clean(page.body)
        refuse_steps_to_itself(page, page.body)
        refuse_unseen_sections(page.body, published_with)
    except StreamBlockValidationError as error:
        yield from (("body", str(message)) for message in error.non_block_errors)
        for number, inner in error.block_errors.items():
            child = page.body[number]
            for message in _messages(inner):
                yield child.block_type, _with_label(str(child.block.label), message)


def _with_label(label: str, message: str) -> str:
    """Return ``message`` with the label of its section, which some messages have already."""
    return message if message.startswith(f"{label}: ") else f"{label}: {message}"


def _messages(error: Any) -> Iterator[str]:
    """Yield all messages of a block's error, outermost first."""
    if not hasattr(error, "block_errors"):
        yield from error.messages
        return
    yield from map(str, getattr(error, "non_block_errors", ()))
    inner = error.block_errors
    for child in inner.values() if hasattr(inner, "values") else inner:
        if child is not None:
            yield from _messages(child)
