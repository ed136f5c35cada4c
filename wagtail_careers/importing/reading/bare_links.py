"""Links from bare web addresses in text."""

import re
from collections import Counter
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
    number = Counter(url)
    end = len(url)
    while end and (url[end - 1] in _AFTER_URL or _closes_too_often(url[end - 1], number)):
        end -= 1
        number[url[end]] -= 1
    return url[:end]


def _closes_too_often(last: str, number: Counter[str]) -> bool:
    """Return True if a bracket at the end is closed more often than it was opened before."""
    return last in _BRACKETS and number[last] > number[_BRACKETS[last]]
