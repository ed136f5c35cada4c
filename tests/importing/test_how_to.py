"""docs/how-to/move-from-wordpress.md, step by step."""

import re
import shlex
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from tests.importing.conftest import Result
from wagtail_careers.importing.planning.options import Options, apply_map
from wagtail_careers.importing.sources.conventions import Conventions, ShortcodeLink
from wagtail_careers.models import RoleCategory, SharedLink, Trait
from wagtail_careers.pages.models import RolePage

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "move-from-wordpress.md"
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FENCES = _FENCE.findall(DOCUMENT.read_text(encoding="utf-8"))
MAPS = [text for language, text in FENCES if language == "toml"]
_COMMAND = "$ python manage.py import_roles "


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> list[list[str]]:
    """The commands of the document, in a folder with its files and with its settings."""
    (post,) = [text for language, text in FENCES if language == "markdown"]
    told, _fields, _conventions, _shortcodes = MAPS
    python, _featured_image = [text for language, text in FENCES if language == "python"]
    (tmp_path / "porter.md").write_text(post, encoding="utf-8")
    (tmp_path / "map.toml").write_text(told, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    scope: dict[str, Any] = {}
    exec(python, scope)  # noqa: S102 - our own document
    settings.WAGTAIL_CAREERS = scope["WAGTAIL_CAREERS"]
    return [
        shlex.split(text.removeprefix(_COMMAND))
        for language, text in FENCES
        if language == "console" and text.startswith(_COMMAND)
    ]


def test_the_places_of_fields_that_it_shows_can_be_used() -> None:
    _map, text, *_others = MAPS
    conventions = apply_map(tomllib.loads(text), Options()).conventions
    assert conventions.section_of_field("sections_3_text") == "duties"
    assert conventions.section_of_field("_yoast_wpseo_title") == ""


def test_the_conventions_that_it_shows_can_be_used() -> None:
    _map, _fields, text, shortcodes = MAPS
    options = apply_map(tomllib.loads(text + shortcodes), Options())
    assert options.phrases["duties"] == ("Wat ga je doen?",)
    assert options.conventions.joining_words == ("en", "of")
    assert options.conventions.shortcode_link("apply_box") == ShortcodeLink(("href",), ("label",))
    table = DOCUMENT.read_text(encoding="utf-8").partition("| Key | Value | Effect |")[2]
    documented = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)))
    # The map has tables of their own for these two.
    others = {"fields", "taxonomies"}
    assert documented == [each.name for each in fields(Conventions) if each.name not in others]


def run(import_roles: Any, arguments: list[str]) -> Result:
    sources: list[str] = []
    options: dict[str, Any] = {}
    rest = iter(arguments)
    for argument in rest:
        name = argument.removeprefix("--").replace("-", "_")
        if not argument.startswith("--"):
            sources.append(argument)
        elif name in ("dry_run", "publish"):
            options[name] = True
        else:
            value = next(rest)
            options[name] = value if name in ("parent", "category") else Path(value)
    report = Path("report.json")
    result: Result = import_roles(*sources, **{"report": report, **options})
    return result


def test_each_step_does_what_it_says(import_roles: Any, steps: list[list[str]]) -> None:
    careers = RoleCategory.objects.create(name="Careers", slug="careers")
    plan, first, with_files, publish, again = steps
    Path("uploads").mkdir()
    result = run(import_roles, plan)
    assert (result.code, result.summary) == (0, {"created": 1})
    assert "“Uniform” is not a known heading" in result.output
    assert "These may be roles that this one leads to: Head Porter" in result.output
    assert not RolePage.objects.exists()

    assert run(import_roles, first).summary == {"created": 1}
    page = RolePage.objects.get()
    assert (page.title, page.category, page.live) == ("Hospital porter", careers, False)
    assert not SharedLink.objects.get().live
    assert [child["type"] for child in page.body.raw_data] == [
        "heading",
        "person_spec",
        "duties",
        "training",
        "application_links",
        "progression",
        "text",
    ]

    assert run(import_roles, with_files).summary == {"unchanged": 1}
    assert run(import_roles, publish).summary == {"updated": 1}
    page.refresh_from_db()
    assert page.live
    assert SharedLink.objects.get().live
    traits = {trait.name for trait in Trait.objects.all()}
    assert traits == {"patient", "friendly", "punctual"}

    draft = page.get_latest_revision_as_object()
    raw = [dict(child) for child in draft.body.raw_data]
    raw[3]["value"] = {**raw[3]["value"], "prose": "<p>An editor’s words.</p>"}
    draft.body = raw
    draft.save_revision()
    post = Path("porter.md")
    text = post.read_text(encoding="utf-8")
    post.write_text(text.replace("You move beds.", "You push beds."), encoding="utf-8")
    assert run(import_roles, again).summary == {"updated": 1}
    body = RolePage.objects.get().get_latest_revision_as_object().body.raw_data
    assert "You push beds." in body[2]["value"]["prose"]
    assert body[3]["value"]["prose"] == "<p>An editor’s words.</p>"
    post.write_text(text.replace("an induction", "a day"), encoding="utf-8")
    assert run(import_roles, again).summary["conflict"] == 1
    assert run(import_roles, again).summary["conflict"] == 1
