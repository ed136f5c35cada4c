"""The images and embedded objects of a post, which a page does not show.

They are collected wherever they are, also in parts that readers did not see: the image in
``<noscript>`` is the one that a script would have loaded.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from wagtail_careers.importing.reading import shortcodes
from wagtail_careers.importing.reading.content import Embed, Image
from wagtail_careers.importing.sources import uploads
from wagtail_careers.text import beginning, one_line

EMBEDDING = frozenset({"audio", "embed", "frame", "iframe", "object", "source", "video"})

#: Attributes with the address of an image, best first: scripts put it in ``src`` later.
_SOURCES = (
    "data-orig-file",
    "data-full-url",
    "data-src",
    "data-lazy-src",
    "data-original",
    "src",
    "data-bg",
    "poster",
    # Images in drawings.
    "href",
    "xlink:href",
)
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
#: Those of elements of any name.
_ANYWHERE = ("data-bg", "poster", "background")
_EMBED_SOURCES = ("data-src", "data-lazy-src", "data-litespeed-src", "src", "data")
_IDS = ("data-id", "data-attachment-id")
#: Addresses that contain their file, or none.
_WITHOUT_FILE = ("about:", "blob:", "data:")

_CLASS_OF_ID = re.compile(r"(?:^|\s)wp-image-(\d{1,20})(?:\s|$)")
_STYLE_URL = re.compile(r"""url\(\s*+["']?([^"')]+)""", re.IGNORECASE)
_CANDIDATE_END = re.compile(r",\s+|,$")
_GALLERY = "gallery"
_CAPTIONS = frozenset({"caption", "wp_caption"})
#: Attributes of page builders' shortcodes with the IDs of images.
_SHORTCODE_IDS = re.compile(r"(?:\w+_)?(?:images?|img|photo)(?:_ids?)?|gallery_ids|attachment")
_NUMBERS = re.compile(r"\d{1,20}(?:\s*,\s*\d{1,20})*+(?=\||$)")

#: The most characters of a caption that several images share. The text of the post has all of it.
_MAX_SHARED = 1000

#: Classes of what has a caption, and of the caption in it.
_CAPTIONED = frozenset({"wp-caption", "gallery-item"})
_CAPTION_CLASSES = frozenset({"wp-caption-text", "gallery-caption"})

#: The roles of elements.
_FIGURE, _CAPTION, _LINK, _PICTURE = "figure", "caption", "a", "picture"


@dataclass(slots=True)
class _Figure:
    """An open figure: the numbers of its images, and the text of its caption.

    ``captions`` counts the open elements of the caption.
    """

    is_shortcode: bool = False
    captions: int = 0
    images: list[int] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


class MediaReader:
    """Collects the images and embedded objects while a post is read.

    ``galleries`` are the IDs of posts whose attached images the post shows; its own is empty.
    """

    def __init__(self) -> None:
        self._images: list[Image] = []
        self.embeds: list[Embed] = []
        self.galleries: list[str] = []
        #: The roles of the open elements, outermost first.
        self._open: list[str] = []
        self._figures: list[_Figure] = []
        self._links: list[str] = []
        #: The addresses in the open ``<picture>``.
        self._picture: list[str] | None = None

    def images(self) -> tuple[Image, ...]:
        """Return the images, each once, in order."""
        return tuple(unique(self._images))

    def told(self) -> Iterator[str]:
        """Yield what the flags of images and embedded objects say: addresses and descriptions."""
        for image in self._images:
            yield from (image.src, image.alt)
        yield from (embed.src for embed in self.embeds)

    def open(self, tag: str, attributes: Mapping[str, Any]) -> None:
        role = _role(tag, attributes)
        self._open.append(role)
        if role == _LINK:
            self._links.append((attributes.get("href") or "").strip())
        elif role == _PICTURE:
            self._picture = []
        elif role == _FIGURE:
            self._figures.append(_Figure())
        elif role == _CAPTION and self._figures:
            self._figures[-1].captions += 1
        if tag == "source" and self._picture is not None:
            self._picture += _addresses(attributes)
        elif attributes:
            self._take_embed(tag, attributes)
            self._take_images(tag, attributes)

    def close(self) -> None:
        role = self._open.pop()
        if role == _LINK:
            self._links.pop()
        elif role == _PICTURE:
            self._picture = None
        elif role == _FIGURE:
            while self._figures[-1].is_shortcode:
                self._figures.pop()
            self._end_figure()
        elif role == _CAPTION and self._figures and self._figures[-1].captions:
            self._figures[-1].captions -= 1
            self._figures[-1].text.append("\n")

    def take_text(self, text: str) -> None:
        at = 0
        for tag in shortcodes.every(text) if "[" in text else ():
            self._take_caption(text[at : tag.start])
            at = tag.end
            if tag.name == _GALLERY:
                self._take_gallery(tag.attributes)
            elif tag.name not in _CAPTIONS:
                self._images += _of_shortcode(tag.attributes)
            elif not tag.is_end:
                # Before WordPress 3.4, an attribute had the caption.
                told = tag.attributes.get("caption", "")
                self._figures.append(_Figure(is_shortcode=True, captions=1, text=[told]))
            elif self._figures and self._figures[-1].is_shortcode:
                self._end_figure()
        self._take_caption(text[at:])

    def _take_caption(self, text: str) -> None:
        if self._figures and self._figures[-1].captions:
            self._figures[-1].text.append(text)

    def _end_figure(self) -> None:
        """Give the images of the innermost figure its caption."""
        figure = self._figures.pop()
        caption = one_line("".join(figure.text))
        if len(figure.images) > 1:
            caption = beginning(caption, _MAX_SHARED)
        for number in figure.images if caption else ():
            self._images[number] = replace(self._images[number], caption=caption)

    def _take_gallery(self, attributes: Mapping[str, str]) -> None:
        ids = attributes.get("ids") or attributes.get("include", "")
        self._images += _with_ids(ids)
        if not ids:
            self.galleries.append(attributes.get("id", ""))

    def _take_embed(self, tag: str, attributes: Mapping[str, Any]) -> None:
        address = next(_values(attributes, _EMBED_SOURCES), "") if tag in EMBEDDING else ""
        if address and not address.lower().startswith(_WITHOUT_FILE):
            self.embeds.append(Embed(tag, address))

    def _take_images(self, tag: str, attributes: Mapping[str, Any]) -> None:
        """Take the image of an element, and those that stand in for it on some screens.

        Sizes and formats of one image are one. Others have names of their own.
        """
        for number, address in enumerate(self._different(tag, attributes)):
            image = Image(address, one_line(attributes.get("alt") or ""))
            if not number:
                image = replace(image, attachment=_attachment(attributes))
            if self._figures:
                self._figures[-1].images.append(len(self._images))
            self._images.append(image)

    def _different(self, tag: str, attributes: Mapping[str, Any]) -> Iterable[str]:
        is_image = tag in ("img", "image") or (tag == "input" and attributes.get("src"))
        found = list(_addresses(attributes) if is_image else _backgrounds(attributes))
        if is_image and self._picture:
            # Only the first image in it is the picture.
            found += self._picture
            self._picture = []
        if is_image and self._links:
            # The first image in a link to an image is that at its full size.
            full_size, self._links[-1] = self._links[-1], ""
            found = [full_size, *found] if uploads.is_image(full_size) else found
        stems: dict[str, str] = {}
        for address in found:
            if not address.lower().startswith(_WITHOUT_FILE):
                stems.setdefault(uploads.stem_of(address) or address, address)
        return stems.values()


def unique(images: Iterable[Image], site: str = "") -> Iterator[Image]:
    """Yield each image once, with everything that is said about it anywhere.

    ``site`` is the host of relative addresses. An ID alone is the image with that ID. An address
    counts more than an ID, which is that of another image if a post comes from another site.
    """
    images = tuple(images)
    addresses = {image.attachment: image.src for image in reversed(images) if image.src}
    known: dict[str, Image] = {}
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for image in images:
        src = image.src or (addresses.get(image.attachment, "") if image.attachment else "")
        file = uploads.key_of(src) or src
        name = f"{uploads.site_of(src) or site}/{file}" if file else f"#{image.attachment}"
        image = replace(image, src=src)
        known[name] = _joined(known[name], image) if name in known else image
        texts[name] += (image.alt, image.description)
    for name, image in known.items():
        yield with_texts(image, texts[name])


def with_texts(image: Image, texts: Iterable[str]) -> Image:
    """Return ``image`` with ``texts`` in its description, without those that it has."""
    said = filter(None, (image.description, *texts))
    kept = dict.fromkeys(text for text in said if text not in (image.alt, image.caption))
    return replace(image, description=" – ".join(kept))


def _joined(one: Image, other: Image) -> Image:
    """Return ``one`` with what only ``other`` says."""
    said = {each.name: getattr(one, each.name) or getattr(other, each.name) for each in fields(one)}
    return Image(**said)


def _of_shortcode(attributes: Mapping[str, str]) -> Iterator[Image]:
    """Yield the images that a page builder's shortcode shows, by their IDs or addresses."""
    ids = [
        found[0]
        for name, value in attributes.items()
        if _SHORTCODE_IDS.fullmatch(name) and (found := _NUMBERS.match(value))
    ]
    addresses = [value for value in attributes.values() if uploads.is_image(value)]
    alt = one_line(attributes.get("alt") or attributes.get("alt_text") or "")
    if addresses and len(ids) == 1 and ids[0].isdecimal():
        yield Image(addresses.pop(0), alt, attachment=ids.pop())
    yield from (Image(address, alt) for address in addresses)
    yield from _with_ids(",".join(ids))


def _with_ids(ids: str) -> Iterator[Image]:
    """Yield an image for each of the IDs in a list with commas."""
    for each in dict.fromkeys(re.split(r"[\s,]+", ids)):
        if each.isdecimal():
            yield Image(attachment=each)


def _role(tag: str, attributes: Mapping[str, Any]) -> str:
    classes = frozenset((attributes.get("class") or "").split())
    if tag == "figure" or classes & _CAPTIONED:
        return _FIGURE
    if tag == "figcaption" or classes & _CAPTION_CLASSES:
        return _CAPTION
    return tag if tag in (_LINK, _PICTURE) else ""


def _addresses(attributes: Mapping[str, Any]) -> Iterator[str]:
    """Yield the addresses of an image, that of the usual one first."""
    yield from _values(attributes, _SOURCES)
    for value in _values(attributes, _SETS):
        candidates = [each.split() for each in _CANDIDATE_END.split(value)]
        yield from (each[0] for each in sorted(filter(None, candidates), key=_size, reverse=True))
    yield from _backgrounds(attributes)


def _backgrounds(attributes: Mapping[str, Any]) -> Iterator[str]:
    yield from _values(attributes, _ANYWHERE)
    for found in _STYLE_URL.finditer(attributes.get("style") or ""):
        yield found[1].strip()


def _size(candidate: list[str]) -> float:
    """Return the width or the density of an image in a ``srcset``.

    https://html.spec.whatwg.org/multipage/images.html#srcset-attributes
    """
    try:
        return float(candidate[1][:-1]) if len(candidate) > 1 else 1.0
    except ValueError:
        return 1.0


def _attachment(attributes: Mapping[str, Any]) -> str:
    """Return the ID of an image in the old site's library."""
    found = _CLASS_OF_ID.search(attributes.get("class") or "")
    ids = (value for value in _values(attributes, _IDS) if value.isdecimal())
    return found[1] if found else next(ids, "")


def _values(attributes: Mapping[str, Any], names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if value := (attributes.get(name) or "").strip():
            yield value
