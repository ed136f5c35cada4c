"""The findings about role pages."""

import json
from collections.abc import Iterable
from typing import Any

from wagtail_careers.links.usage import newest_content
from wagtail_careers.lint.findings import Finding, findings
from wagtail_careers.lint.places import Places, places
from wagtail_careers.lint.records import look_up


def page_findings(page: Any) -> tuple[Finding, ...]:
    """Return the findings about the newest version of a role page, in few queries."""
    (found,) = findings_of_pages([page])
    return found


def findings_of_pages(pages: Iterable[Any]) -> list[tuple[Finding, ...]]:
    """Return the findings about the newest version of each role page.

    All pages in one language take as many queries as one page, if ``locale`` and
    ``latest_revision`` were fetched.
    """
    pages = list(pages)
    bodies = [_places(page) for page in pages]
    languages = [page.locale.language_code for page in pages]
    records = {
        language: look_up(
            [body for body, each in zip(bodies, languages, strict=True) if each == language],
            language,
        )
        for language in dict.fromkeys(languages)
    }
    return [
        findings(body, records[language], page.path)
        for page, body, language in zip(pages, bodies, languages, strict=True)
    ]


def _places(page: Any) -> Places:
    block = page._meta.get_field("body").stream_block
    return places(block, json.loads(newest_content(page).get("body") or "[]"))
