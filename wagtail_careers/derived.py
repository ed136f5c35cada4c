"""Derived data of published role pages: traits, steps and summary.

This is the only module that computes and writes them: when a page is published or unpublished,
when a live page is saved without being published, and for all pages in ``manage.py rebuild_roles``.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple

import swapper
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from modelsearch.tasks import insert_or_update_object_task
from wagtail.blocks import StreamBlock
from wagtail.search import index
from wagtail.signals import page_published, page_unpublished

from wagtail_careers.blocks import StepBlock
from wagtail_careers.blocks.raw_data import rich_texts, walk
from wagtail_careers.blocks.registry import INTRODUCTION
from wagtail_careers.choices import Relation
from wagtail_careers.models import RolePageMixin, RoleTrait, Step
from wagtail_careers.models.step import MAX_TEXT
from wagtail_careers.models.trait import traits_for
from wagtail_careers.rich_text.targets import parse_id
from wagtail_careers.rich_text.traits import trait_phrases
from wagtail_careers.role_models import role_page_models
from wagtail_careers.text import summary


class ProgressionEntry(NamedTuple):
    """An entry of a progression as stored in the body: a title, a page's id, or both."""

    title: str
    page: int | None
    relation: str
    note: str


class Derived(NamedTuple):
    """The values derived from one body."""

    summary: str = ""
    traits: tuple[str, ...] = ()
    steps: tuple[ProgressionEntry, ...] = ()


def derive(body: StreamBlock, raw_body: Iterable[Mapping[str, Any]]) -> Derived:
    """Return the summary, the trait phrases and the steps in a stream's raw data, in order.

    ``body`` is the block of the stream. Traits come from all rich text in it, and steps from all
    lists of steps, including those in a site's own sections.
    """
    raw_body = list(raw_body)
    introductions = [
        text
        for child in raw_body
        if child["type"] == INTRODUCTION
        for text in rich_texts(body.child_blocks[INTRODUCTION], child["value"])
    ]
    steps = [
        raw
        for block, raw in walk(body, raw_body)
        if isinstance(block, StepBlock) and isinstance(raw, Mapping)
    ]
    return Derived(
        summary=summary("".join(introductions)),
        traits=trait_phrases(*rich_texts(body, raw_body)),
        steps=tuple(map(_entry, steps)),
    )


def _entry(step: Mapping[str, Any]) -> ProgressionEntry:
    """Return the entry as a row can hold it: no form has checked what code has written."""
    relation = step.get("relation")
    return ProgressionEntry(
        title=str(step.get("title") or "")[:MAX_TEXT],
        page=parse_id(step.get("page")),
        relation=relation if relation in Relation.values else Relation.NEXT.value,
        note=str(step.get("note") or "")[:MAX_TEXT],
    )


def rebuild(page: Any) -> None:
    """Write the derived data of the published ``page``, or remove it if ``page`` is not live."""
    derived = derive(page.body.stream_block, page.body.raw_data) if page.live else Derived()
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


def _write_steps(page: Any, steps: tuple[ProgressionEntry, ...]) -> None:
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
    # Wagtail indexes a page as soon as it is saved, before its alternative titles are saved.
    index.insert_or_update_object(page)


def _on_saving(
    sender: Any,
    instance: Any,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    """Note whether the save publishes the page, because a signal follows then."""
    if raw or not issubclass(sender, RolePageMixin):
        return
    published = False
    if update_fields is None and instance.live and instance.live_revision_id:
        saved = sender.objects.filter(pk=instance.pk)
        published = saved.exclude(live_revision=instance.live_revision_id).exists()
    instance._wagtail_careers_is_published = published


def _index_saved(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Index a page that was saved, as Wagtail would, unless ``_on_publication`` does."""
    if raw or not issubclass(sender, RolePageMixin):
        return
    if not instance.__dict__.pop("_wagtail_careers_is_published", False):
        meta = sender._meta
        insert_or_update_object_task.enqueue(meta.app_label, meta.model_name, str(instance.pk))


def _on_deletion(sender: Any, instance: Any, **kwargs: Any) -> None:
    index.remove_object(instance)


def _on_publication(sender: Any, instance: Any, **kwargs: Any) -> None:
    if issubclass(sender, RolePageMixin):
        _rebuild_and_index(instance)


def _on_saved(
    sender: Any,
    instance: Any,
    created: bool,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    """Rebuild a live page that no signal of publication follows.

    It is a new alias, or a page that code saves without a revision.
    """
    if raw or not issubclass(sender, RolePageMixin) or not instance.live:
        return
    is_followed = _is_being_published(instance) or (instance.alias_of_id and not created)
    writes_body = update_fields is None or "body" in update_fields or "live" in update_fields
    if writes_body and not is_followed:
        transaction.on_commit(partial(_rebuild_saved, instance))


def _rebuild_saved(page: Any) -> None:
    # Code can delete a page before the transaction in which it was saved ends.
    if type(page).objects.filter(pk=page.pk).exists():
        _rebuild_and_index(page)


def _is_being_published(page: Any) -> bool:
    is_published: bool = page.__dict__.get("_wagtail_careers_is_published", False)
    return is_published


def connect() -> None:
    """Connect to signals of publication. Called once, when the app is ready."""
    name = "wagtail_careers.derived"
    page_published.connect(_on_publication, dispatch_uid=name)
    page_unpublished.connect(_on_publication, dispatch_uid=name)
    post_save.connect(_on_saved, dispatch_uid=name)
    # ``search_auto_update`` switches Wagtail's own receivers off.
    indexing = f"{name}.indexing"
    pre_save.connect(_on_saving, dispatch_uid=indexing)
    post_save.connect(_index_saved, dispatch_uid=indexing)
    # With a receiver for all models, Django could delete nothing in bulk.
    for model in role_page_models():
        post_delete.connect(_on_deletion, sender=model, dispatch_uid=indexing)
