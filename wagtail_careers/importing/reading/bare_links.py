"""Links from bare web addresses in text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from wagtail_careers.importing.reading.content import TextRun, merged

_URL = re.compile(r"\bhttps?://[^\s<>\"“”«»]+|\bwww\.[a-z0-9-]+\.[^\s<>\"“”«»]+", re.IGNORECASE)
_AFTER_URL = ".,;:!?'’‘*_…–—"
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def linked(runs: Iterable[TextRun]) -> tuple[TextRun, ...]:
    """Turn each bare web address in ``runs`` into a link."""
    return merged(part for run in runs for part in _linked(run))


def _linked(run: TextRun) -> Iterator[TextRun]:
    if run.href or run.dropped:
        yield run
        return
    at = 0
    for found in _URL.finditer(run.text):
        url = _without_punctuation(found.group())
        yield run.with_text(run.text[at : found.start()])
        href = url if "://" in url else f"https://{url}"
        yield replace(run, text=url, href=href)
        at = found.start() + len(url)
    yield run.with_text(run.text[at:])


def _without_punctuation(url: str) -> str:
    """Remove the punctuation of the surrounding sentence from a bare address."""
    while url and (url[-1] in _AFTER_URL or _closes_more_than_it_opens(url)):
        url = url[:-1]
    return url


def _closes_more_than_it_opens(url: str) -> bool:
    opening = _BRACKETS.get(url[-1])
    return bool(opening) and url.count(url[-1]) > url.count(opening or "")
