"""Files of a WordPress library, as the addresses in posts name them.

WordPress keeps an upload in a folder of its month, with copies in other sizes beside it:
``uploads/2018/08/bed.jpg``, ``bed-300x200.jpg``, and ``bed-scaled.jpg`` for a large photo.
https://developer.wordpress.org/reference/functions/wp_get_attachment_image_src/
"""

import re
from itertools import takewhile
from urllib.parse import unquote, urlsplit

from wagtail_careers.importing.sources import wordpress

_UPLOADS = "uploads"
_ABOVE_UPLOADS = frozenset({"wp-content", _UPLOADS})
#: The hosts of WordPress.com that deliver the images of any site.
_PHOTON = re.compile(r"i\d\.wp\.com")
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d]{2,}")
_SCALED = "-scaled"

#: Endings of images that browsers show.
IMAGES = frozenset({"avif", "bmp", "gif", "ico", "jpeg", "jpg", "png", "svg", "webp"})


def parts_of(address: str) -> tuple[str, ...]:
    """Return the decoded parts of the path; empty if it could lead out of a folder."""
    try:
        path = unquote(urlsplit(address.strip()).path)
    except ValueError:
        return ()
    parts = tuple(part for part in path.split("/") if part not in ("", "."))
    return () if ".." in parts or "\x00" in path or "\\" in path else parts


def site_of(address: str) -> str:
    """Return the host of the site that a file is from, without ``www.``; empty if it is not said.

    Services that deliver images name it in the path: ``https://i0.wp.com/old.example/a.png``,
    ``https://cdn.example/quality=80/old.example/wp-content/uploads/a.png``.
    """
    host = wordpress.host(address)
    parts = parts_of(address)[:-1] if host else ()
    if _PHOTON.fullmatch(host):
        named = parts[:1]
    elif _ABOVE_UPLOADS.isdisjoint(parts):
        named = ()
    else:
        above = takewhile(lambda part: part not in _ABOVE_UPLOADS, parts)
        named = tuple(part for part in above if _HOST.fullmatch(part))
    return named[-1].lower().removeprefix("www.") if named else host


def is_upload(address: str) -> bool:
    """Return True if ``address`` is that of a file in a folder of uploads."""
    return _UPLOADS in parts_of(address)[:-1]


def key_of(address: str) -> str:
    """Return a text that is equal for all sizes of a file, from any host; empty without a file."""
    parts = parts_of(address)
    if not parts:
        return ""
    if _UPLOADS in parts[:-1]:
        parts = parts[parts.index(_UPLOADS) + 1 :]
    return "/".join((*parts[:-1], original_name(parts[-1])))


def stem_of(address: str) -> str:
    """Return the key of a file without its ending, which is equal in all formats of an image."""
    stem, dot, ending = key_of(address).rpartition(".")
    return stem if dot else ending


def ending_of(address: str) -> str:
    """Return the ending of the file's name in lower case, without the dot."""
    parts = parts_of(address)
    return parts[-1].rpartition(".")[2].lower() if parts and "." in parts[-1] else ""


def is_image(address: str) -> bool:
    return ending_of(address) in IMAGES


def original_name(name: str) -> str:
    """Return the name of the image of which ``name`` is a copy in another size.

    Other files have no sizes: ``form-100x70.pdf`` is a form of its own.
    """
    stem, dot, ending = name.rpartition(".")
    if ending.lower() not in IMAGES:
        return name
    base, dash, size = stem.rpartition("-")
    width, cross, height = size.partition("x")
    if dash and cross and width.isdecimal() and height.isdecimal():
        stem = base
    return f"{stem.removesuffix(_SCALED) or stem}{dot}{ending}"


def names_of_copies(name: str) -> tuple[str, ...]:
    """Return the names under which a file may be stored, the best copy first.

    Of a large photo, WordPress shows a copy that is scaled down, in place of the original.
    """
    original = original_name(name)
    stem, dot, ending = original.rpartition(".")
    return tuple(dict.fromkeys((f"{stem}{_SCALED}{dot}{ending}", original, name)))
