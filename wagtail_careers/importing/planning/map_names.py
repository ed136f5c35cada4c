"""Names in a map file that nothing has. Most are typing errors, which nobody would notice."""

from collections.abc import Callable, Collection, Iterable, Iterator
from difflib import get_close_matches
from fnmatch import fnmatchcase

from django.utils.translation import gettext as _

from wagtail_careers.importing.planning.options import Options, names_of
from wagtail_careers.importing.reading import shortcodes
from wagtail_careers.importing.reading.content import Content, Kind
from wagtail_careers.importing.roles.headings import words
from wagtail_careers.importing.sources.conventions import MapError
from wagtail_careers.importing.sources.posts import Notice, Post

#: What notices name as their source.
_SOURCE = "--map"
#: How many names of the sources are compared with a name that nothing has.
_COMPARED = 10_000
#: How many names are compared with all others: with thousands, each takes a moment.
_HINTS = 20


def check_categories(options: Options, existing: Collection[str]) -> None:
    """Raise ``MapError`` for a category that neither exists nor is one of the conventions."""
    known = sorted({*existing, *(rule.slug for rule in options.conventions.categories)})
    chosen = {f"posts.{name}.category": choice.category for name, choice in options.posts.items()}
    for where, slug in {"--category": options.category, **chosen}.items():
        if slug and slug not in known:
            message = _(
                "%(where)s: No category has the slug “%(slug)s”.%(hint)s Use one of these, or "
                "create the category in the admin: %(known)s"
            )
            values = {"where": where, "slug": slug, "hint": _hint(slug, known)}
            raise MapError(message % {**values, "known": ", ".join(known)})


class MapNames:
    """The names in a map file, and what the sources have by these names."""

    def __init__(self, options: Options) -> None:
        table = options.table
        self._options = options
        self._posts = _Names("posts", options.posts)
        #: Names by which choices were found, and names of the same posts that came too late.
        self._used: set[str] = set()
        self._unused: dict[str, str] = {}
        self._headings = {
            name: _Names(f"posts.{name}.sections", choice.sections, _has_words)
            for name, choice in options.posts.items()
            if choice.sections
        }
        phrases = (phrase for texts in table.get("phrases", {}).values() for phrase in texts)
        self._phrases = _Names("phrases", phrases, _has_phrase)
        self._fields = _Names("fields", table.get("fields", ()), fnmatchcase)
        self._taxonomies = _Names("taxonomies", table.get("taxonomies", ()))
        self._shortcodes = _Names("shortcodes", table.get("shortcodes", ()), _is_shortcode)
        self._types = _Names("types", options.types)

    def note_post(self, post: Post) -> None:
        """Note what the names of a post, its fields, its taxonomies and its type are."""
        self._posts.note(names_of(post))
        first, *others = self._options.names_for(post) or [""]
        self._used.add(first)
        self._unused |= dict.fromkeys(others, first)
        self._fields.note(field.name for field in post.fields)
        self._taxonomies.note(term.taxonomy for term in (*post.categories, *post.terms))
        self._types.note([post.kind])

    def note_content(self, post: Post, content: Content) -> None:
        """Note which headings and shortcodes a post has."""
        self._phrases.note(_headings(content))
        chosen = next(iter(self._options.names_for(post)), "")
        if chosen in self._headings:
            self._headings[chosen].note(_headings(content))
        texts = (post.content, *(text for field in post.fields for text in field.texts))
        self._shortcodes.note(tag.name for text in texts for tag in shortcodes.every(text))

    def notices(self) -> Iterator[Notice]:
        """Yield a notice for each name that nothing in the sources has."""
        yield from self._posts.notices(_("No post has the ID, slug or path “%(name)s”."))
        for name, first in self._unused.items():
            if name not in self._used:
                message = _("posts: “%(name)s” is not used, because “%(first)s” is the same post.")
                yield Notice(_SOURCE, message % {"name": name, "first": first})
        for name, headings in self._headings.items():
            if name in self._used:
                yield from headings.notices(_("The post has no heading “%(name)s”."))
        yield from self._phrases.notices(_("No post has a heading like “%(name)s”."))
        yield from self._fields.notices(_("No post has the field “%(name)s”."))
        yield from self._taxonomies.notices(_("No post has a term of the taxonomy “%(name)s”."))
        yield from self._shortcodes.notices(_("No post has the shortcode “%(name)s”."))
        yield from self._types.notices(_("No post is of the type “%(name)s”."))


class _Names:
    """Names at one place of a map; ``is_called(found, name)`` finds more than equal ones."""

    def __init__(
        self,
        where: str,
        names: Iterable[str],
        is_called: Callable[[str, str], bool] | None = None,
    ) -> None:
        self.where = where
        self.missing = dict.fromkeys(names)
        self._is_called = is_called
        #: Names that the sources have, whether the map has them or not.
        self._found: set[str] = set()

    def note(self, found: Iterable[str]) -> None:
        for each in found if self.missing else ():
            if each not in self._found:
                self._take(each)
                if len(self._found) < _COMPARED:
                    self._found.add(each)

    def _take(self, found: str) -> None:
        self.missing.pop(found, None)
        if is_called := self._is_called:
            for name in [name for name in self.missing if is_called(found, name)]:
                del self.missing[name]

    def notices(self, message: str) -> Iterator[Notice]:
        """Yield ``message`` about each name that nothing has, with those that are similar."""
        known = sorted(self._found) if self.missing else []
        for number, name in enumerate(self.missing):
            hint = _hint(name, known) if number < _HINTS else ""
            advice = hint or f" {_('Check the spelling.')}"
            yield Notice(_SOURCE, f"{self.where}: {message % {'name': name}}{advice}")


def _headings(content: Content) -> Iterator[str]:
    for block in content.blocks:
        if block.kind == Kind.HEADING or block.looks_like_heading:
            yield block.text


def _has_words(heading: str, name: str) -> bool:
    return words(heading) == words(name)


def _has_phrase(heading: str, phrase: str) -> bool:
    return {*words(phrase)} <= {*words(heading)}


def _is_shortcode(found: str, name: str) -> bool:
    return fnmatchcase(found.lower(), name)


def _hint(name: str, known: list[str]) -> str:
    """Return a question with the similar names; empty if there are none.

    Numbers have no spelling: the ID 12 is not a mistake for 13.
    """
    near = [] if name.isdigit() else get_close_matches(name, known)
    names = ", ".join(f"“{each}”" for each in near)
    return f" {_('Did you mean %(names)s?') % {'names': names}}" if names else ""
