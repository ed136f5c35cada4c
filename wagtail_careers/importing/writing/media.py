"""Images and documents of the old site, in Wagtail's libraries."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import Any

from django.apps import apps

from wagtail_careers.importing.planning.documents import Documents
from wagtail_careers.importing.planning.file_checks import image_errors, opened
from wagtail_careers.importing.planning.media_folder import MediaFolder
from wagtail_careers.importing.reading.addresses import Address
from wagtail_careers.importing.reading.content import Image
from wagtail_careers.importing.roles.flags import Flag
from wagtail_careers.importing.roles.role import Role
from wagtail_careers.importing.writing.featured_image import FeaturedImage
from wagtail_careers.text import beginning

logger = logging.getLogger("wagtail_careers.importing")


class Library:
    """Adds files to Wagtail's libraries, each once.

    A dry run adds none, and remembers those that it would add.
    """

    def __init__(
        self,
        folder: MediaFolder,
        documents: Documents,
        title_of: Callable[[str], str],
        *,
        is_dry: bool,
    ) -> None:
        self._folder = folder
        self._documents = documents
        #: Returns the title of the file at an address in the old library.
        self._title_of = title_of
        self._is_dry = is_dry
        self._planned: dict[tuple[Any, str], Any] = {}
        #: The files that the present transaction added.
        self._stored: list[Any] = []
        self._has_images = apps.is_installed("wagtail.images")

    def take_images(self, role: Role, field: str = "") -> tuple[list[Flag], FeaturedImage]:
        """Add the images that have a file. Return flags of all, and the one for ``field``.

        Everybody could open those of a post that was not for everybody, so they are not added.
        """
        flags: list[Flag] = []
        featured = FeaturedImage(field)
        may_add = role.is_for_everybody
        for image in role.images:
            flag, added = self._add_image(image, may_add=may_add)
            flags += (*_remarks(image, has_place=bool(field)), flag)
            if image.is_featured:
                featured = FeaturedImage(field, added, is_missing=added is None)
        return flags, featured

    @contextmanager
    def keeping_files(self) -> Iterator[None]:
        """Delete the files that are added inside if that fails, as a database forgets them."""
        self._stored.clear()
        try:
            yield
        except BaseException:
            for file in self._stored:
                _delete(file)
            raise

    def document(self, address: Address) -> int:
        """Return the primary key of the document at ``address``; 0 if it would be added."""
        from wagtail.documents import get_document_model

        found = self._documents.find(address)
        if found is None or found.path is None:
            return (found and found.pk) or 0
        model, file_hash = get_document_model(), _hash_of(found.path)
        document = self._known(model, file_hash)
        if document is None:
            title = self._title_of(address.url) or found.path.stem
            document = self._add(model(title=title[:255]), found.path, file_hash)
        return document.pk or 0

    def _add_image(self, image: Image, *, may_add: bool) -> tuple[Flag, Any]:
        """Add an image that has a file. Return a flag, and the image in the library or None."""
        from wagtail.images import get_image_model

        src = image.src[:300]
        if not src:
            return Flag("image_unknown", {"id": image.attachment}), None
        values = {"alt": image.alt or "–", "src": src}
        path = self._folder.find(image.src) if self._has_images else None
        if path is None:
            return Flag("image_missing", values), None
        model, file_hash = get_image_model(), _hash_of(path)
        known = self._known(model, file_hash)
        if known is None:
            if not may_add:
                return Flag("image_withheld", values), None
            if errors := image_errors(path):
                return Flag("image_refused", {**values, "errors": errors}), None
            known = self._add(_described(model, image, path), path, file_hash)
        return Flag("image", {**values, "title": known.title}), known

    def _known(self, model: Any, file_hash: str) -> Any:
        """Return the image or document with a file of this hash, or None."""
        added = model.objects.filter(file_hash=file_hash).first()
        return added or self._planned.get((model, file_hash))

    def _add(self, added: Any, path: Path, file_hash: str) -> Any:
        """Give an image or a document its file, and save it."""
        with opened(path) as file:
            added.file_size, added.file_hash = file.size, file_hash
            if self._is_dry:
                self._planned[type(added), file_hash] = added
            else:
                added.file.save(file.name, file, save=False)
                self._stored.append(added.file)
                added.save()
        return added


def _delete(file: Any) -> None:
    try:
        file.storage.delete(file.name)
    except Exception:
        # What made the import delete the file is the error to report.
        logger.warning("The file %s could not be deleted again.", file.name, exc_info=True)


def _remarks(image: Image, *, has_place: bool) -> Iterator[Flag]:
    """Flag what a page cannot have of an image; ``has_place`` is true for the featured one."""
    src = image.src[:300]
    if image.is_featured and not has_place:
        yield Flag("featured_image", {"src": src or f"ID {image.attachment}"}, review=False)
    if image.description:
        yield Flag("image_text", {"src": src, "text": beginning(image.description, 1000)})


def _described(model: Any, image: Image, path: Path) -> Any:
    """Return a new image of the library, with the alternative text as its description."""
    added = model(title=(image.title or path.stem)[:255])
    # Custom models need not have it.
    if hasattr(added, "description"):
        added.description = image.alt[:255]
    return added


def _hash_of(path: Path) -> str:
    """Return the hash by which Wagtail recognises the same file."""
    with path.open("rb") as file:
        return file_digest(file, "sha1").hexdigest()
