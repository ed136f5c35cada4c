"""Posts without a title, with one that is too long, and in the format that the map names."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.importing.conftest import Result
from tests.importing.posts import export, item, write_post
from wagtail_careers.importing.planning.options import Options
from wagtail_careers.importing.roles.role import Choice
from wagtail_careers.importing.sources.posts import Post, Skipped
from wagtail_careers.pages.models import RolePage

Import = Callable[..., Result]

POST = Post("key", "porter.md", "", "<p>You push beds.</p>", post_id="5")


def ready(post: Post, options: Options | None = None) -> Post:
    found = (options or Options()).prepared(post)
    assert isinstance(found, Post)
    return found


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("<p>You push beds.</p>", "You push beds"),
        ("<h1>Porter</h1><p>You push beds.</p>", "Porter"),
        ("<h2>What will I be doing?</h2><p>You push beds.</p>", "You push beds"),
        ("<h2>Duties</h2><h2>Pay</h2>", "Duties"),
        ("<script>x</script>[gallery]\n\nYou <b>pu</b>sh", "You push"),
        ("<p>...</p>", "..."),
        (f"<p>{'word ' * 40}</p>", f"{'word ' * 11}word…"),
        (f"<p>{'x' * 300}</p>", f"{'x' * 59}…"),
    ],
)
def test_a_title_is_made_of_the_first_words(content: str, title: str) -> None:
    post = ready(replace(POST, content=content))
    assert post.title == title
    assert [remark.code for remark in post.remarks] == ["untitled"]
    assert post.content == content


def test_the_excerpt_is_better_than_no_title() -> None:
    assert ready(replace(POST, content="", excerpt="We need you.")).title == "We need you"


def test_a_post_with_neither_title_nor_words_is_skipped_with_the_reason() -> None:
    found = Options().prepared(replace(POST, content="<p> </p><img src='x.png'>"))
    assert isinstance(found, Skipped)
    assert "neither a title nor text" in found.reason


def test_the_title_of_the_map_wins() -> None:
    options = Options(posts={"5": Choice(title="Porter")})
    assert ready(POST, options).title == "Porter"
    assert ready(POST, options).remarks == ()


def test_a_title_that_is_too_long_is_shortened_and_kept_in_the_text(
    import_roles: Import, tmp_path: Path
) -> None:
    long = "Porter & more " * 20 + "end"
    result = import_roles(write_post(tmp_path, 7, post_title=long), publish=True)
    assert result.summary["created"] == 1
    page = RolePage.objects.get()
    assert page.title == "Porter & more " * 17 + "Porter & more…"
    assert page.body[0].value["introduction"].source.startswith("<p>Porter &amp; more Porter")
    assert "end" in page.body[0].value["introduction"].source
    codes = [flag["code"] for flag in result.post(7)["flags"]]
    assert "long_title" in codes
    assert "unaccounted" not in codes
    assert import_roles(tmp_path / "7.md", publish=True).summary == {
        "unchanged": 1,
        "needs_review": 1,
    }


@pytest.mark.parametrize(
    ("format", "html"),
    [("html", "You are **kind**."), ("markdown", "<p>You are <strong>kind</strong>.</p>\n")],
)
def test_the_map_decides_on_the_format(format: str, html: str) -> None:
    post = replace(POST, title="Porter", content="You are **kind**.")
    assert ready(post, Options(format=format)).content == html
    assert ready(post, Options(posts={"5": Choice(format=format)})).content == html
    other = "html" if format == "markdown" else "markdown"
    both = Options(format=other, posts={"5": Choice(format=format)})
    assert ready(post, both).content == html


def test_lost_words_of_markdown_are_remarked() -> None:
    post = replace(
        POST, title="Porter", content="One\n\n[1]: https://x.example/", format="markdown"
    )
    assert [remark.code for remark in ready(post).remarks] == ["markdown_lost"]


def test_the_excerpt_has_the_format_of_its_post() -> None:
    post = replace(POST, title="A", excerpt_html="**We** need you", format="markdown")
    assert ready(post).excerpt == "We need you"


def test_an_item_of_an_export_without_a_title_is_imported(
    import_roles: Import, tmp_path: Path
) -> None:
    path, told = tmp_path / "export.xml", tmp_path / "map.toml"
    path.write_text(export([item(5, "", "<p>Untitled but with words.</p>")]), encoding="utf-8")
    result = import_roles(path)
    assert RolePage.objects.get().title == "Untitled but with words"
    assert "untitled" in [flag["code"] for flag in result.post(5)["flags"]]
    told.write_text("[posts.5]\ntitle = 'Night porter'")
    result = import_roles(path, map=told)
    assert RolePage.objects.get().get_latest_revision_as_object().title == "Night porter"
    assert "untitled" not in [flag["code"] for flag in result.post(5)["flags"]]
