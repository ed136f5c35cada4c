"""Images and documents of the old site, in Wagtail's libraries."""

from collections.abc import Callable, Iterable, Iterator, Mapping
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
        self._has_images = apps.is_installed("wagtail.images")

    def take_images(self, images: Iterable[Image]) -> list[Flag]:
        """Add the images that have a file, and flag all of them."""
        return [flag for image in images for flag in self._take_image(image)]

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

    def _take_image(self, image: Image) -> Iterator[Flag]:
        src = image.src[:300]
        if image.is_featured:
            yield Flag("featured_image", {"src": src or f"ID {image.attachment}"}, review=False)
        if image.description:
            yield Flag("image_text", {"src": src, "text": image.description[:1000]})
        if not src:
            yield Flag("image_unknown", {"id": image.attachment})
            return
        values = {"alt": image.alt or "–", "src": src}
        path = self._folder.find(image.src) if self._has_images else None
        if path is None:
            yield Flag("image_missing", values)
            return
        yield self._add_image(image, path, values)

    def _add_image(self, image: Image, path: Path, values: Mapping[str, str]) -> Flag:
        from wagtail.images import get_image_model

        model, file_hash = get_image_model(), _hash_of(path)
        known = self._known(model, file_hash)
        if known is None:
            if errors := image_errors(path):
                return Flag("image_refused", {**values, "errors": errors})
            added = model(title=(image.title or path.stem)[:255])
            # Custom models need not have it.
            if hasattr(added, "description"):
                added.description = image.alt[:255]
            known = self._add(added, path, file_hash)
        return Flag("image", {**values, "title": known.title})

    def _known(self, model: Any, file_hash: str) -> Any:
        """Return the image or document with a file of this hash, or None."""
        added = model.objects.filter(file_hash=file_hash).first()
        return added or self._planned.get((model, file_hash))

    def _add(self, added: Any, path: Path, file_hash: str) -> Any:
        """Give an image or a document its file, and save it."""
        with opened(path) as file:
            added.file, added.file_size, added.file_hash = file, file.size, file_hash
            if self._is_dry:
                self._planned[type(added), file_hash] = added
            else:
                added.save()
        return added


def _hash_of(path: Path) -> str:
    """Return the hash by which Wagtail recognises the same file."""
    with path.open("rb") as file:
        return file_digest(file, "sha1").hexdigest()
