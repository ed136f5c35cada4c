"""What follows from published role pages: their traits, steps and summary.

This is the one place that computes and writes it: when a page is published, when it is
unpublished, when a live alias of it is made, and for all pages by ``manage.py rebuild_roles``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import swapper
from django.db import transaction
from django.db.models.signals import post_save
from wagtail.search import index
from wagtail.signals import page_published, page_unpublished

from wagtail_careers.choices import Relation
from wagtail_careers.models import RolePageMixin, RoleTrait, Step
from wagtail_careers.models.trait import traits_for
from wagtail_careers.prose import summary, trait_phrases, unique_phrases

#: The names of rich text in a section; what looks like a mark elsewhere was typed as text.
RICH_TEXT = ("introduction", "prose")


@dataclass(frozen=True)
class DerivedStep:
    """A step as the body has it: a title, the page's id, or both."""

    title: str
    page: int | None
    relation: str
    note: str


@dataclass(frozen=True)
class Derived:
    """All that follows from one body."""

    summary: str = ""
    traits: tuple[str, ...] = ()
    steps: tuple[DerivedStep, ...] = ()


def derive(raw_body: Iterable[Mapping[str, Any]]) -> Derived:
    """Read a stream's raw data: the summary, the trait phrases and the steps, in order."""
    sections = [(child["type"], child["value"]) for child in raw_body]
    introductions = [
        str(value.get("introduction") or "") for name, value in sections if name == "heading"
    ]
    phrases = [
        phrase
        for _name, value in sections
        for name, text in value.items()
        if name in RICH_TEXT and text
        for phrase in trait_phrases(text)
    ]
    steps = [
        item.get("value", item)
        for name, value in sections
        if name == "progression"
        for item in value.get("steps", ())
    ]
    return Derived(
        summary=summary("".join(introductions)),
        traits=unique_phrases(phrases),
        steps=tuple(
            DerivedStep(
                title=step.get("title") or "",
                page=step.get("page"),
                relation=step.get("relation") or Relation.NEXT.value,
                note=step.get("note") or "",
            )
            for step in steps
        ),
    )


def rebuild(page: Any) -> None:
    """Write what follows from the published ``page``; remove it when ``page`` is not live."""
    derived = derive(page.body.raw_data) if page.live else Derived()
    with transaction.atomic():
        _write_summary(page, derived.summary)
        _write_traits(page, derived.traits)
        _write_steps(page, derived.steps)


def _write_summary(page: Any, text: str) -> None:
    type(page).objects.filter(pk=page.pk).update(summary=text)
    page.summary = text


def _write_traits(page: Any, phrases: tuple[str, ...]) -> None:
    RoleTrait.objects.filter(page_id=page.pk).delete()
    RoleTrait.objects.bulk_create(
        RoleTrait(page_id=page.pk, trait=trait, sort_order=number)
        for number, trait in enumerate(traits_for(phrases))
    )


def _write_steps(page: Any, steps: tuple[DerivedStep, ...]) -> None:
    page_model = swapper.load_model("wagtailcore", "Page")
    targets = page_model.objects.in_bulk({step.page for step in steps if step.page})
    Step.objects.filter(page_id=page.pk).delete()
    Step.objects.bulk_create(
        Step(
            page_id=page.pk,
            target=targets.get(step.page),
            title=step.title or str(targets[step.page].title),
            relation=step.relation,
            note=step.note,
            sort_order=number,
        )
        for number, step in enumerate(steps)
        if step.title or step.page in targets
    )


def _rebuild_and_index(page: Any) -> None:
    rebuild(page)
    # Wagtail indexes a page while it is saved, before its alternative titles are.
    index.insert_or_update_object(page)


def _on_publication(sender: Any, instance: Any, **kwargs: Any) -> None:
    if issubclass(sender, RolePageMixin):
        _rebuild_and_index(instance)


def _on_saved(sender: Any, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """An alias of a live page is live from the start, and Wagtail sends no signal of that."""
    if raw or not created or not issubclass(sender, RolePageMixin):
        return
    if instance.live and instance.alias_of_id:
        transaction.on_commit(partial(_rebuild_and_index, instance))


def connect() -> None:
    """Follow publication. Called once, when the app is ready."""
    name = "wagtail_careers.derived"
    page_published.connect(_on_publication, dispatch_uid=name)
    page_unpublished.connect(_on_publication, dispatch_uid=name)
    post_save.connect(_on_saved, dispatch_uid=name)
