"""The library of the old site: its files, what is said about them, and the posts that use them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from wagtail_careers.importing.reading.content import Content, Image
from wagtail_careers.importing.reading.media import unique, with_texts
from wagtail_careers.importing.sources import uploads, wordpress
from wagtail_careers.importing.sources.posts import Attachment, Post, Skipped

#: A blog, and the ID of a post or the name of a file there; or an ID as ``#7``.
Name = tuple[str, str]


class Attachments:
    """The files that exports list, by ID and by name. Every blog has IDs of its own."""

    def __init__(self) -> None:
        #: None if several files have the ID.
        self._by_id: dict[Name, Attachment | None] = {}
        self._by_file: dict[Name, Attachment] = {}
        #: By host, and by the name of the file.
        self._titles: dict[Name, str] = {}
        self._by_parent: defaultdict[Name, list[Attachment]] = defaultdict(list)
        self._used: set[Name] = set()
        self._galleries: set[Name] = set()

    def add(self, attachment: Attachment) -> None:
        blog = _blog(attachment)
        name = (blog, attachment.post_id)
        if self._by_id.setdefault(name, attachment) != attachment:
            self._by_id[name] = None
        self._by_file.setdefault(_file(blog, attachment.address), attachment)
        file = uploads.key_of(attachment.address)
        self._titles.setdefault((wordpress.host(attachment.address), file), attachment.title)
        self._by_parent[blog, attachment.parent].append(attachment)

    def note_uses(self, post: Post, content: Content) -> None:
        """Note the files that ``post`` shows or links to."""
        blog = _blog(post)
        self._galleries |= {(blog, parent or post.post_id) for parent in content.galleries}
        for image in content.images:
            id_name = (blog, f"#{image.attachment}")
            self._used.add(_file(blog, image.src) if image.src else id_name)
        for address in (*(embed.src for embed in content.embeds), *_linked(content)):
            if uploads.ending_of(address):
                self._used.add(_file(blog, address))

    def explained(self, attachment: Attachment) -> Skipped:
        """Return the entry for a file in the report, with the reason why it is not a page."""
        if self._is_used(attachment):
            return attachment
        reason = _("No post shows or links to this file, so it was left out: %(address)s")
        return replace(attachment, reason=reason % {"address": attachment.address})

    def images_of(self, post: Post, content: Content) -> tuple[Image, ...]:
        """Return the images of ``content``, each once, with what the library says about them."""
        blog = _blog(post)
        attached = (
            Image(attachment=each.post_id)
            for parent in content.galleries
            for each in self._by_parent.get((blog, parent or post.post_id), ())
            if uploads.is_image(each.address)
        )
        images = (*content.images, *attached)
        described = (self._described(image, blog) for image in images)
        return tuple(unique(described, blog.partition("/")[0]))

    def title_of(self, address: str) -> str:
        """Return the title of the file at ``address``; empty if no export lists it."""
        return self._titles.get((wordpress.host(address), uploads.key_of(address)), "")

    def _described(self, image: Image, blog: str) -> Image:
        if image.src:
            found = self._by_file.get(_file(blog, image.src))
        else:
            found = self._by_id.get((blog, image.attachment))
        if found is None:
            return image
        known = replace(
            image,
            src=image.src or found.address,
            alt=image.alt or found.alt,
            title=found.title,
            attachment=found.post_id,
        )
        return with_texts(known, (found.alt, found.caption, found.description))

    def _is_used(self, attachment: Attachment) -> bool:
        blog = _blog(attachment)
        names = {_file(blog, attachment.address), (blog, f"#{attachment.post_id}")}
        in_gallery = uploads.is_image(attachment.address) and (
            (blog, attachment.parent) in self._galleries
        )
        return in_gallery or not names.isdisjoint(self._used)


def _linked(content: Content) -> Iterator[str]:
    yield from (href for href, _text in content.links())


def _file(blog: str, address: str) -> Name:
    """Return the name of a file that a post of ``blog`` shows; a relative address is its own."""
    site = uploads.site_of(address) or blog.partition("/")[0]
    return blog, f"{site}/{uploads.key_of(address)}"


def _blog(entry: Post | Attachment) -> str:
    return wordpress.blog_of(entry.home, entry.permalink)
