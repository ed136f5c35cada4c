"""The records that roles bring along: shared links, categories, redirects, images."""

from collections.abc import Iterable
from hashlib import sha1
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from wagtail_careers.importing.reading.content import Image
from wagtail_careers.importing.roles.category import APPRENTICESHIPS
from wagtail_careers.importing.roles.links import Base
from wagtail_careers.importing.roles.role import Flag
from wagtail_careers.importing.sources import wordpress
from wagtail_careers.importing.sources.posts import Term
from wagtail_careers.models import RoleCategory, SharedLink


def create_shared_link(base: Base, locale: Any) -> SharedLink:
    """A shared link as a draft. It is published along with the first page that uses it."""
    link = SharedLink(name=base.name, base_url=base.url, locale=locale, live=False)
    link.clean()
    link.save()
    link.save_revision()
    return link


def publish_shared_links(pks: Iterable[int]) -> None:
    """Publish those links that were never live; what an editor took offline stays so."""
    drafts = SharedLink.objects.filter(pk__in=set(pks), live=False, first_published_at=None)
    for link in drafts:
        revision: Any = link.get_latest_revision()
        revision.publish()


def category_for(term: Term) -> RoleCategory:
    """The category with the slug or name of ``term``; a new one where there is none."""
    found = RoleCategory.objects.filter(slug=term.slug).first()
    found = found or RoleCategory.objects.filter(name__iexact=term.name).first()
    if found is None and term == APPRENTICESHIPS:
        found = RoleCategory.objects.filter(is_apprenticeship=True).first()
    if found is not None:
        return found
    category: RoleCategory = RoleCategory.objects.create(
        name=term.name, slug=term.slug, is_apprenticeship=term == APPRENTICESHIPS
    )
    return category


def redirect_to(page: Any, permalink: str) -> list[Flag]:
    """Let the path of the old address lead to ``page``; what is in the way, as flags."""
    path = wordpress.path(permalink)
    if not path.strip("/") or not apps.is_installed("wagtail.contrib.redirects"):
        return []
    redirects = apps.get_model("wagtailredirects", "Redirect")
    old_path = redirects.normalise_path(path)
    if len(old_path) > 255 or old_path == redirects.normalise_path(page.url or ""):
        return []
    known = redirects.objects.filter(old_path=old_path, site=None).first()
    if known is None:
        redirects.objects.create(old_path=old_path, redirect_page_id=page.pk, is_permanent=True)
    elif known.redirect_page_id != page.pk:
        message = _("Its old path %(path)s leads somewhere else already.")
        return [Flag("redirect_taken", message % {"path": old_path})]
    return []


def take_images(images: Iterable[Image], media: Path | None) -> list[Flag]:
    """Put images into the library whose files are in ``media``; report all of them."""
    return [_take_image(image, media) for image in images]


def _take_image(image: Image, media: Path | None) -> Flag:
    values = {"alt": image.alt or "–", "src": image.src[:300]}
    file = find_file(image.src, media) if media else None
    try:
        taken = _in_library(file, image.alt) if file else None
    except ValidationError as error:
        message = _("An image was refused: %(src)s. %(reason)s")
        return Flag("image_refused", message % {**values, "reason": " ".join(error.messages)})
    if taken is None:
        message = _("An image was left out: %(src)s, alternative text: %(alt)s")
        return Flag("image_missing", message % values)
    message = _("The image “%(title)s” is in the library; a role’s text shows no images: %(src)s")
    return Flag("image", message % {**values, "title": taken.title})


def _in_library(path: Path, alt: str) -> Any:
    """The image in ``path``, which is added unless the library has it.

    Raises ``ValidationError`` for what the library's own form would refuse.
    """
    from wagtail.images import get_image_model
    from wagtail.images.fields import WagtailImageField

    model = get_image_model()
    file_hash = sha1(path.read_bytes(), usedforsecurity=False).hexdigest()
    known = model.objects.filter(file_hash=file_hash).first()
    if known is not None:
        return known
    with path.open("rb") as opened:
        file = File(opened, name=path.name)
        WagtailImageField().clean(file)
        opened.seek(0)
        taken = model(title=(alt or path.stem)[:255], file=file)
        taken._set_image_file_metadata()
        taken.save()
    return taken


def find_file(src: str, media: Path) -> Path | None:
    """The file of an image below ``media``: by as much of its address as the folders have.

    WordPress adds the size to the names of scaled images; the original will do as well.
    """
    try:
        parts = [part for part in unquote(urlsplit(src).path).split("/") if part]
    except ValueError:
        return None
    if not parts or ".." in parts or "\x00" in src:
        return None
    root = media.resolve()
    for start in range(len(parts)):
        for name in (parts[-1], _unscaled(parts[-1])):
            candidate = root.joinpath(*parts[start:-1], name)
            if candidate.is_file() and candidate.resolve().is_relative_to(root):
                return candidate
    return None


def _unscaled(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    base, dash, size = stem.rpartition("-")
    width, cross, height = size.partition("x")
    is_size = cross and width.isdigit() and height.isdigit()
    return f"{base}{dot}{ending}" if dash and is_size else name
