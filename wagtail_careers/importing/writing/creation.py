"""Makes a page of a role that was not imported before."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from wagtail_careers.importing.planning.plan import Action, aware
from wagtail_careers.importing.roles import account
from wagtail_careers.importing.roles.role import Flag, Role
from wagtail_careers.importing.writing import records
from wagtail_careers.importing.writing.body import raw_body, step
from wagtail_careers.importing.writing.outcomes import Outcome, Written, keep_record, log_import
from wagtail_careers.importing.writing.page_check import rendered
from wagtail_careers.importing.writing.publication import incomplete_flags, publish
from wagtail_careers.importing.writing.site import Anchors, Known


def create(known: Known, action: Action, role: Role) -> Outcome:
    """Make the page, with its revision, links, redirect and record, or nothing of it.

    Raises ``AccountError`` where the rendered page lacks words, and what Django raises.
    """
    parent = known.destination.parent
    anchors = Anchors(known, role.draft.permalink)
    try:
        with transaction.atomic():
            page, written = _write(known, action, role, anchors)
    except Exception:
        # The parent counts its children in memory, and those are gone.
        parent.refresh_from_db()
        raise
    known.remember(action, page, anchors)
    return Outcome(
        action,
        "created",
        page.pk,
        page.title,
        written.flags,
        account=role.account,
        is_waiting=anchors.is_waiting,
    )


def _write(known: Known, action: Action, role: Role, anchors: Anchors) -> tuple[Any, Written]:
    body = body_of(action, role, anchors)
    page = _new_page(known, role, body)
    known.destination.parent.add_child(instance=page)
    account.check_page(role.account, rendered(page))
    revision = page.save_revision(clean=False)
    missing = incomplete_flags(page)
    if action.may_publish and not missing:
        publish(revision, anchors.used)
    flags = (*action.flags, *brought_along(known, role, page), *_slug_flags(role, page), *missing)
    log_import(page, role)
    written = Written(page, revision, body, page.category_id, flags, (), anchors.is_waiting)
    keep_record(action, role, written)
    return page, written


def body_of(action: Action, role: Role, anchors: Anchors) -> list[dict[str, Any]]:
    """The raw data of the role's body, with a step for each role that has a page by now."""
    steps = []
    for found in action.steps:
        pk = found.role.page or anchors.page(found.role.key)
        if pk is not None:
            steps.append(step(pk, found.relation, role.draft.key))
    return raw_body(role.sections, anchors, steps, role.draft.key)


def stream(model: Any, body: Iterable[Mapping[str, Any]]) -> Any:
    """``body`` as the value of the field, without looking up what it points at."""
    stream_block = model._meta.get_field("body").stream_block
    return StreamValue(stream_block, [dict(block) for block in body], is_lazy=True)


def category_id(role: Role) -> int | None:
    """The key of the role's category, which is made if there is none."""
    term = role.category.term
    return records.category_for(term).pk if term else None


def brought_along(known: Known, role: Role, page: Any) -> list[Flag]:
    """Write the redirect and the images; what there is to say of them."""
    return [
        *records.redirect_to(page, role.draft.permalink),
        *records.take_images(role.images, known.media),
    ]


def _new_page(known: Known, role: Role, body: list[dict[str, Any]]) -> Any:
    model = known.destination.model
    page = model(
        title=role.title,
        slug=known.free_slug(role.slug),
        category_id=category_id(role),
        locale=known.destination.parent.locale,
        live=False,
        body=stream(model, body),
    )
    if role.draft.is_public:
        page.first_published_at = aware(role.draft.published_at)
    if hasattr(page, "search_description"):
        page.search_description = role.draft.excerpt
    return page


def _slug_flags(role: Role, page: Any) -> list[Flag]:
    if page.slug == role.slug:
        return []
    message = _("Its slug became “%(slug)s”, because “%(taken)s” is taken.")
    values = {"slug": page.slug, "taken": role.slug}
    return [Flag("slug_taken", message % values, review=False)]
