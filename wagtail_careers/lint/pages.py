"""The findings about role pages."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from wagtail_careers.conf import get_settings
from wagtail_careers.links.usage import newest_content
from wagtail_careers.lint.content import Content, read
from wagtail_careers.lint.findings import findings
from wagtail_careers.lint.records import Records, look_up
from wagtail_careers.lint.registry import rules_of
from wagtail_careers.lint.rule import Context, Finding, OwnWord, Rule
from wagtail_careers.lint.site import Site


def page_findings(
    page: Any, rules: Iterable[Rule] | None = None, words: Iterable[OwnWord] = ()
) -> tuple[Finding, ...]:
    """Return the findings about the newest version of a role page, in few queries.

    Without ``rules``, only those that every site checks (see ``registry.rules_of``).
    """
    (found,) = findings_of_pages([page], rules, words)
    return found


def findings_of_pages(
    pages: Iterable[Any], rules: Iterable[Rule] | None = None, words: Iterable[OwnWord] = ()
) -> list[tuple[Finding, ...]]:
    """Return the findings about the newest version of each role page.

    All pages in one language take as many queries as one page, if ``locale`` and
    ``latest_revision`` were fetched.
    """
    pages = list(pages)
    checked = tuple(rules_of(()) if rules is None else rules)
    contents = [newest(page) for page in pages]
    return [
        findings(content, context_of(records, page.path, words), checked)
        for page, content, records in zip(pages, contents, records_of(pages, contents), strict=True)
    ]


def context_of(
    records: Records,
    shown_on: str = "",
    words: Iterable[OwnWord] = (),
    site: Site | None = None,
) -> Context:
    """Return the context of a page at a tree path: its records, and what the site sets."""
    return Context(records, shown_on, tuple(words), get_settings().lint_other_places, site)


def records_of(pages: Sequence[Any], contents: Sequence[Content]) -> list[Records]:
    """Return the records that each content refers to, looked up once for each language."""
    languages = [page.locale.language_code for page in pages]
    found = {
        language: look_up(
            [
                content.places
                for content, each in zip(contents, languages, strict=True)
                if each == language
            ],
            language,
        )
        for language in dict.fromkeys(languages)
    }
    return [found[language] for language in languages]


def newest(page: Any) -> Content:
    """Return the content of the newest version of a role page."""
    content = newest_content(page)
    title = str(content.get("title") or page.title)
    return _read(page, json.loads(content.get("body") or "[]"), title)


def live(page: Any) -> Content:
    """Return the content of a role page that readers see, without a query."""
    return _read(page, page.body.raw_data, page.title)


def _read(page: Any, raw_body: Iterable[Any], title: str) -> Content:
    return read(
        page._meta.get_field("body").stream_block,
        raw_body,
        title=title,
        language=page.shown_language,
        page=page.pk,
    )
