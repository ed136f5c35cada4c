"""Conventions of an old site: each can be replaced in the map file, and has an effect."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.importing.conftest import Result
from tests.importing.posts import changed, content, write_post
from wagtail_careers.importing.sources.conventions import DEFAULTS, replaced
from wagtail_careers.models import SharedLink
from wagtail_careers.pages.models import RolePage

Import = Callable[..., Result]


@pytest.fixture
def import_with(import_roles: Import, tmp_path: Path) -> Callable[..., Result]:
    """A function that imports one post with a map file."""

    def run(text: str, html: str, title: str = "Porter") -> Result:
        table = tmp_path / "map.toml"
        table.write_text(text, encoding="utf-8")
        return import_roles(write_post(tmp_path / "posts", 1, title, html=html), map=table)

    return run


def body() -> dict[str, dict[str, Any]]:
    page = RolePage.objects.get(title="Porter").get_latest_revision_as_object()
    return {child["type"]: child["value"] for child in page.body.raw_data}


TITLE_LINES = '<p><i class="kop">Duties</i>\nYou move beds.</p><h2>Training</h2>A day.'


@pytest.mark.parametrize("key", ["title_class = 'kop'", "title_elements = ['i']"])
def test_one_half_of_a_title_convention_is_not_enough(import_with: Import, key: str) -> None:
    import_with(f"[conventions]\n{key}", TITLE_LINES)
    assert "duties" not in body()


def test_classes_of_titles(import_with: Import) -> None:
    text = "[conventions]\ntitle_class = 'kop'\ntitle_elements = ['i']"
    import_with(text, TITLE_LINES)
    assert body()["duties"]["prose"] == "<p>You move beds.</p>"


def test_classes_of_introductions(import_with: Import) -> None:
    html = '<p>News.</p><div class="lead"><h1>A porter helps.</h1></div><h2>Duties</h2>Beds.'
    import_with("[conventions]\nintroduction_class = '^lead$'", html)
    assert body()["heading"]["introduction"] == "<p>News.</p><p>A porter helps.</p>"


def test_light_words(import_with: Import) -> None:
    html = "Intro<h2>Gist of duties</h2>You move beds."
    assert import_with("", html).post(1)["sections"][1]["section"] == "text"
    result = import_with("[conventions]\nlight_words = ['gist', 'of']", html)
    assert result.post(1)["sections"][1]["section"] == "duties"


def test_words_that_join_traits(import_with: Import) -> None:
    html = content({"Who would suit this role?": "<b>calm, kind et patient</b>"})
    import_with("[conventions]\njoining_words = ['et']", html)
    assert body()["person_spec"]["prose"] == (
        "<p><mark>calm</mark>, <mark>kind</mark> et <mark>patient</mark></p>"
    )


def test_link_texts_that_say_nothing(import_with: Import) -> None:
    html = 'Intro<h2>Duties</h2><a href="https://a.example/">Klik hier</a>'
    import_with("[conventions]\nempty_link_texts = ['klik hier']", html)
    assert SharedLink.objects.get().name == "a.example"


@pytest.mark.parametrize(
    ("text", "prose", "relations"),
    [
        ("", "Chefen lead.", []),
        ("plurals = [['en', '']]", "Chefen lead.", ["next"]),
        ("", "With a cursus, you become a Chef.", ["next"]),
        (
            "[conventions.cues]\nwith_training = 'cursus'",
            "With a cursus, a Chef.",
            ["with_training"],
        ),
        ("", "Then wordt chef.", []),
        ("before_a_role = ['wordt']", "Then wordt chef.", ["next"]),
        ("", "You become a chef bij us.", []),
        ("after_a_role = ['bij']", "You become a chef bij us.", ["next"]),
        ("", "You become Een Chef.", []),
        ("articles = ['een']", "You become Een Chef.", ["next"]),
    ],
)
def test_names_of_roles(
    import_roles: Import, tmp_path: Path, text: str, prose: str, relations: list[str]
) -> None:
    table = tmp_path / "map.toml"
    table.write_text(f"[conventions]\n{text}", encoding="utf-8")
    write_post(tmp_path / "posts", 1, "Porter", html=content(changed(**{"what next": prose})))
    write_post(tmp_path / "posts", 2, "Chef")
    import_roles(tmp_path / "posts", map=table)
    assert [step["value"]["relation"] for step in body()["progression"]["steps"]] == relations


def test_names_that_may_be_roles(import_with: Import) -> None:
    text = "[conventions]\nintroducing_words = ['word']\ninside_names = ['van']"
    html = content(changed(**{"what next": "You word Hoofd van Dienst. Become a Clerk."}))
    flags = import_with(text, html).post(1)["flags"]
    assert [flag["parameters"] for flag in flags if flag["code"] == "candidates"] == [
        {"names": "Hoofd van Dienst"}
    ]


def test_phrases_that_replace_the_built_in_ones(import_with: Import) -> None:
    html = "Intro<h2>Duties</h2>Beds.<h2>Een gewone dag</h2>Chairs."
    text = "[conventions.phrases]\nduties = ['Een gewone dag']"
    sections = import_with(text, html).post(1)["sections"]
    assert [each["section"] for each in sections] == ["heading", "text", "duties"]


def test_categories(import_with: Import) -> None:
    text = """
    [[conventions.categories]]
    slug = "stages"
    name = "Stages"
    is_apprenticeship = true
    class_pattern = "^stage$"
    title_pattern = "(?i)stage"

    [[conventions.categories]]
    slug = "banen"
    name = "Banen"
    class_pattern = "^baan$"
    """
    result = import_with(text, '<p class="stage">Intro</p>')
    page = RolePage.objects.get()
    assert (page.category.slug, page.category.is_apprenticeship) == ("stages", True)
    assert result.post(1)["category"]["doubt"] == "the title does not suggest “Stages”"


def test_a_choice_can_be_a_category_of_the_conventions(import_with: Import) -> None:
    text = """
    [posts.1]
    category = "stages"

    [[conventions.categories]]
    slug = "stages"
    name = "Stages"
    is_apprenticeship = true
    """
    import_with(text, "<p>Intro</p>")
    category = RolePage.objects.get().category
    assert (category.name, category.is_apprenticeship) == ("Stages", True)


def test_a_convention_that_changes_is_a_change(import_with: Import) -> None:
    html = content({"Who would suit this role?": "<b>calm, kind et patient</b>"})
    assert import_with("", html).summary["created"] == 1
    text = "[conventions]\njoining_words = ['et']"
    assert import_with(text, html).summary["updated"] == 1
    assert import_with(text, html).summary["unchanged"] == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("conventions = 1", "conventions: must be a table"),
        ("[conventions]\ncolour = 'red'", "conventions: unknown key “colour”"),
        ("[conventions]\ntitle_class = 1", "conventions.title_class: must be a regular expression"),
        ("[conventions]\ntitle_class = '('", "“(” is not a valid regular expression"),
        ("[conventions]\nlight_words = 'the'", "conventions.light_words: must be a list of texts"),
        ("[conventions]\nlight_words = ['']", "conventions.light_words: must be a list of texts"),
        ("[conventions]\nplurals = ['s']", "conventions.plurals: must be a list of pairs"),
        ("[conventions]\nplurals = 's'", "conventions.plurals: must be a list of pairs"),
        ("[conventions]\ncues = 's'", "conventions.cues: must be a table"),
        ("[conventions.cues]\nup = 'x'", "conventions.cues: unknown relation “up”"),
        ("[conventions.cues]\nsideways = '['", "conventions.cues.sideways: “[” is not a valid"),
        ("[conventions.phrases]\nmoney = ['x']", "conventions.phrases: “money” is not a section"),
        ("[conventions.phrases]\nduties = 'x'", "conventions.phrases.duties: must be a list"),
        ("[conventions]\ncategories = 1", "conventions.categories: must be a list of tables"),
        ("[conventions]\ncategories = [1]", "conventions.categories[0]: must be a table"),
        ("[conventions]\ncategories = [{slug = 'a'}]", "conventions.categories[0].name: must be"),
        (
            "[conventions]\ncategories = [{slug = 'a', name = 'A', colour = 'red'}]",
            "conventions.categories[0]: unknown key “colour”",
        ),
        (
            "[conventions]\ncategories = [{slug = 'a', name = 'A', is_apprenticeship = 1}]",
            "conventions.categories[0].is_apprenticeship: must be true or false",
        ),
        (
            "[conventions]\ncategories = [{slug = 'a', name = 'A', class_pattern = '*'}]",
            "conventions.categories[0].class_pattern: “*” is not a valid regular expression",
        ),
    ],
)
def test_mistakes_are_refused(import_with: Import, text: str, message: str) -> None:
    result = import_with(text, "Intro")
    assert result.code == 2
    assert message in result.errors[0]
    assert not RolePage.objects.exists()


def test_keys_that_are_not_replaced_keep_their_defaults() -> None:
    conventions = replaced(DEFAULTS, {"joining_words": ["et"]})
    assert conventions.joining_words == ("et",)
    assert conventions.light_words == DEFAULTS.light_words
    assert DEFAULTS.joining_words == ("and", "or", "&")
