"""Problems that stop a role page from being published.

The editor's form validates what it publishes. The bulk action, approval in a workflow and the
import publish the newest revision as it is, even an incomplete draft, so they call this module
first. The rules about content are imported when they are asked, because a site starts without them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from wagtail.blocks.stream_block import StreamBlockValidationError

from wagtail_careers.models.own_steps import refuse_steps_to_itself
from wagtail_careers.text import beginning


def publishing_problems(page: Any) -> list[str]:
    """Return the messages that the editor would show if ``page`` were published."""
    return [message for _place, message in _problems(page)]


def incomplete_places(page: Any) -> tuple[str, ...]:
    """Return the names of the fields and sections that stop ``page`` from being published."""
    return tuple(dict.fromkeys(place for place, _message in _problems(page)))


def content_errors(page: Any, title: str, body: Any) -> Mapping[str, ValidationError]:
    """Return the errors of rules about content for a form, by the name of the field.

    Each error of the body stands at its section.
    """
    from wagtail_careers.lint.publication import publication_errors

    of_title: list[str] = []
    of_sections: dict[int, list[str]] = defaultdict(list)
    for finding in publication_errors(page, title=title, body=body):
        number = finding.section.number
        (of_title if number < 0 else of_sections[number]).append(_sentence(finding))
    errors: dict[str, ValidationError] = {}
    if of_title:
        errors["title"] = ValidationError(of_title)
    if of_sections:
        in_sections: dict[int, Any] = {
            key: ValidationError(each) for key, each in of_sections.items()
        }
        errors["body"] = StreamBlockValidationError(block_errors=in_sections)
    return errors


def field_problems(instance: Any) -> list[str]:
    """Return the messages for invalid fields of a page or a record."""
    return [message for _place, message in _in_fields(instance)]


def _problems(page: Any) -> Iterator[tuple[str, str]]:
    yield from _in_fields(page)
    yield from _in_body(page)
    yield from _in_content(page)


def _in_content(page: Any) -> Iterator[tuple[str, str]]:
    """Yield each error of a rule about content: the name of the section and the message."""
    from wagtail_careers.lint.publication import publication_errors

    for finding in publication_errors(page, title=page.title, body=page.body):
        label = finding.section.label
        message = _sentence(finding)
        yield finding.section.name, f"{label}: {message}" if label else message


def _sentence(finding: Any) -> str:
    """Return a finding on one line: its text, what is wrong with it and what to do."""
    from wagtail_careers.lint.wording import advice, problem

    text = beginning(finding.text)
    quoted = f"“{text}”: " if text else ""
    return f"{quoted}{problem(finding)} {advice(finding)}"


def _in_fields(instance: Any) -> Iterator[tuple[str, str]]:
    """Yield each problem of a field: the name of the field and the message."""
    try:
        instance.full_clean()
    except ValidationError as error:
        for name, errors in error.message_dict.items():
            field = None if name == "__all__" else instance._meta.get_field(name)
            label = f"{capfirst(field.verbose_name)}: " if field else ""
            yield from ((name, f"{label}{message}") for message in errors)


def _in_body(page: Any) -> Iterator[tuple[str, str]]:
    """Yield each problem of the body: the name of the section and the message."""
    try:
        page.body.stream_block.clean(page.body)
        refuse_steps_to_itself(page, page.body)
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
