"""The publication of a composition, as an editor publishes it: through the form of the page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import CharField

from wagtail_careers.compositions.pages import Composition, form_class_of

#: How often an editor removes what was refused and tries again.
_ATTEMPTS = 6

#: What an editor enters instead of a text that was refused.
_WORDS = "Words"

#: Names and numbers on the way to a value in nested fields.
_Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Refused:
    """A composition that cannot be published, and the messages that the editor sees."""

    composition: Composition
    messages: tuple[str, ...]


@dataclass(frozen=True)
class Published:
    """A live page, and what of the composition is on it.

    ``removed`` has the messages about what was refused and then removed.
    """

    page: Any
    composition: Composition
    removed: tuple[str, ...] = ()


def publish(composition: Composition, parent: Any, user: Any) -> Published | Refused:
    """Publish the page that ``composition`` describes below ``parent``, or say why it cannot be.

    ``user`` is the editor.
    """
    form = _form(composition, parent, user)
    if not form.is_valid():
        return Refused(composition, tuple(_messages(form)))
    return Published(_saved(form, parent, user), composition)


def publish_what_is_accepted(
    composition: Composition, parent: Any, user: Any
) -> Published | Refused:
    """Publish the page without the blocks and the entries that are refused, if there are any.

    This is what an editor can do about each message. Without it, one refusal would keep all else
    on the page from being tried.
    """
    removed: list[str] = []
    form = _form(composition, parent, user)
    for _attempt in range(_ATTEMPTS):
        if form.is_valid():
            return Published(_saved(form, parent, user), composition, tuple(removed))
        removed += _messages(form)
        composition = _mended(composition, form)
        form = _form(composition, parent, user)
    return Refused(composition, tuple(removed))


def _form(composition: Composition, parent: Any, user: Any) -> Any:
    page = composition.model(locale=parent.locale, owner=user)
    form_class = form_class_of(composition.model)
    return form_class(composition.form_data(), instance=page, parent_page=parent, for_user=user)


def _saved(form: Any, parent: Any, user: Any) -> Any:
    page = form.save(commit=False)
    # The parent of many examples: pages have come below it and gone.
    type(parent)._default_manager.get(pk=parent.pk).add_child(instance=page)
    page.save_revision(user=user, log_action=False).publish(user=user)
    page.refresh_from_db()
    return page


def _messages(form: Any) -> Iterator[str]:
    for name, errors in form.errors.as_data().items():
        yield from (f"{name}: {message}" for error in errors for message in _texts(error))
    for name, formset in form.formsets.items():
        yield from (f"{name}: {errors}" for errors in formset.errors if errors)


def _texts(error: Any) -> Iterator[str]:
    inner = dict(_inner(error))
    own = getattr(error, "non_block_errors", None)
    own = error.messages if own is None else own
    yield from map(str, own)
    for child in inner.values():
        yield from _texts(child)


def _mended(composition: Composition, form: Any) -> Composition:
    for name, found in form.errors.as_data().items():
        value = composition.fields.get(name)
        if isinstance(value, list):
            places = [place for error in found for place in _places(error)]
            composition = composition.with_field(name, _pruned(value, places))
        elif type(form.fields.get(name)) is CharField:
            composition = composition.with_field(name, _WORDS)
    for name, formset in form.formsets.items():
        rows = composition.formsets[name]
        accepted = [row for row, errors in zip(rows, formset.errors, strict=True) if not errors]
        composition = composition.with_rows(name, accepted)
    return composition


def _places(error: Any, place: _Place = ()) -> Iterator[_Place]:
    """Yield the place of each innermost error."""
    inner = list(_inner(error))
    if not inner:
        yield place
    for key, child in inner:
        yield from _places(child, (*place, key))


def _inner(error: Any) -> Iterator[tuple[str | int, Any]]:
    errors = getattr(error, "block_errors", None) or {}
    items = errors.items() if isinstance(errors, Mapping) else enumerate(errors)
    return ((key, child) for key, child in items if child is not None)


def _pruned(value: Any, places: list[_Place]) -> Any:
    """Return ``value`` without the innermost entries that ``places`` lead through."""
    by_key: dict[str | int, list[_Place]] = {}
    for key, *rest in filter(None, places):
        by_key.setdefault(key, []).append(tuple(rest))
    if isinstance(value, Mapping):
        return {
            name: _pruned(each, by_key[name]) if by_key.get(name) else each
            for name, each in value.items()
        }
    if not isinstance(value, list):
        return value
    kept = []
    for number, each in enumerate(value):
        inner = by_key.get(number)
        if inner is None:
            kept.append(each)
            continue
        name, content = each if isinstance(each, tuple) else (None, each)
        shorter = _pruned(content, inner)
        if shorter != content:
            kept.append((name, shorter) if name is not None else shorter)
    return kept
