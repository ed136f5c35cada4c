"""Identities: a post keeps its key while it is edited, and another post never gets it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_careers.importing.planning.identities import Identities, KnownPost
from wagtail_careers.importing.sources import wordpress
from wagtail_careers.importing.sources.posts import Post

NORTH = "http://old.example/north/hello-world/"
SOUTH = "http://old.example/south/hello-world/"
EARLY, LATE = datetime(2018, 8, 6, 9, 30), datetime(2019, 3, 3, 9, 30)


def post(permalink: str = NORTH, home: str = "http://old.example", **fields: Any) -> Post:
    facts = {"post_id": "1", "title": "Hello world!", "published_at": EARLY, **fields}
    facts.setdefault("slug", wordpress.slug_of(permalink))
    facts.setdefault("source", permalink)
    key = wordpress.identity(home, permalink, facts["post_id"], facts["source"])
    return Post(key=key, permalink=permalink, home=home, content="", **facts)


def known(post: Post, *, was_draft: bool = False) -> KnownPost:
    """The facts about a post that was imported."""
    from wagtail_careers.dates import storable

    when = storable(post.published_at)
    return KnownPost(post.key, post.permalink, post.title, post.slug, when, was_draft)


def key_after(imported: Post, now: Post, **facts: Any) -> str:
    return Identities([known(imported, **facts)]).identified(now).key


@pytest.mark.parametrize(
    ("home", "permalink", "key"),
    [
        ("http://old.example", NORTH, "old.example#1"),
        ("https://www.Old.example/", NORTH, "old.example#1"),
        ("http://old.example/north", NORTH, "old.example/north#1"),
        ("http://old.example/north/", NORTH, "old.example/north#1"),
        ("http://north.old.example", "http://north.old.example/x/", "north.old.example#1"),
        ("http://old.example:8080", "http://old.example:8080/x/", "old.example:8080#1"),
        ("http://old.example:80", NORTH, "old.example#1"),
        ("", NORTH, "old.example#1"),
        ("javascript:alert(1)", NORTH, "old.example#1"),
        ("http://[", NORTH, "old.example#1"),
    ],
)
def test_key_is_the_address_of_the_blog_and_the_id(home: str, permalink: str, key: str) -> None:
    assert post(permalink, home).key == key


def test_id_in_a_plain_permalink_is_the_id() -> None:
    assert wordpress.identity("", "http://old.example/?p=7", "", "a.md") == "old.example#7"


@pytest.mark.parametrize(
    "now",
    [
        post(title="Welcome", slug="welcome", permalink="http://old.example/north/welcome/"),
        post(title="Welcome", published_at=LATE),
        post(published_at=LATE, permalink="http://old.example/north/2019/hello/"),
        post(permalink="http://old.example/hello-world/"),
        post(permalink="https://www.old.example/north/hello-world", published_at=LATE),
        post(permalink="http://old.example/north/?p=1"),
        post(published_at=None, title="Welcome"),
    ],
)
def test_an_edited_post_keeps_its_key(now: Post) -> None:
    assert key_after(post(), now) == "old.example#1"


@pytest.mark.parametrize(
    "now",
    [
        post(SOUTH, published_at=LATE),
        post(SOUTH, published_at=None),
        post(SOUTH, title="Something", slug="something"),
        post("http://old.example/north/x/", title="Something", slug="x", published_at=LATE),
    ],
)
def test_another_post_gets_a_key_of_its_own(now: Post) -> None:
    key = key_after(post(), now)
    assert key.startswith("old.example#1~")
    assert key == key_after(post(), now)


def test_a_draft_keeps_its_key_when_everything_changes() -> None:
    draft = post("http://old.example/north/?p=1", title="Idea", slug="", published_at=EARLY)
    now = post(published_at=LATE)
    assert key_after(draft, now, was_draft=True) == "old.example#1"
    assert key_after(draft, post(SOUTH, published_at=LATE), was_draft=True) != "old.example#1"


def test_a_draft_of_another_blog_is_another_post() -> None:
    draft = post("http://old.example/south/?p=1", title="Hello world!")
    assert key_after(draft, post(published_at=LATE), was_draft=True) != "old.example#1"


@pytest.mark.parametrize("home", ["http://old.example/north", "http://network.example/north"])
def test_what_an_earlier_release_imported_is_found(home: str) -> None:
    earlier = post(home="")
    assert earlier.key == "old.example#1"
    now = post(home=home, title="Welcome")
    assert now.key != earlier.key
    assert key_after(earlier, now) == "old.example#1"


def test_what_an_earlier_release_imported_from_another_blog_is_not() -> None:
    earlier = post(home="")
    south = post(SOUTH, "http://old.example/south", published_at=LATE)
    assert key_after(earlier, south) == south.key == "old.example/south#1"
    root = post("http://old.example/hello-world/")
    below = post(NORTH, "http://old.example/north")
    assert key_after(root, below) == below.key == "old.example/north#1"


def test_a_markdown_file_is_the_post_of_an_export() -> None:
    of_export = post(home="http://old.example/north")
    assert key_after(of_export, post(home="")) == of_export.key


def test_posts_without_an_id_are_told_apart_by_their_addresses() -> None:
    one, other = post(post_id=""), post(SOUTH, post_id="")
    assert (one.key, other.key) == (
        "old.example/north/hello-world/",
        "old.example/south/hello-world/",
    )
    assert key_after(one, other) == other.key


def test_files_of_one_name_are_told_apart() -> None:
    of = {"post_id": "", "permalink": "", "home": "", "source": "a~1.md", "slug": ""}
    one = post(**of)
    assert key_after(one, post(**of)) == "a~1.md"
    other = post(**{**of, "title": "Other"}, published_at=LATE)
    assert key_after(one, other).startswith("a~1.md~")


def test_of_two_posts_that_could_be_meant_the_one_at_the_address_is() -> None:
    draft = post("http://old.example/?p=1", title="Idea", published_at=None)
    south = post(SOUTH, published_at=LATE)
    records = [known(draft, was_draft=True), replace(known(south), key="old.example#1~south")]
    assert Identities(records).identified(south).key == "old.example#1~south"


#: The blogs of a network, three of which give the address of the network as theirs.
POSTS = [
    post(
        f"http://old.example/{name}/hello-world/",
        f"http://old.example{home}",
        published_at=datetime(2018, 1, number),
    )
    for number, (name, home) in enumerate(
        [("north", ""), ("south", ""), ("east", ""), ("west", "/west"), ("blog", "/blog")], start=1
    )
]


@given(st.permutations(POSTS), st.permutations(POSTS))
def test_keys_stay_the_same_in_any_order(first: list[Post], again: list[Post]) -> None:
    identities = Identities()
    keys = {each.source: identities.identified(each).key for each in first}
    assert len(set(keys.values())) == len(POSTS)
    later = Identities(known(identities.identified(each)) for each in first)
    assert {each.source: later.identified(each).key for each in again} == keys


def test_a_post_is_found_among_many_with_its_id() -> None:
    network = [
        post(f"http://old.example/b{n}/hello-world/", published_at=datetime(2000 + n, 1, 1))
        for n in range(50)
    ]
    identities = Identities()
    records = [known(identities.identified(each)) for each in network]
    assert len({each.key for each in records}) == len(network)
    moved = replace(network[40], permalink="http://old.example/new/hello-world/")
    retitled = replace(network[45], title="Welcome", published_at=LATE)
    again = Identities(records)
    assert again.identified(moved).key == records[40].key
    assert again.identified(retitled).key == records[45].key
