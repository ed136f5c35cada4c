"""Documents: the files that posts link to, such as forms to print."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from django.apps import apps

from wagtail_careers.importing.planning.file_checks import document_errors
from wagtail_careers.importing.planning.media_folder import MediaFolder
from wagtail_careers.importing.reading.addresses import Address
from wagtail_careers.importing.sources import uploads


@dataclass(frozen=True, slots=True)
class Document:
    """A document: the file to add, or the primary key of one that was added before.

    ``errors`` are the reasons why Wagtail would refuse the file.
    """

    path: Path | None = None
    pk: int | None = None
    errors: str = ""


class Documents:
    """The documents at addresses of the old site.

    ``hosts`` are those of the old site: a file counts only at its own address. ``added`` maps
    the addresses of documents of earlier imports to their primary keys.
    """

    def __init__(
        self, folder: MediaFolder, hosts: Collection[str], added: Mapping[str, int]
    ) -> None:
        self._folder = folder
        self._hosts = hosts
        self._added = added
        self._found: dict[str, Document | None] = {}
        self._is_installed = apps.is_installed("wagtail.documents")

    @property
    def has_files(self) -> bool:
        return bool(self._folder)

    def find(self, address: Address) -> Document | None:
        """Return the document at ``address``, or None if there is no file."""
        if address.site.partition(":")[0] not in self._hosts or not self._is_installed:
            return None
        name = name_of(address)
        if name not in self._found:
            self._found[name] = self._look_for(address, self._added.get(name))
        return self._found[name]

    def _look_for(self, address: Address, added: int | None) -> Document | None:
        if added is not None:
            return Document(pk=added)
        path = self._folder.find(address.path) if uploads.ending_of(address.path) else None
        return Document(path, errors=document_errors(path)) if path else None

    def can_link(self, address: Address, may_add: bool = True) -> bool:
        """Return True if a link to ``address`` can lead to a document.

        It can if the document was added before, or if the import ``may_add`` its file.
        """
        found = self.find(address)
        return found is not None and not found.errors and (may_add or found.pk is not None)


def name_of(address: Address) -> str:
    """Return the name under which a record keeps the document at ``address``."""
    return f"{address.site}{unquote(address.path)}"
