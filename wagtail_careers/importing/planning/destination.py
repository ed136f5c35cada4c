"""The destination of an import: a page of the site, and the roles and links that exist."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import swapper
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.models import Revision, Site

from wagtail_careers.blocks.registry import FREE_TEXT, INTRODUCTION, SectionKind, sections_of
from wagtail_careers.conf import get_settings
from wagtail_careers.importing.planning.identities import KnownPost
from wagtail_careers.importing.roles.progression import RoleName
from wagtail_careers.importing.sources import wordpress
from wagtail_careers.models import AlternativeTitle, ImportRecord, LinkUse, RoleCategory, SharedLink
from wagtail_careers.role_models import role_page_models


class DestinationError(Exception):
    """A destination that cannot hold roles. The message gives the reason."""


class Destination:
    """The page below which roles are imported, and the model of the new pages."""

    def __init__(self, parent: Any, model: Any) -> None:
        self.parent = parent
        self.model = model

    @cached_property
    def image_field(self) -> str:
        """The field of the new pages for a featured image; empty if the settings name none."""
        return get_settings().import_featured_image

    @cached_property
    def kinds(self) -> dict[str, SectionKind]:
        """The kinds of sections that the new pages can have, by name."""
        return sections_of(self.model._meta.get_field("body").stream_block)

    def old_addresses(self) -> Iterator[tuple[str, str, list[str]]]:
        """Yield the key of each post that was imported before, its permalink and all addresses.

        Records of earlier releases have only the permalink.
        """
        records = ImportRecord.objects.values_list("key", "source_url", "addresses")
        for key, permalink, addresses in records:
            has_path = bool(wordpress.path(permalink).strip("/"))
            yield key, permalink, addresses or [permalink] * has_path

    def known_posts(self) -> Iterator[KnownPost]:
        """Yield the facts about each post that was imported before."""
        facts = ("key", "source_url", "source_title", "source_slug", "source_date", "flags")
        records = ImportRecord.objects.values_list(*facts)
        for key, permalink, title, slug, date, flags in records.iterator():
            was_draft = any(flag["code"] == "status" for flag in flags)
            yield KnownPost(key, permalink, title, slug, date, was_draft)

    def documents(self) -> dict[str, int]:
        """Return the primary keys of the documents of earlier imports, by old address."""
        if not apps.is_installed("wagtail.documents"):
            return {}
        there = set(get_document_model().objects.values_list("pk", flat=True))
        kept = ImportRecord.objects.filter(written__has_key="documents")
        return {
            address: pk
            for documents in kept.values_list("written__documents", flat=True)
            for address, pk in documents.items()
            if pk in there
        }

    @cached_property
    def shared_links(self) -> dict[str, SharedLink]:
        """Return the shared links in the parent's language by current and former addresses.

        In an old post, an address that an editor has changed since means the same link. A link
        that was replaced counts as its successor.
        """
        links = SharedLink.objects.filter(locale=self.parent.locale_id).select_related("successor")
        current = {link.base_url: link.current for link in links}
        by_key = {str(link.pk): link.current for link in links}
        versions = Revision.objects.filter(
            base_content_type=ContentType.objects.get_for_model(SharedLink), object_id__in=by_key
        ).order_by("created_at")
        former = {
            url: by_key[key]
            for key, url in versions.values_list("object_id", "content__base_url")
            if url
        }
        return former | current

    def category_slugs(self) -> set[str]:
        """Return the slugs of the site's categories, in all languages."""
        return set(RoleCategory.objects.values_list("slug", flat=True))

    def draft_links(self) -> list[str]:
        """Return the names of the shared links on imported pages that were never live."""
        drafts = SharedLink.objects.filter(live=False, first_published_at=None)
        imported = ImportRecord.objects.filter(page__isnull=False).values("page_id")
        on_pages = LinkUse.objects.filter(page__in=imported).values("shared_link_id")
        return list(drafts.filter(pk__in=on_pages).values_list("name", flat=True))

    def source_titles(self) -> dict[str, str]:
        """Return the titles on the old site of the roles in the parent's language, by key."""
        records = ImportRecord.objects.filter(page__locale=self.parent.locale_id)
        return dict(records.exclude(source_type="page").values_list("key", "source_title"))

    def role_titles(self) -> Iterator[tuple[str, RoleName]]:
        """Yield the newest titles and the alternative titles of all roles in the parent's language.

        What was a page on the old site, such as “About”, is not a role that another leads to.
        """
        records = ImportRecord.objects.filter(page__isnull=False)
        key_of = dict(records.values_list("page_id", "key"))
        pages = set(records.filter(source_type="page").values_list("page_id", flat=True))
        for model in role_page_models():
            roles = model.objects.filter(locale=self.parent.locale_id)
            alternatives = AlternativeTitle.objects.filter(page_id__in=roles.values("pk"))
            for pk, title in (
                *roles.values_list("pk", "draft_title"),
                *alternatives.values_list("page_id", "title"),
            ):
                if pk not in pages:
                    yield title, RoleName(key=key_of[pk]) if pk in key_of else RoleName(page=pk)

    def slugs(self) -> set[str]:
        """Return the slugs of the pages below the parent."""
        return set(self.parent.get_children().values_list("slug", flat=True))


def find_destination(url_path: str) -> Destination:
    """Find the page at ``url_path``, which is a path in the browser or in the page tree.

    Raises ``DestinationError`` if there is no page, if it cannot hold roles, or if the roles have
    no section for text under unknown headings, or no such field for an image as the settings name.
    """
    page = _find_page(url_path)
    if page is None:
        raise DestinationError(_("There is no page at %(path)s.") % {"path": url_path})
    parent = page.specific
    for model in role_page_models():
        if model.can_create_at(parent):
            return _with_image_field(_with_needed_sections(Destination(parent, model)))
    message = _("The page at %(path)s (%(model)s) cannot have role pages below it.")
    raise DestinationError(message % {"path": url_path, "model": parent._meta.verbose_name})


def _with_needed_sections(destination: Destination) -> Destination:
    for name in (INTRODUCTION, FREE_TEXT):
        if name not in destination.kinds:
            message = _(
                "The role pages there have no “%(section)s” section, which the import needs."
            )
            raise DestinationError(message % {"section": name})
    return destination


def _with_image_field(destination: Destination) -> Destination:
    name = destination.image_field
    if name and not _is_of_images(destination.model, name):
        message = _("IMPORT_FEATURED_IMAGE: “%(field)s” is not a field for an image on %(model)s.")
        model = destination.model._meta.verbose_name
        raise DestinationError(message % {"field": name, "model": model})
    return destination


def _is_of_images(model: Any, name: str) -> bool:
    if not apps.is_installed("wagtail.images"):
        return False
    from wagtail.images import get_image_model

    fields = (each for each in model._meta.get_fields() if each.name == name)
    return any(each.many_to_one and each.related_model is get_image_model() for each in fields)


def _find_page(url_path: str) -> Any:
    page_model = swapper.load_model("wagtailcore", "Page")
    inner = url_path.strip("/")
    path = f"/{inner}/" if inner else "/"
    sites = Site.objects.select_related("root_page").order_by("-is_default_site", "pk")
    paths = [f"{site.root_page.url_path.rstrip('/')}{path}" for site in sites]
    for candidate in (*paths, path):
        page = page_model.objects.filter(url_path=candidate, depth__gt=1).first()
        if page is not None:
            return page
    return None
