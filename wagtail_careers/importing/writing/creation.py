"""Creation of a page for a role that was not imported before."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from wagtail.blocks import StreamValue

from wagtail_careers.dates import storable
from wagtail_careers.importing.planning.action import Action
from wagtail_careers.importing.roles.flags import Flag
from wagtail_careers.importing.roles.role import Role
from wagtail_careers.importing.writing import records
from wagtail_careers.importing.writing.anchors import Anchors
from wagtail_careers.importing.writing.body import raw_body, step
from wagtail_careers.importing.writing.outcomes import Outcome, Written, keep_record, log_import
from wagtail_careers.importing.writing.page_check import check_page, rendered
from wagtail_careers.importing.writing.publication import incomplete_flags, publish
from wagtail_careers.importing.writing.site import SiteState


def create(site: SiteState, action: Action, role: Role) -> Outcome:
    """Create the page with its revision, links, redirect and record, or nothing at all.

    Raises ``AccountError`` if the rendered page lacks words, and any error of Django.
    """
    parent = site.destination.parent
    anchors = Anchors(site, role.post.permalink)
    try:
        with transaction.atomic():
            page, written = _write(site, action, role, anchors)
    except Exception:
        # The parent counts its children in memory, including the one that was rolled back.
        parent.refresh_from_db()
        raise
    site.add(role.post.key, page, anchors.created)
    return Outcome(
        action,
        "created",
        page.pk,
        page.title,
        written.flags,
        account=role.account,
        is_waiting=anchors.is_waiting,
    )


def _write(site: SiteState, action: Action, role: Role, anchors: Anchors) -> tuple[Any, Written]:
    body = body_of(action, role, anchors)
    page = _new_page(site, role, body)
    site.destination.parent.add_child(instance=page)
    check_page(role.account, rendered(page))
    revision = page.save_revision(clean=False)
    missing = incomplete_flags(page)
    if action.may_publish and not missing:
        publish(revision, anchors.used)
    flags = (*action.flags, *brought_along(site, role, page), *_slug_flags(role, page), *missing)
    log_import(page, role)
    written = Written(page, revision, body, page.category_id, flags, (), anchors.is_waiting)
    keep_record(action, role, written)
    return page, written


def body_of(action: Action, role: Role, anchors: Anchors) -> list[dict[str, Any]]:
    """Return the raw data of the role's body, with a step for each role that has a page."""
    steps = []
    for found in action.steps:
        pk = found.role.page or anchors.page(found.role.key)
        if pk is not None:
            steps.append(step(pk, found.relation, role.post.key))
    return raw_body(role.sections, anchors.site.destination.kinds, anchors, steps, role.post.key)


def stream(model: Any, body: Iterable[Mapping[str, Any]]) -> Any:
    """Return ``body`` as the value of the field, without looking up pages and links."""
    stream_block = model._meta.get_field("body").stream_block
    return StreamValue(stream_block, [dict(block) for block in body], is_lazy=True)


def category_id(role: Role, locale: Any) -> int | None:
    """Return the key of the role's category in a language. It is created if necessary."""
    term = role.category.term
    return records.category_for(role.category, term, locale).pk if term else None


def brought_along(site: SiteState, role: Role, page: Any) -> list[Flag]:
    """Write the redirect and the images, and return their flags."""
    return [
        *records.redirect_to(page, role.post.permalink),
        *records.take_images(role.images, site.media),
    ]


def _new_page(site: SiteState, role: Role, body: list[dict[str, Any]]) -> Any:
    model = site.destination.model
    locale = site.destination.parent.locale
    page = model(
        title=role.title,
        slug=site.free_slug(role.slug),
        category_id=category_id(role, locale),
        locale=locale,
        live=False,
        body=stream(model, body),
    )
    if role.post.is_public:
        page.first_published_at = storable(role.post.published_at)
    if hasattr(page, "search_description"):
        page.search_description = role.post.excerpt
    return page


def _slug_flags(role: Role, page: Any) -> list[Flag]:
    if page.slug == role.slug:
        return []
    return [Flag("slug_taken", {"slug": page.slug, "taken": role.slug}, review=False)]
