from datetime import datetime

import pytest

from wagtail_careers.importing.sources.posts import Post, SourceError
from wagtail_careers.importing.sources.wordpress_markdown import read_post


def read(**front: str) -> Post:
    fields = {"ID": "7", "post_title": "Porter", **front}
    told = "\n".join(f"{name}: {value}" for name, value in fields.items())
    return read_post(f"---\n{told}\n---\nText", "porter.md")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Porter", "Porter"),
        ("Yes", "Yes"),
        ("202", "202"),
        ("12:30", "12:30"),
        (">\n  Head\n  porter\n", "Head porter"),
        ("'Nurse: adult'", "Nurse: adult"),
        ("Health &amp; Care <em>porter</em>", "Health & Care porter"),
        ("A <b", "A"),
        ("AT&T < B", "AT&T < B"),
    ],
)
def test_titles_are_as_somebody_typed_them(written: str, title: str) -> None:
    assert read(post_title=written).title == title


@pytest.mark.parametrize(
    ("written", "when"),
    [
        ("2018-08-06 09:30:00", datetime(2018, 8, 6, 9, 30)),
        ("2018-08-06", datetime(2018, 8, 6)),
        ("0000-00-00 00:00:00", None),
        ("'-0001-11-30 00:00:00'", None),
        ("", None),
    ],
)
def test_dates(written: str, when: datetime | None) -> None:
    assert read(post_date=written).published_at == when


@pytest.mark.parametrize(
    ("front", "is_public"),
    [
        ({}, True),
        ({"published": "true"}, True),
        ({"published": "false"}, False),
        ({"post_status": "draft"}, False),
        ({"post_status": "publish"}, True),
    ],
)
def test_what_was_public(front: dict[str, str], is_public: bool) -> None:
    assert read(**front).is_public == is_public


@pytest.mark.parametrize(
    ("front", "key", "slug"),
    [
        ({"permalink": "http://www.Old.example/a/porter/"}, "old.example#7", "porter"),
        ({"permalink": ">\n  http://old.example/a/caf%C3%A9/"}, "old.example#7", "café"),
        ({"permalink": "http://old.example/a/b/", "ID": ""}, "old.example/a/b/", "b"),
        ({"ID": "", "permalink": "null"}, "porter.md", ""),
        ({"permalink": "http://["}, "#7", ""),
    ],
)
def test_identity_and_slug(front: dict[str, str], key: str, slug: str) -> None:
    post = read(**front)
    assert (post.key, post.slug) == (key, slug)


def test_a_mark_at_the_beginning_and_other_newlines_do_not_matter() -> None:
    post = read_post("\ufeff---\r\nID: 7\r\npost_title: Porter\r\n---\r\nOne\r\n\r\nTwo", "x")
    assert post.content.split() == ["One", "Two"]


def test_a_line_in_the_content_ends_nothing() -> None:
    assert read_post("---\npost_title: A\n---\nOne\n---\nTwo", "x").content == "One\n---\nTwo"


@pytest.mark.parametrize(
    "text", ["", "Text", "---\n---\nText", "---\nx\n---\n", "---\na: [\n---\n"]
)
def test_what_is_no_post_is_refused(text: str) -> None:
    with pytest.raises(SourceError):
        read_post(text, "x")
