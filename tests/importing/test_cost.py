"""The cost of a post grows with its size, however it is made: counted in steps, not in time."""

import multiprocessing
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from types import CodeType

import django
import pytest

from wagtail_careers.importing.planning.comparison import normal
from wagtail_careers.importing.planning.identities import Identities
from wagtail_careers.importing.planning.merge import Note, unresolved
from wagtail_careers.importing.planning.options import Options
from wagtail_careers.importing.reading.html import read_html
from wagtail_careers.importing.roles.conversion import convert
from wagtail_careers.importing.roles.role import Choice
from wagtail_careers.importing.sources.posts import Post
from wagtail_careers.importing.writing.body import raw_body

pytestmark = pytest.mark.skipif(
    sys.version_info < (3, 12), reason="sys.monitoring is new in Python 3.12"
)

OPTIONS = Options()
PHRASEBOOK = OPTIONS.phrasebook()
SPEC = "<p>Intro</p><h2>What sort of person would I need to be?</h2>"

#: Markup of a size.
POSTS: dict[str, Callable[[int], str]] = {
    "nested boxes": lambda n: "".join(f'<div class="c{i}">a' for i in range(n)),
    "nested lists": lambda n: "<ul><li>a" * n,
    "nested numbered lists": lambda n: "<ol start=2><li>a" * n,
    "templates": lambda n: "<template><b>a" * n,
    "closed templates": lambda n: "<template><b>a</b></template>" * n,
    "comments of blocks": lambda n: '<!-- wp:a {"a":"Ask Ann for a form"} --><p>a' * n,
    "unclosed comments": lambda n: "<!-- a <p>b</p>" * n,
    "nested tables": lambda n: "<table><tr><td>a" * n,
    "nested bold": lambda n: "<b>a" * n,
    "nested quotations": lambda n: "<q>a" * n,
    "nested languages": lambda n: "<i lang=cy>a<i lang=de>b" * n,
    "nested links": lambda n: "<a href=/a><table><tr><td>" * n,
    "lists in a row": lambda n: "<ol><li>a</ol>" * n,
    "spaces": lambda n: f"<p>a{' ' * (20 * n)}b</p>",
    "no-break spaces": lambda n: f"<p>a{'&nbsp; ' * n}b</p>",
    "lines": lambda n: "<p>" + "a<br>" * n,
    "bold words": lambda n: f"{SPEC}<p>{'<b>calm</b> ' * n}</p>",
    "bold phrases": lambda n: f"{SPEC}<p><b>{'calm, kind and tidy; ' * n}</b></p>",
    "bold around hidden words": lambda n: f"{SPEC}<p><b>{'a <s>x</s> ' * n}</b></p>",
    "bold lines": lambda n: "<p>" + "<b>a</b>\nb\n" * n,
    "paragraphs": lambda n: "<p>One two.</p>" * n,
    "blank lines": lambda n: "One two.\n\n" * n,
    "headings": lambda n: "".join(f"<h2>Heading {i} on trainning for</h2>x" for i in range(n)),
    "top headings": lambda n: "<p><script>x</script></p>" * n + "<h1>a</h1>" * n,
    "a long heading": lambda n: f"<h2>{'trainning duty ' * n}</h2>x",
    "plain headings": lambda n: "<p>Training</p><p>x</p>" * n,
    "links": lambda n: "".join(f'<a href="http://x.example/{i}">a</a>' for i in range(n)),
    "links without words": lambda n: "".join(
        f'<a href="http://x.example/{i}"></a>' for i in range(n)
    ),
    "brackets after an address": lambda n: f"http://x.example/{')' * n}",
    "shortcodes": lambda n: '[x a="b c"]d' * n,
    "buttons": lambda n: '[button link="/a"]d ' * n + "[/button]",
    "open brackets": lambda n: "[a " * n,
    "rows": lambda n: "<table>" + "<tr><td>a<th>b" * n,
    "cells": lambda n: "<table><tr>" + "<td>a" * n,
    "captions of one image": lambda n: "<figure><img src=a.png>" + "<figcaption>a</figcaption>" * n,
    "images with captions": lambda n: (
        "<figure>" + "".join(f"<img src={i}.png><figcaption>a</figcaption>" for i in range(n))
    ),
    "images in a link": lambda n: f"<a href='{'/a' * n}/b.png'>" + "<img src=c.png>" * n,
    "attributes": lambda n: "<p " + " ".join(f"a{i}=b" for i in range(n)) + ">a",
    "hints": lambda n: "".join(f"<i title='hint {i}'>a</i>" for i in range(n)),
}


def identify(number: int) -> None:
    """Find the identities of posts that all have one ID and one title."""
    identities = Identities()
    for i in range(number):
        address = f"http://old.example/blog{i}/hello/"
        post = Post("old.example#1", address, "Porter", "", post_id="1", permalink=address)
        identities.identified(post)


def note_conflicts(number: int) -> None:
    """Look for the notes of an earlier import in as many sections."""
    body = [{"type": "text", "value": {"title": f"Part {i}", "prose": "a"}} for i in range(number)]
    unresolved([Note("text", f"Part {i}", block) for i, block in enumerate(body)], body, body)


#: What else grows with a source or with a page.
OTHERS: dict[str, Callable[[int], None]] = {
    "posts with one ID": identify,
    "conflicts": note_conflicts,
}


def import_post(html: str) -> None:
    """Do everything that depends on the size of a post, apart from the database."""
    content = read_html(html)
    post = Post(key="k", source="s", title="Porter", content=html)
    role = convert(post, content, PHRASEBOOK, Choice(), OPTIONS.kinds)
    for block in raw_body(role.sections, OPTIONS.kinds, lambda href: {"href": href}, [], "k"):
        normal(block["value"])


def steps(action: Callable[[], None]) -> int:
    """Count the lines of Python that ``action`` executes, and the functions that it calls."""
    monitoring = sys.monitoring
    count = 0

    def step(_code: CodeType, _line: object, *_rest: object) -> None:
        nonlocal count
        count += 1

    events = monitoring.events
    tool = monitoring.PROFILER_ID
    monitoring.use_tool_id(tool, "steps")
    try:
        for event in (events.LINE, events.CALL, events.JUMP):
            monitoring.register_callback(tool, event, step)
        monitoring.set_events(tool, events.LINE | events.CALL | events.JUMP)
        action()
    finally:
        monitoring.set_events(tool, events.NO_EVENTS)
        monitoring.free_tool_id(tool)
    return count


@pytest.mark.parametrize("name", POSTS)
def test_twice_the_size_takes_twice_the_steps(name: str) -> None:
    _assert_linear(lambda n: import_post(POSTS[name](n)))


@pytest.mark.parametrize("name", OTHERS)
def test_twice_as_many_take_twice_the_steps(name: str) -> None:
    _assert_linear(OTHERS[name])


def _assert_linear(action: Callable[[int], None]) -> None:
    size = 150
    action(10)  # Fill the caches.
    once, twice = (steps(lambda n=n: action(n)) for n in (size, 2 * size))
    assert twice <= 2.2 * once


@pytest.mark.parametrize("name", POSTS)
def test_twice_the_size_takes_twice_the_memory(name: str, alone: ProcessPoolExecutor) -> None:
    once, twice = (alone.submit(_peak, name, size).result() for size in (500, 1000))
    assert twice <= 2.5 * once + 500_000


@pytest.fixture(scope="module")
def alone() -> Iterator[ProcessPoolExecutor]:
    """Yield a process of its own: what other threads take would count as memory of a post."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context, initializer=django.setup) as pool:
        yield pool


def _peak(name: str, size: int) -> int:
    html = POSTS[name](size)
    tracemalloc.start()
    try:
        import_post(html)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
