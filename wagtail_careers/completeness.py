"""The completeness of the newest versions of role pages, recorded when a revision is saved."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models.signals import post_save
from wagtail.models import Revision

from wagtail_careers.blocks.completeness import Completeness, completeness
from wagtail_careers.models import RoleCompleteness, RolePageMixin
from wagtail_careers.models.newest_content import saved_newest_content


def completeness_of(model: type[Any], body: Any) -> Completeness:
    """Return the completeness of a body of ``model``, as raw data or as a revision stores it."""
    raw_body = json.loads(body) if isinstance(body, str) else body
    return completeness(model._meta.get_field("body").stream_block, raw_body or ())


def record_completeness(page_id: int, model: type[Any], content: Mapping[str, Any]) -> None:
    """Record the completeness of the newest version of a page of ``model``."""
    state = completeness_of(model, content.get("body"))
    numbers = {"empty": len(state.empty), "unused": len(state.unused)}
    # In one query, because almost all pages have a row.
    if not RoleCompleteness.objects.filter(page_id=page_id).update(**numbers):
        RoleCompleteness.objects.update_or_create(page_id=page_id, defaults=numbers)


def _on_revision(
    sender: Any,
    instance: Revision,
    created: bool,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    if raw:
        return
    content = saved_newest_content(instance, created=created, update_fields=update_fields)
    model = instance.content_type.model_class() if content is not None else None
    if model and content is not None and issubclass(model, RolePageMixin):
        record_completeness(int(instance.object_id), model, content)


def _on_saved(sender: Any, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Record a new role page, or one without revisions: code can save pages without them."""
    if raw or not issubclass(sender, RolePageMixin):
        return
    if created or not instance.latest_revision_id:
        record_completeness(instance.pk, sender, {"body": list(instance.body.raw_data)})


def connect() -> None:
    """Connect to the signals of revisions and pages. Called once, when the app is ready."""
    name = "wagtail_careers.completeness"
    post_save.connect(_on_revision, sender=Revision, dispatch_uid=name)
    post_save.connect(_on_saved, dispatch_uid=name)
