"""Checks of files, as the forms of Wagtail's libraries make them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.validators import FileExtensionValidator

#: The endings of documents on a site without ``WAGTAILDOCS_EXTENSIONS``, where Wagtail allows any.
#: Browsers run none of these.
_ENDINGS = frozenset(
    """
    avif csv doc docx epub gif jpeg jpg key m4a mp3 mp4 numbers odp ods odt ogg pages pdf png ppt
    pptx rtf txt webm webp xls xlsx zip
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """Open a file under a name that is short enough for Wagtail's models."""
    with path.open("rb") as file:
        yield File(file, name=f"{path.stem[:60]}{path.suffix}")


def image_errors(path: Path) -> str:
    """Return the reasons for which Wagtail would refuse an image; empty if there are none."""
    from wagtail.images.fields import WagtailImageField

    field = WagtailImageField()
    try:
        with opened(path) as file:
            # The field would read all of it first.
            field.check_image_file_size(file)
            field.clean(file)
    except ValidationError as error:
        return " ".join(error.messages)
    except Exception:  # noqa: BLE001 - decoders raise anything for a broken file
        return str(field.error_messages["invalid_image"])
    return ""


def document_errors(path: Path) -> str:
    """Return the reasons for which Wagtail would refuse a document; empty if there are none."""
    from wagtail.documents import get_document_model
    from wagtail.documents.forms import get_document_form

    model = get_document_model()
    allowed = getattr(settings, "WAGTAILDOCS_EXTENSIONS", None) or _ENDINGS
    try:
        with opened(path) as file:
            FileExtensionValidator(sorted(allowed))(file)
            get_document_form(model).base_fields["file"].clean(file)
            model(title=path.stem[:255], file=file).clean()
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
