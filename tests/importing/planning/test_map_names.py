"""Names in a map file that nothing has: said at the terminal and in the report, not an error."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.importing.conftest import Result
from tests.importing.posts import export, item
from wagtail_careers.pages.models import RolePage

Import = Callable[..., Result]

HTML = "Intro<h2>What fills my day?</h2>Beds.<h2>Uniform</h2>We wash it. [apply_box href=/x]"
META = (
    "<wp:postmeta><wp:meta_key>how_to_apply</wp:meta_key>"
    "<wp:meta_value>Write to us.</wp:meta_value></wp:postmeta>"
)
TERM = '<category domain="job_type" nicename="care">Care</category>'


@pytest.fixture
def warnings(import_roles: Import, tmp_path: Path) -> Callable[[str], list[str]]:
    """A function that imports a post with a map, and returns what it says about the map."""

    def run(text: str) -> list[str]:
        source, told = tmp_path / "export.xml", tmp_path / "map.toml"
        porter = item(12, html=HTML).replace("</item>", f"{META}{TERM}</item>")
        source.write_text(export([porter]), encoding="utf-8")
        told.write_text(text, encoding="utf-8")
        result = import_roles(source, map=told)
        assert result.code == 0
        assert RolePage.objects.exists()
        said = [warning["message"] for warning in result.report["warnings"]]
        assert [f"--map: {each}" for each in said] == result.errors
        return said

    return run


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[posts.portr]\ntitle = 'Porter'",
            "posts: No post has the ID, slug or path “portr”. Did you mean “porter”?",
        ),
        (
            "[posts.13]\ntitle = 'Porter'",
            "posts: No post has the ID, slug or path “13”. Check the spelling.",
        ),
        (
            "[posts.12.sections]\nUnifrom = 'text'",
            "posts.12.sections: The post has no heading “Unifrom”. Did you mean “Uniform”?",
        ),
        (
            "[phrases]\nduties = ['What feels my day?']",
            "phrases: No post has a heading like “What feels my day?”. "
            "Did you mean “What fills my day?”?",
        ),
        (
            "[fields]\nhow_to_aply = 'duties'",
            "fields: No post has the field “how_to_aply”. Did you mean “how_to_apply”?",
        ),
        (
            "[taxonomies]\njob_types = 'category'",
            "taxonomies: No post has a term of the taxonomy “job_types”. Did you mean “job_type”?",
        ),
        (
            "[shortcodes]\naply_box = {address = 'href'}",
            "shortcodes: No post has the shortcode “aply_box”. Did you mean “apply_box”?",
        ),
        ("types = ['job']", "types: No post is of the type “job”. Check the spelling."),
    ],
)
def test_a_name_that_nothing_has_is_said(
    warnings: Callable[[str], list[str]], text: str, said: str
) -> None:
    assert warnings(text) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "[posts.12]\ntitle = 'Porter'",
        "[posts.porter.sections]\nuniform = 'text'",
        "[posts.'/2018/08/06/porter/']\nslug = 'porter'",
        "[phrases]\nduties = ['what fills my day']",
        "[fields]\n'how_*' = 'duties'\nhow_to_apply = 'ignore'",
        "[taxonomies]\njob_type = 'ignore'\ncategory = 'ignore'",
        "[shortcodes]\n'apply_*' = {address = 'href'}",
        "types = ['post']",
    ],
)
def test_names_that_something_has_need_no_warning(
    warnings: Callable[[str], list[str]], text: str
) -> None:
    assert warnings(text) == []


def test_of_two_names_of_a_post_one_is_used(warnings: Callable[[str], list[str]]) -> None:
    text = "[posts.12]\ntitle = 'A'\n[posts.porter]\ntitle = 'B'"
    (said,) = warnings(f"{text}\n[posts.porter.sections]\nPay = 'text'")
    assert said == "posts: “porter” is not used, because “12” is the same post."


def test_nothing_is_said_of_the_headings_of_a_post_that_is_not_there(
    warnings: Callable[[str], list[str]],
) -> None:
    (said,) = warnings("[posts.nurse.sections]\nUniform = 'text'")
    assert said.startswith("posts: ")


def test_hints_are_for_the_first_names(warnings: Callable[[str], list[str]]) -> None:
    text = "".join(f"[posts.portr{'x' * (number % 2)}{number}]\n" for number in range(30))
    said = warnings(text.replace("]", "]\ntitle = 'Porter'"))
    assert len(said) == 30
    hinted = ["Did you mean" in each for each in said]
    assert any(hinted[:20])
    assert not any(hinted[20:])
