"""One check of all live roles: they are read first, so that rules can compare them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from wagtail_careers.lint.content import Content
from wagtail_careers.lint.findings import findings
from wagtail_careers.lint.pages import context_of, live, records_of
from wagtail_careers.lint.records import Records
from wagtail_careers.lint.rule import Finding, OwnWord, Rule
from wagtail_careers.lint.site import Site
from wagtail_careers.role_models import role_page_models

#: The number of pages that are read with the same queries.
CHUNK = 100

#: Returns the organisation's own words in a language.
Words = Callable[[str], Iterable[OwnWord]]


@dataclass(frozen=True)
class Role:
    """A live role page: what the rules read, and what a report says of the page."""

    pk: int
    title: str
    path: str
    url_path: str
    content: Content
    records: Records
    words: tuple[OwnWord, ...] = ()


def read_roles(words: Words = lambda language: ()) -> list[Role]:
    """Return all live role pages, in a constant number of queries for each ``CHUNK``."""
    return [
        role
        for model in role_page_models()
        for pages in _chunks(model._default_manager.live().exact_type(model))
        for role in roles_of(pages, words)
    ]


def site_of(roles: Iterable[Role]) -> Site:
    """Return the roles as the rules compare them."""
    return Site(tuple(role.content for role in roles))


def role_findings(role: Role, site: Site, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """Return the findings about one of the roles of a site."""
    context = context_of(role.records, role.path, role.words, site)
    return findings(role.content, context, rules)


def _chunks(pages: Any) -> Iterator[list[Any]]:
    found = pages.order_by("pk").select_related("locale").iterator(chunk_size=CHUNK)
    while chunk := list(islice(found, CHUNK)):
        yield chunk


def roles_of(pages: list[Any], words: Words = lambda language: ()) -> list[Role]:
    """Return the published versions of role pages."""
    return list(_roles(pages, words))


def _roles(pages: list[Any], words: Words) -> Iterator[Role]:
    contents = [live(page) for page in pages]
    languages = dict.fromkeys(page.locale.language_code for page in pages)
    own_words = {language: tuple(words(language)) for language in languages}
    for page, content, records in zip(pages, contents, records_of(pages, contents), strict=True):
        yield Role(
            page.pk,
            page.title,
            page.path,
            page.url_path,
            content,
            records,
            own_words[page.locale.language_code],
        )
