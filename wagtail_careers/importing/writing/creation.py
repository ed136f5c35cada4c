"""Creation of a page for a role that was not imported before."""

from collections.abc import Iterable, Mapping
from typing import Any

from wagtail.blocks import StreamValue

from wagtail_careers.dates import storable
from wagtail_careers.importing.planning.action import Action
from wagtail_careers.importing.roles.flags import Flag, can_be_published, limited
from wagtail_careers.importing.roles.role import Role
from wagtail_careers.importing.writing import records, redirects
from wagtail_careers.importing.writing.anchors import Anchors
from wagtail_careers.importing.writing.body import raw_body, step
from wagtail_careers.importing.writing.outcomes import Outcome, Written, keep_record, log_import
from wagtail_careers.importing.writing.page_check import page_flags, shown_words
from wagtail_careers.importing.writing.publication import (
    incomplete_flags,
    planned_fields,
    publish,
)
from wagtail_careers.importing.writing.site import SiteState
from wagtail_careers.models import RoleCategory


def create(site: SiteState, action: Action, role: Role) -> Outcome:
    """Create the page with its revision, links, redirect and record, or nothing at all.

    Raises any error of Django.
    """
    parent = site.destination.parent
    anchors = Anchors(site, role.post.permalink, role.is_for_everybody)
    try:
        with site.transaction():
            page, flags = _write(site, action, role, anchors)
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
        flags,
        account=role.account,
        is_waiting=anchors.is_waiting,
        is_live=action.may_publish and can_be_published(flags),
    )


def _write(
    site: SiteState, action: Action, role: Role, anchors: Anchors
) -> tuple[Any, tuple[Flag, ...]]:
    body = body_of(action, role, anchors)
    page = _new_page(site, role, body)
    image_flags, featured = site.library.take_images(role, site.destination.image_field)
    featured.put_on(page)
    _place(site, page)
    flags = (
        *action.flags,
        *page_flags(role.account, shown_words(page, site.destination.image_field)),
        *brought_along(site, role, page, image_flags),
        *_slug_flags(role, page),
        *incomplete_flags(page),
    )
    if not site.is_dry:
        revision = page.save_revision(clean=False)
        if action.may_publish and can_be_published(flags):
            publish(revision, anchors.used)
        log_import(page, role)
        written = Written(
            page,
            revision,
            body,
            page.category_id,
            flags,
            is_waiting=anchors.is_waiting,
            documents=anchors.documents,
            featured_image=featured.written(),
        )
        keep_record(action, role, written)
    return page, flags


def _place(site: SiteState, page: Any) -> None:
    """Put the page below the parent; in a dry run, only give it the place that it would have."""
    parent = site.destination.parent
    if not site.is_dry:
        parent.add_child(instance=page)
        return
    last = parent.get_last_child()
    page.depth = parent.depth + 1
    page.path = last._inc_path() if last else page._get_path(parent.path, page.depth, 1)
    page.set_url_path(parent)
    page.full_clean(exclude={"category"} | planned_fields(page))


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


def category_of(role: Role, site: SiteState) -> RoleCategory | None:
    """Return the role's category. It is created if necessary; in a dry run, it is not saved."""
    term = role.category.term
    if term is None:
        return None
    key = term, role.category.is_apprenticeship
    if key in site.categories:
        return site.categories[key]
    category = records.category_for(role.category, term, site.destination.parent.locale)
    if category.pk:
        # A new one can still be rolled back.
        site.categories[key] = category
    elif not site.is_dry:
        category.save()
    return category


def brought_along(
    site: SiteState, role: Role, page: Any, image_flags: Iterable[Flag]
) -> list[Flag]:
    """Write the redirects, and return their flags and those of the images."""
    return [*redirects.redirect(site, page, role.post), *limited(image_flags)]


def _new_page(site: SiteState, role: Role, body: list[dict[str, Any]]) -> Any:
    model = site.destination.model
    locale = site.destination.parent.locale
    page = model(
        title=role.title,
        slug=site.free_slug(role.slug, role.post.key),
        category=category_of(role, site),
        locale=locale,
        live=False,
        body=stream(model, body),
    )
    if role.post.is_public:
        page.first_published_at = storable(role.post.published_at)
    if hasattr(page, "search_description"):
        page.search_description = role.post.search_description
    return page


def _slug_flags(role: Role, page: Any) -> list[Flag]:
    if page.slug == role.slug:
        return []
    return [Flag("slug_taken", {"slug": page.slug, "taken": role.slug}, review=False)]
