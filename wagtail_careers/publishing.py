"""Problems that stop a role page from being published.

The editor's form validates what it publishes. The bulk action, approval in a workflow and the
import publish the newest revision as it is, even an incomplete draft, so they call this module
first.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from wagtail.blocks.stream_block import StreamBlockValidationError


def publishing_problems(page: Any) -> list[str]:
    """Return the messages that the editor would show if ``page`` were published."""
    problems = field_problems(page)
    try:
        page.body.stream_block.clean(page.body)
    except StreamBlockValidationError as error:
        problems += list(_messages(error))
    return problems


def field_problems(instance: Any) -> list[str]:
    """Return the messages for invalid fields of a page or a record."""
    problems: list[str] = []
    try:
        instance.full_clean()
    except ValidationError as error:
        for name, errors in error.message_dict.items():
            field = None if name == "__all__" else instance._meta.get_field(name)
            label = f"{capfirst(field.verbose_name)}: " if field else ""
            problems += [f"{label}{message}" for message in errors]
    return problems


def _messages(error: Any) -> Iterator[str]:
    """Yield all messages of a block's error, outermost first."""
    if not hasattr(error, "block_errors"):
        yield from error.messages
        return
    for message in getattr(error, "non_block_errors", ()):
        yield from message.messages if hasattr(message, "messages") else [str(message)]
    inner = error.block_errors
    for child in inner.values() if hasattr(inner, "values") else inner:
        if child is not None:
            yield from _messages(child)
