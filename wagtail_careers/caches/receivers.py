"""Receivers of signals, which record what has changed."""

from collections.abc import Collection
from functools import cache
from typing import Any

import swapper
from django.apps import apps
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.models import COMMENTS_RELATION_NAME, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from wagtail_careers.caches.changes import Changes
from wagtail_careers.caches.collector import (
    purge_for_categories,
    purge_for_links,
    purge_for_traits,
    record,
)
from wagtail_careers.caches.purging import is_configured
from wagtail_careers.caches.refresh import cached_urls, parent_path
from wagtail_careers.caches.showing import pages_referring_to
from wagtail_careers.conf import get_settings, has_languages
from wagtail_careers.models import (
    LinkCheck,
    RoleCategory,
    RoleIndexPageMixin,
    RolePageMixin,
    SharedLink,
    Trait,
)
from wagtail_careers.role_models import role_page_models

#: Fields that Wagtail writes when it saves a draft, locks a page or adds a page below it.
BOOKKEEPING = frozenset(
    {
        "alias_of_id",
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
        COMMENTS_RELATION_NAME,
    }
)
#: Fields that other pages show, and the one that changes when a page is published.
SHOWN = ("title", "url_path", "live", "live_revision_id")
_BEFORE = "_wagtail_careers_before"


def _is_draft(update_fields: Collection[str] | None) -> bool:
    return update_fields is not None and BOOKKEEPING.issuperset(update_fields)


def _on_link_saved(
    sender: Any,
    instance: SharedLink,
    created: bool,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    new_draft = created and not instance.live
    if not (raw or new_draft or _is_draft(update_fields)):
        purge_for_links([instance])


def _on_link_deletion(sender: Any, instance: SharedLink, **kwargs: Any) -> None:
    """Purge pages that mention another translation of the link and may have shown this one.

    Links that pages use themselves cannot be deleted.
    """
    purge_for_links([instance])


def _on_trait_saved(
    sender: Any, instance: Trait, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    if not (raw or created):
        purge_for_traits([instance])


def _on_trait_deletion(sender: Any, instance: Trait, **kwargs: Any) -> None:
    pages = instance.roles.values_list("page_id", flat=True)
    record(Changes(shown_on=frozenset(pages)))


def _on_category_saved(
    sender: Any, instance: RoleCategory, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    """Purge the roles in a category. A new one may be a translation that pages show from now on."""
    if not raw and (has_languages() or not created):
        purge_for_categories([instance])


def _on_category_deletion(sender: Any, instance: RoleCategory, **kwargs: Any) -> None:
    """Purge the roles in other translations of the category, which may have shown this one.

    A category that a role uses itself cannot be deleted.
    """
    purge_for_categories([instance])


def _remember_page(
    sender: Any,
    instance: Any,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    """Keep the saved values of a page that is about to be saved."""
    page_model = swapper.load_model("wagtailcore", "Page")
    if raw or not isinstance(instance, page_model) or _is_draft(update_fields):
        return
    _replace_wagtails_purges()
    saved = page_model.objects.filter(pk=instance.pk).values_list(*SHOWN)
    setattr(instance, _BEFORE, saved.first() if instance.pk else None)


def _on_page_saved(sender: Any, instance: Any, **kwargs: Any) -> None:
    if _BEFORE not in instance.__dict__:
        return
    before = instance.__dict__.pop(_BEFORE)
    if before is None:
        if instance.live:
            _record_page(instance, url_changed=False, listed=True)
        return
    title, url_path, live, live_revision_id = before
    url_changed = url_path != instance.url_path
    if url_changed or (title, live) != (instance.title, instance.live):
        # When a page is published or unpublished, another signal follows once its derived rows
        # are written.
        signal_follows = (live, live_revision_id) != (instance.live, instance.live_revision_id)
        _record_page(instance, url_changed=url_changed, listed=not signal_follows)
    if url_changed:
        record(Changes(old_paths=frozenset({(instance.pk, url_path)})))


def _record_page(page: Any, *, url_changed: bool, listed: bool) -> None:
    pks = frozenset({page.pk})
    is_role = issubclass(page.specific_class or type(page), RolePageMixin)
    record(
        Changes(
            pages=pks,
            moved=pks if url_changed else frozenset(),
            translation_keys=frozenset({page.translation_key}),
            index_paths=frozenset({parent_path(page)} if listed and is_role else ()),
        )
    )


def _on_publication(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Purge a role and the index page that lists it, or an index page, after the commit."""
    is_role = issubclass(sender, RolePageMixin)
    if is_role or issubclass(sender, RoleIndexPageMixin):
        record(
            Changes(
                index_paths=frozenset({parent_path(instance)} if is_role else ()),
                urls=frozenset(cached_urls(instance) if is_configured() else ()),
            )
        )


@cache
def _replace_wagtails_purges() -> None:
    """Disconnect Wagtail's purges of role and index pages, which ``_on_publication`` replaces.

    Within a transaction they come too early: a request before the commit would put the old page
    back into the cache. Without a worker, an editor would wait for the cache. Called before the
    first page is saved, because Wagtail's app can be ready after this one.
    """
    from wagtail.contrib.frontend_cache import signal_handlers

    for model in apps.get_models():
        if issubclass(model, (RolePageMixin, RoleIndexPageMixin)):
            page_published.disconnect(signal_handlers.page_published_signal_handler, sender=model)
            page_unpublished.disconnect(
                signal_handlers.page_unpublished_signal_handler, sender=model
            )


def _on_page_moved(sender: Any, parent_page_before: Any, **kwargs: Any) -> None:
    """Purge the index page that no longer lists the role. Saving the role purged the new one."""
    if issubclass(sender, RolePageMixin):
        # The move can have changed the path, so the path in memory may be out of date.
        page_model = swapper.load_model("wagtailcore", "Page")
        paths = page_model.objects.filter(pk=parent_page_before.pk).values_list("path", flat=True)
        record(Changes(index_paths=frozenset(paths)))


def _on_page_deletion(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Record the pages that link to the page, before the reference index loses them."""
    record(
        Changes(
            translation_keys=frozenset({instance.translation_key}),
            shown_on=frozenset(pages_referring_to([instance.pk])),
        )
    )


def _on_restriction(
    sender: Any, instance: PageViewRestriction, raw: bool = False, **kwargs: Any
) -> None:
    """Purge a page with new view restrictions, all below it, and the steps that lead to them.

    Index pages list public roles, and steps have the titles of public pages.
    """
    page_model = swapper.load_model("wagtailcore", "Page")
    page = None if raw else page_model.objects.filter(pk=instance.page_id).first()
    if page is not None:
        ours = page.get_descendants(inclusive=True).type(*role_page_models(), RoleIndexPageMixin)
        found = dict(ours.values_list("pk", "translation_key"))
        pks = frozenset(found)
        keys = frozenset(found.values())
        record(Changes(pages=pks, shown_on=pks, translation_keys=keys))


def _remember_check(sender: Any, instance: LinkCheck, raw: bool = False, **kwargs: Any) -> None:
    if get_settings().show_dead_links and not raw:
        was_dead = LinkCheck.objects.dead().not_ignored().filter(pk=instance.pk).exists()
        setattr(instance, _BEFORE, was_dead)


def _on_check_saved(sender: Any, instance: LinkCheck, **kwargs: Any) -> None:
    """Purge the pages that show the link, if it has become dead or works again."""
    was_dead = instance.__dict__.pop(_BEFORE, instance.is_shown_as_dead)
    if instance.shared_link and was_dead != instance.is_shown_as_dead:
        purge_for_links([instance.shared_link])


def _on_check_deleted(sender: Any, instance: LinkCheck, **kwargs: Any) -> None:
    if get_settings().show_dead_links and instance.is_shown_as_dead:
        purge_for_links(SharedLink.objects.filter(pk__in=[instance.shared_link_id]))


def connect() -> None:
    """Connect all receivers. Called once, when the app is ready, after ``derived.connect()``.

    A publication has to write the summary before the index page that shows it is purged.
    """
    name = "wagtail_careers.caches"
    post_save.connect(_on_link_saved, sender=SharedLink, dispatch_uid=name)
    pre_delete.connect(_on_link_deletion, sender=SharedLink, dispatch_uid=name)
    post_save.connect(_on_trait_saved, sender=Trait, dispatch_uid=name)
    pre_delete.connect(_on_trait_deletion, sender=Trait, dispatch_uid=name)
    post_save.connect(_on_category_saved, sender=RoleCategory, dispatch_uid=name)
    pre_delete.connect(_on_category_deletion, sender=RoleCategory, dispatch_uid=name)
    pre_save.connect(_remember_check, sender=LinkCheck, dispatch_uid=name)
    post_save.connect(_on_check_saved, sender=LinkCheck, dispatch_uid=name)
    post_delete.connect(_on_check_deleted, sender=LinkCheck, dispatch_uid=name)
    post_save.connect(_on_restriction, sender=PageViewRestriction, dispatch_uid=name)
    post_delete.connect(_on_restriction, sender=PageViewRestriction, dispatch_uid=name)
    # Signals of saving are sent for the specific model only, and those of deletion also for each
    # of its parents.
    page_model = swapper.load_model("wagtailcore", "Page")
    pre_save.connect(_remember_page, dispatch_uid=name)
    post_save.connect(_on_page_saved, dispatch_uid=name)
    pre_delete.connect(_on_page_deletion, sender=page_model, dispatch_uid=name)
    page_published.connect(_on_publication, dispatch_uid=name)
    page_unpublished.connect(_on_publication, dispatch_uid=name)
    post_page_move.connect(_on_page_moved, dispatch_uid=name)
