"""The documents say what the code does: they are compared with it, and their examples are run."""

import ast
import configparser
import itertools
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.core.management import get_commands
from django.template import Context, Template
from django.utils import timezone
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.blocks import Block

import wagtail_careers
from tests.factories import SharedLinkFactory, shared_link_html
from wagtail_careers import blocks, conf, models, rich_text
from wagtail_careers.blocks.registry import sections_of
from wagtail_careers.choices import ImportState, PageOutcome, Purpose, Relation, Verdict
from wagtail_careers.link_checks import health
from wagtail_careers.link_checks.report import CheckReport
from wagtail_careers.pages import models as pages
from wagtail_careers.safe_url import join_url

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PACKAGE = Path(wagtail_careers.__file__).parent
TEMPLATES = PACKAGE / "templates" / "wagtail_careers"
CSS = (PACKAGE / "static/wagtail_careers/css/careers.css").read_text(encoding="utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# What Sphinx made is not a document.
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "CODE_OF_CONDUCT.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    *sorted(path for path in DOCS.rglob("*.md") if "_build" not in path.parts),
]

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# The comment that names the file of an example.
_FILE = re.compile(r"(?:#|{#|/\*) (\S+\.\w+)(?: #}| \*/)?\n")
_LINK = re.compile(r"\]\(([^)\s]+)\)|<(https?://[^>\s]+)>")
_CODE = re.compile(r"`([^`]+)`")

in_each_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT))
)


class Fence(NamedTuple):
    """A fenced block of code."""

    language: str
    text: str


class Table(NamedTuple):
    header: tuple[str, ...]
    rows: list[tuple[str, ...]]

    def column(self, number: int) -> list[str]:
        return [row[number] for row in self.rows]


def read(path: Path | str, under: str = "") -> str:
    """A document below docs; with ``under``, the part that has this heading."""
    text = (DOCS / path).read_text(encoding="utf-8")
    if not under:
        return text
    level = len(under.split()[0])
    # Comments in examples look like headings.
    headings = _FENCE.sub(lambda fence: " " * len(fence[0]), text)
    start = re.search(f"^{re.escape(under)}$", headings, re.MULTILINE).end()
    end = re.compile(f"^#{{1,{level}}} ", re.MULTILINE).search(headings, start)
    return text[start : end.start() if end else None]


def fences(text: str) -> list[Fence]:
    return [Fence(*found) for found in _FENCE.findall(text)]


def tables(text: str) -> Iterator[Table]:
    prose_only = _FENCE.sub("", text)
    for found in re.findall(r"(?:^\|.*\|\n)+", prose_only + "\n", re.MULTILINE):
        rows = [
            tuple(cell.strip() for cell in line.strip("|").split("|"))
            for line in found.splitlines()
        ]
        yield Table(rows[0], rows[2:])


def table(text: str, *header: str) -> Table:
    """The one table of ``text`` whose header starts with ``header``."""
    (found,) = [found for found in tables(text) if found.header[: len(header)] == header]
    return found


def code(cells: list[str]) -> list[str]:
    """What stands in backticks in ``cells``."""
    return [name for cell in cells for name in _CODE.findall(cell)]


# Links and commands


REPOSITORY = PYPROJECT["project"]["urls"]["Repository"]
# Where the files of the repository are read on the web: as pages, and as they are.
FILES_ON_THE_WEB = (
    f"{REPOSITORY}/blob/main/",
    f"{REPOSITORY.replace('//github.com/', '//raw.githubusercontent.com/')}/main/",
)


def link_targets(document: Path) -> list[str]:
    found = _LINK.findall(_FENCE.sub("", document.read_text(encoding="utf-8")))
    return [target for targets in found for target in targets if target]


@in_each_document
def test_relative_links_point_at_files(document: Path) -> None:
    """The images among them are made by a script and are part of the checkout."""
    targets = [link for link in link_targets(document) if not re.match(r"https?://|#", link)]
    missing = [
        target for target in targets if not (document.parent / target.split("#")[0]).is_file()
    ]
    assert missing == []


@in_each_document
def test_links_into_the_repository_point_at_files(document: Path) -> None:
    missing = [
        target
        for target in link_targets(document)
        for start in FILES_ON_THE_WEB
        if target.startswith(start)
        and not (ROOT / target.removeprefix(start).split("#")[0]).is_file()
    ]
    assert missing == []


def test_urls_of_the_package_point_at_files() -> None:
    urls = PYPROJECT["project"]["urls"]
    files = [url.removeprefix(FILES_ON_THE_WEB[0]) for url in urls.values() if "/blob/" in url]
    assert files
    assert all((ROOT / file).is_file() for file in files)
    assert all(url.startswith(REPOSITORY) for url in urls.values())


def test_the_readme_has_no_relative_links() -> None:
    """They would lead nowhere on the package index, and images would be missing there."""
    targets = link_targets(ROOT / "README.md")
    assert len(targets) > 40
    assert [target for target in targets if not target.startswith("http")] == []


def test_the_readme_links_to_each_guide() -> None:
    """Indexes apart: they list what the README lists."""
    targets = link_targets(ROOT / "README.md")
    guides = [*DOCS.glob("how-to/*.md"), *DOCS.glob("tutorial/*.md")]
    names = [path.relative_to(ROOT).as_posix() for path in guides if path.stem != "index"]
    included = {"docs/how-to/contribute.md"}
    assert [
        name for name in names if FILES_ON_THE_WEB[0] + name not in targets and name not in included
    ] == []


@in_each_document
def test_commands_exist(document: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    text = document.read_text(encoding="utf-8")
    assert set(re.findall(r"\bmake ([a-z]+)(?=`|$| )", text_of_commands(text))) <= targets
    assert set(re.findall(r"manage\.py (\w+)", text)) <= set(get_commands())


def text_of_commands(text: str) -> str:
    console = [fence.text for fence in fences(text) if fence.language == "console"]
    return "\n".join(
        [*console, *(span for span in _CODE.findall(text) if span.startswith("make "))]
    )


@pytest.mark.parametrize("command", ["make demo", "make test"])
def test_the_readme_has_the_command_in_a_block_of_its_own(command: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert Fence("console", f"$ {command}\n") in fences(readme)


def test_all_commands_of_the_package_are_in_the_reference() -> None:
    ours = {name for name, app in get_commands().items() if app == "wagtail_careers"}
    headings = re.findall(r"^## `(\w+)`$", read("reference/commands.md"), re.MULTILINE)
    assert set(headings) == ours


@in_each_document
def test_python_parses(document: Path) -> None:
    for fence in fences(document.read_text(encoding="utf-8")):
        if fence.language == "python":
            ast.parse(fence.text)


# Versions and dependencies


def versions_of(text: str) -> set[tuple[str, ...]]:
    """All combinations in a table of versions."""
    rows = table(text, "Python", "Django", "Wagtail").rows
    return {
        combination
        for row in rows
        for combination in itertools.product(*(cell.split(", ") for cell in row))
    }


def versions_of_tox() -> set[tuple[str, ...]]:
    tox = configparser.ConfigParser(interpolation=None)
    tox.read(ROOT / "tox.ini")
    environments = re.findall(
        r"^py(\S+?)-django(\S+?)-wagtail(\S+)$", tox["tox"]["env_list"], re.MULTILINE
    )
    dotted = [
        [[f"{number[0]}.{number[1:]}" for number in re.findall(r"\d+", part)] for part in parts]
        for parts in environments
    ]
    return {combination for parts in dotted for combination in itertools.product(*parts)}


@pytest.mark.parametrize("document", [ROOT / "README.md", DOCS / "reference/versions.md"])
def test_versions_are_those_that_tox_runs(document: Path) -> None:
    assert versions_of(document.read_text(encoding="utf-8")) == versions_of_tox()


@pytest.mark.parametrize(
    ("column", "classifier", "digits"),
    [
        (0, r"Programming Language :: Python :: (\d+\.\d+)", 2),
        (1, r"Framework :: Django :: (\d+\.\d+)", 2),
        (2, r"Framework :: Wagtail :: (\d+)", 1),
    ],
    ids=["Python", "Django", "Wagtail"],
)
def test_versions_are_those_of_the_classifiers(column: int, classifier: str, digits: int) -> None:
    classified = re.findall(f"^{classifier}$", "\n".join(PYPROJECT["project"]["classifiers"]), re.M)
    documented = {row[column] for row in versions_of(read("reference/versions.md"))}
    assert {".".join(version.split(".")[:digits]) for version in documented} == set(classified)


def test_each_dependency_has_a_reason() -> None:
    extras = PYPROJECT["project"]["optional-dependencies"]
    declared = [*PYPROJECT["project"]["dependencies"], *itertools.chain(*extras.values())]
    names = {re.split(r"[\[>;<= ]", requirement)[0] for requirement in declared}
    text = read("explanation/decisions.md", "## Dependencies")
    documented = [
        name
        for found in tables(text)
        if found.header == ("Package", "Reason")
        for name in code(found.column(0))
    ]
    assert sorted(documented) == sorted(names - {"wagtail-careers"})


def test_the_layers_are_those_of_the_contract() -> None:
    contract = PYPROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    layers = [set(layer.replace("wagtail_careers.", "").split(" | ")) for layer in contract]
    documented = table(read("explanation/design.md"), "Layer").rows
    assert [set(code([row[0]])) for row in reversed(documented)] == layers


def test_answers_to_the_questions_of_newcomers_exist() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    answers = table(text, "Question", "Answer").rows
    assert len(answers) >= 10
    paths = [PACKAGE.parent / code([answer])[0] for _question, answer in answers]
    assert [path for path in paths if not path.is_file()] == []


# Settings


def test_settings_are_those_that_are_known() -> None:
    known = [name.upper() for name in conf.Settings.__dataclass_fields__]
    assert code(table(read("reference/settings.md"), "Key").column(0)) == known


def test_default_titles_are_those_of_the_code() -> None:
    rows = table(read("reference/settings.md"), "Section", "Default title").rows
    documented = {code([name])[0]: title for name, title in rows}
    sections = sections_of(blocks.RoleBodyBlock()).values()
    assert documented == {
        section.name: str(section.default_title) for section in sections if section.default_title
    }


def test_system_checks_are_those_of_the_code() -> None:
    sources = (path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    ids = sorted(re.findall(r"wagtail_careers\.[EW]\d+", "".join(sources)))
    assert code(table(read("reference/settings.md"), "ID").column(0)) == ids


# Commands


@pytest.mark.django_db
def test_report_of_link_checks_is_that_of_the_code() -> None:
    link = SharedLinkFactory()
    (row,) = health.prepare()
    found = CheckReport(timezone.now())
    found.rows = [row]
    report = found.contents(list(found.entries()))
    text = read("reference/commands.md", "## `check_links`")
    assert code(table(text, "Key", "Value").column(0)) == list(report)
    (address,) = report["addresses"]
    assert address["shared_link"] == {"id": link.pk, "name": link.name}
    assert code(table(text, "Key of an address").column(0)) == list(address)


def test_verdicts_are_explained() -> None:
    rows = table(read("how-to/check-links.md"), "Verdict", "What was found").rows
    explained = ", ".join(row[0] for row in rows)
    assert [
        verdict
        for verdict in Verdict
        if str(verdict.label) not in explained and verdict != Verdict.NOT_CHECKED
    ] == []


# Styles and templates


def palette() -> dict[str, tuple[str, str]]:
    """The custom properties with their values in light and in dark, as the stylesheet has them."""
    light, dark = (
        dict(re.findall(r"(--careers-[a-z-]+): ([^;]+);", rule))
        for rule in re.findall(
            r"^ *\.careers(?::where\S+)? \{(.*?)^ *\}", CSS, re.DOTALL | re.MULTILINE
        )[:2]
    )
    return {name: (value, dark.get(name, "")) for name, value in light.items()}


def test_custom_properties_are_those_of_the_stylesheet() -> None:
    rows = table(read("reference/templates.md"), "Property").rows
    documented = {row[0].strip("`"): (row[2].strip("`"), row[3].strip("`")) for row in rows}
    assert documented == palette()
    assert set(documented) == set(re.findall(r"--careers-[a-z-]+", CSS))


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_the_colours_of_the_package_have_the_contrast_that_is_asked_of_sites(scheme: int) -> None:
    colours = {name: values[scheme] or values[0] for name, values in palette().items()}
    rows = table(read("how-to/restyle.md"), "Foreground", "Background").rows
    assert rows
    for front, back, ratio in rows:
        found = contrast(colours[front.strip("`")], colours[back.strip("`")])
        assert found >= float(ratio.removesuffix(":1")), (front, back)


def contrast(one: str, other: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    shares = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_css_classes_are_those_of_the_stylesheet() -> None:
    known = set(re.findall(r"\.(careers[a-z_-]*)", CSS))
    documented = code(table(read("reference/templates.md"), "Class").column(0))
    assert set(documented) == known


def test_template_blocks_are_those_of_the_base_template() -> None:
    base = (TEMPLATES / "base.html").read_text(encoding="utf-8")
    documented = code(table(read("reference/templates.md"), "Block").column(0))
    assert documented == re.findall(r"{% block (\w+) %}", base)


def test_templates_are_those_of_the_package() -> None:
    public = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html")}
    documented = code(table(read("reference/templates.md"), "Template").column(0))
    assert set(documented) == {name for name in public if not name.startswith("admin/")}


# Blocks, models, choices


def test_sections_are_those_of_the_body() -> None:
    rows = table(read("reference/blocks.md"), "Section", "Block").rows
    documented = {code([row[0]])[0]: code([row[1]])[0] for row in rows}
    body = blocks.RoleBodyBlock()
    assert documented == {name: type(child).__name__ for name, child in body.child_blocks.items()}
    at_the_start = [name for name, row in zip(documented, rows, strict=True) if row[3] == "yes"]
    assert at_the_start == [name for name, _value in blocks.default_body()]


STRUCTS = [*blocks.RoleBodyBlock().child_blocks.values(), blocks.LinkBlock(), blocks.StepBlock()]


@pytest.mark.django_db
@pytest.mark.parametrize("block", STRUCTS, ids=lambda block: type(block).__name__)
def test_fields_of_blocks_are_those_of_the_code(block: Any) -> None:
    text = read("reference/blocks.md", f"### {type(block).__name__}")
    rows = table(text, "Field", "Type", "Required").rows
    documented = {code([row[0]])[0]: row[2] == "yes" for row in rows}
    assert documented == {name: child.required for name, child in block.child_blocks.items()}
    if getattr(block.meta, "template", None):
        assert f"`{Path(block.meta.template).name}`" in text


def test_all_blocks_are_in_the_reference() -> None:
    text = read("reference/blocks.md")
    public = [name for name in blocks.__all__ if is_block(getattr(blocks, name))]
    assert [name for name in public if f"`{name}`" not in text and f"# {name}\n" not in text] == []


def is_block(thing: Any) -> bool:
    return isinstance(thing, type) and issubclass(thing, Block)


MODELS = [
    *(getattr(models, name) for name in models.__all__),
    pages.RolePage,
    pages.RoleIndexPage,
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_fields_of_models_are_those_of_the_code(model: Any) -> None:
    text = read("reference/models.md", f"### {model.__name__}")
    documented = [
        name
        for found in tables(text)
        if found.header[:2] == ("Field", "Type")
        for name in code(found.column(0))
    ]
    assert set(documented) == own_fields(model)


def own_fields(model: Any) -> set[str]:
    """The fields that a model adds to those of Wagtail and of documented parents."""
    inherited = [base for base in model.__mro__[1:] if hasattr(base, "_meta")]
    names = {field.name for base in inherited for field in base._meta.local_fields}
    automatic = {"id", "page_ptr"}
    return {field.name for field in model._meta.local_fields} - names - automatic


@pytest.mark.parametrize(
    ("heading", "choices"),
    [
        ("Purpose", Purpose),
        ("Relation", Relation),
        ("Verdict", Verdict),
        ("Outcome", PageOutcome),
        ("Import state", ImportState),
    ],
    ids=["Purpose", "Relation", "Verdict", "Outcome", "Import state"],
)
def test_choices_are_those_of_the_code(heading: str, choices: Any) -> None:
    rows = table(read("reference/models.md"), heading, "Label").rows
    assert [(code([name])[0], label) for name, label in rows] == choices.choices


def test_deep_paths_are_joined_as_documented() -> None:
    rows = table(read("reference/models.md"), "Address", "Deep path").rows
    for base_url, deep_path, result in rows:
        assert join_url(base_url.strip("`"), deep_path.strip("`")) == result.strip("`")


# Rich text


def test_features_are_those_of_the_code() -> None:
    rows = table(read("reference/rich-text.md"), "Name in `wagtail_careers.rich_text`").rows
    (_inline, inline), (_prose, more) = rows
    assert code([inline]) == list(rich_text.INLINE_FEATURES)
    assert (*code([more])[:-1], *rich_text.INLINE_FEATURES) == rich_text.PROSE_FEATURES


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("live", "failing_days", "name"),
    [(True, 0, "page"), (False, 0, "dead"), (True, 3, "notworking")],
)
def test_rich_text_is_shown_as_documented(
    live: bool, failing_days: int, name: str, settings: Any
) -> None:
    settings.WAGTAIL_CAREERS = {"SHOW_DEAD_LINKS": True}
    examples = {
        found[1]: found[2]
        for fence in fences(read("reference/rich-text.md"))
        if (found := re.match(r"<!-- (\w+) -->\n(.*)", fence.text, re.DOTALL))
    }
    link = SharedLinkFactory(pk=3, base_url="https://www.healthcareers.nhs.uk/", live=live)
    path = "explore-roles/nursing"
    models.LinkCheck.objects.create(
        shared_link=link,
        deep_path=path,
        url=link.url_for(path),
        verdict=Verdict.GONE,
        failing_days=failing_days,
    )
    template = Template("{% load wagtail_careers_tags %}{% prose text %}")
    assert template.render(Context({"text": examples["database"]})) == examples[name]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("features", "kept"), [(["bold"], False), (["bold", *rich_text.INLINE_FEATURES], True)]
)
def test_an_editor_keeps_what_the_features_of_its_field_know(
    features: list[str], kept: bool
) -> None:
    html = f"<p>See {shared_link_html(SharedLinkFactory(), 'jobs')}: <mark>patience</mark>.</p>"
    converter = ContentstateConverter(features=features)
    saved = converter.to_database_format(converter.from_database_format(html))
    assert ("<a" in saved, "<mark>" in saved) == (kept, kept)
    assert re.sub(r"<.*?>", "", saved) == "See jobs: patience."


# Examples, run in a site that `wagtail start` has made

SETTINGS = """
from .base import *

SITE_APPS = [app for app in INSTALLED_APPS if app not in ("home", "search")]
ALLOWED_HOSTS = ["*"]
SECRET_KEY = "for-tests-only"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
TEMPLATES[0]["DIRS"].append(BASE_DIR / "templates")
"""

# Tables without migrations: quicker, and an app of the examples has none.
PRELUDE = """
import django
from django.conf import settings

class NoMigrations:
    def __contains__(self, app): return True
    def __getitem__(self, app): return None

settings.MIGRATION_MODULES = NoMigrations()
django.setup()

import swapper
from django.core.management import call_command
from django.test import Client
from wagtail.models import Locale, Site
from wagtail.rich_text import RichText
from wagtail_careers.models import RoleCategory, RoleTrait, SharedLink

call_command("check")
call_command("migrate", run_syncdb=True, verbosity=0)
Locale.objects.create(language_code="en")
Page = swapper.load_model("wagtailcore", "Page")
root = Page.add_root(instance=Page(title="Root", slug="root"))
Site.objects.create(hostname="testserver", root_page=root, is_default_site=True)
category = RoleCategory.objects.create(name="Careers", slug="careers")

def write(page):
    for section in page.body:
        name = "introduction" if section.block_type == "heading" else "prose"
        section.value[name] = RichText("<p>Words.</p>")
    page.save()

def html(page):
    response = Client().get(page.url)
    assert response.status_code == 200
    return response.content.decode()
"""


def start_site(folder: Path) -> None:
    start = "from wagtail.bin.wagtail import main; main()"
    subprocess.run([sys.executable, "-c", start, "start", "mysite", folder], check=True)


@pytest.fixture(scope="module")
def started_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("started")
    start_site(folder)
    return folder


STOCK_APPS = ("wagtail_careers", "wagtail_careers.pages")


class ExampleSite:
    """A site with the files of the examples in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, text: str, apps: Sequence[str] = STOCK_APPS) -> "ExampleSite":
        """Write the examples of a document that name their file in the first line.

        ``apps`` are those that a document expects its reader to have installed.
        """
        settings = SETTINGS + f"INSTALLED_APPS = {list(apps)}\n"
        for fence in fences(text):
            named = _FILE.match(fence.text)
            if not named or fence.language not in ("python", "htmldjango", "css"):
                continue
            if named[1] == "mysite/settings.py":
                settings += fence.text
                continue
            path = self.folder / named[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(fence.text, encoding="utf-8")
            if fence.language == "python":
                (path.parent / "__init__.py").touch()
        settings += "INSTALLED_APPS += [app for app in SITE_APPS if app not in INSTALLED_APPS]\n"
        (self.folder / "mysite/settings/examples.py").write_text(settings, encoding="utf-8")
        return self

    def run(self, script: str) -> None:
        self._python("-c", PRELUDE + script)

    def manage(self, *arguments: str) -> str:
        return self._python("manage.py", *arguments)

    def follow(self, text: str) -> None:
        """Do what the examples of a document say, in order: Python in the shell, and commands."""
        for fence in fences(text):
            if fence.language == "python":
                self.manage("shell", "--verbosity=0", "--command", fence.text)
            for command in re.findall(r"^\$ python manage\.py (.+)$", fence.text, re.MULTILINE):
                self.manage(*shlex.split(command))

    def new_migrations(self, app: str) -> str:
        return self.manage("makemigrations", app, "--dry-run", "--verbosity=3", "--no-color")

    def _python(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "mysite.settings.examples",
                "PYTHONPATH": os.pathsep.join([str(self.folder), str(ROOT)]),
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def site(started_site: Path, tmp_path: Path) -> ExampleSite:
    folder = tmp_path / "site"
    shutil.copytree(started_site, folder)
    return ExampleSite(folder)


PUBLISH_ROLE = """
from wagtail_careers.pages.models import RoleIndexPage, RolePage
index = root.add_child(instance=RoleIndexPage(title="Roles", slug="roles"))
role = index.add_child(instance=RolePage(title="Porter", slug="porter", category=category))
write(role)
"""


@pytest.mark.parametrize("document", [ROOT / "README.md", DOCS / "tutorial/first-role-page.md"])
def test_the_package_installs_as_documented(site: ExampleSite, document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    site.add(text).run(
        PUBLISH_ROLE
        + """
assert "<h1" in html(role) and "Porter" in html(index)
client = Client()
from django.contrib.auth.models import User
client.force_login(User.objects.create_superuser("admin"))
menu = client.get("/admin/").content.decode()
for label in ("Careers", "Role pages", "Shared links", "Traits", "Categories"):
    assert f'"label": "{label}"' in menu, label
"""
    )


ON_DISK = """
```python
# mysite/settings.py
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "site.sqlite3"}}
```
"""

FILL_BEFORE_UNINSTALLING = """
from django.core.management import call_command
from wagtail.models import Site
from wagtail_careers.models import RoleCategory, SharedLink, Trait
from wagtail_careers.pages.models import RoleIndexPage, RolePage
call_command("migrate", verbosity=0)
home = Site.objects.get().root_page
category = RoleCategory.objects.create(name="Careers", slug="careers")
link = SharedLink(name="Jobs", base_url="https://jobs.example/")
link.save()
link.save_revision().publish()
Trait.objects.create(name="patience")
index = home.add_child(instance=RoleIndexPage(title="Roles", slug="roles"))
for number in range(2):
    role = RolePage(title=f"Porter {number}", slug=f"porter-{number}", category=category)
    index.add_child(instance=role).save_revision().publish()
"""

NOTHING_IS_LEFT = """
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test import Client
call_command("check")
from wagtail.models import Page, ReferenceIndex, Revision, Site
tables = connection.introspection.table_names()
assert "wagtailcore_page" in tables
assert [table for table in tables if "careers" in table] == []
assert not ContentType.objects.filter(app_label__contains="careers").exists()
assert not Permission.objects.filter(codename__contains="sharedlink").exists()
assert not Revision.objects.exists() and not ReferenceIndex.objects.exists()
assert Page.objects.count() == 2 and Site.objects.get().root_page.get_children_count() == 0
assert Client().get("/").status_code == 200
"""


def test_the_package_uninstalls_as_documented(site: ExampleSite) -> None:
    install = (ROOT / "README.md").read_text(encoding="utf-8") + ON_DISK
    site.add(install).manage("shell", "--verbosity=0", "--command", FILL_BEFORE_UNINSTALLING)
    site.follow(read("how-to/uninstall.md", "## 1. Keep what you need"))
    assert "Porter 1" in (site.folder / "careers.json").read_text(encoding="utf-8")
    site.follow(read("how-to/uninstall.md", "## 3. Delete the pages and the tables"))
    site.add(ON_DISK, apps=())
    site.follow(read("how-to/uninstall.md", "## 4. Remove the package"))
    site.manage("shell", "--verbosity=0", "--command", NOTHING_IS_LEFT)


def test_fields_are_added(site: ExampleSite) -> None:
    site.add(read("how-to/add-fields.md")).run(
        """
from careers.models import RoleIndexPage, RolePage
index = root.add_child(instance=RoleIndexPage(title="Roles", slug="roles"))
role = index.add_child(
    instance=RolePage(title="Porter", slug="porter", category=category, salary="24,000")
)
write(role)
assert "Salary: 24,000" in html(role)
assert html(role).count("<h1") == 1
assert 'id="duties"' in html(role)
assert "Porter" in html(index)
"""
    )
    assert "Create model RolePage" in site.new_migrations("careers")


def test_a_page_model_becomes_a_role_page(site: ExampleSite) -> None:
    document = read("how-to/use-your-own-page-model.md", "## A model that exists already")
    site.add(document, ["careers", "wagtail_careers"]).run(
        """
from careers.models import JobPage
job = root.add_child(instance=JobPage(title="Porter", slug="porter", category=category, team="A"))
assert [child.block_type for child in job.body][0] == "heading"
assert "<h2" not in html(job)
write(job)
assert 'id="duties"' in html(job)
"""
    )
    assert "Create model JobPage" in site.new_migrations("careers")


def test_custom_properties_are_set_after_the_stylesheet(site: ExampleSite) -> None:
    site.add(read("how-to/restyle.md", "## Change colours, type and measures")).run(
        PUBLISH_ROLE
        + """
head = html(role).partition("</head>")[0]
assert 0 < head.index("css/careers.css") < head.index("careers/look.css")
"""
    )
    properties = re.findall(r"(--careers-[a-z-]+):", read("how-to/restyle.md"))
    assert set(properties) <= set(palette())


BASE_TEMPLATE_OF_THE_SITE = read(
    "how-to/restyle.md", "## Use the header and the footer of your site"
)


def test_the_base_template_of_the_site_is_used(site: ExampleSite) -> None:
    site.add(BASE_TEMPLATE_OF_THE_SITE).run(
        PUBLISH_ROLE
        + """
for page in (role, index):
    text = html(page)
    assert "css/mysite.css" in text
    for once in ("css/careers.css", "<main", "<h1", "</title>"):
        assert text.count(once) == 1, once
text = html(role)
assert text.count('name="description"') == 1 and 'content="Words."' in text
assert '<main id="main" tabindex="-1">' in text and 'id="duties"' in text
"""
    )


def test_a_template_with_the_names_of_the_blocks_fits_another_base(site: ExampleSite) -> None:
    site.add(BASE_TEMPLATE_OF_THE_SITE.replace('"base.html"}', '"careers_base.html"}'))
    (site.folder / "mysite/templates/base.html").write_text(
        "<head><title>{% block page_title %}{% endblock %}</title>"
        "{% block styles %}<style></style>{% endblock %}</head>{% block main %}{% endblock %}",
        encoding="utf-8",
    )
    site.run(
        PUBLISH_ROLE
        + """
head, _end, content = html(role).partition("</head>")
assert "<title>Porter</title>" in head
assert "<style></style>" in head and "css/careers.css" in head
assert 'id="duties"' in content
"""
    )


def test_the_html_of_a_section_is_changed(site: ExampleSite) -> None:
    site.add(read("how-to/restyle.md", "## Change the HTML of a section")).run(
        PUBLISH_ROLE + 'assert "This is one of the roles that we offer." in html(role)'
    )


def test_default_titles_are_changed(site: ExampleSite) -> None:
    site.add(read("how-to/change-default-titles.md")).run(
        PUBLISH_ROLE
        + """
assert "What you will do" in html(role)
assert "What training would I get?" in html(role)
titles = {child.block_type: child.value["title"] for child in list(role.body)[1:]}
assert titles["duties"] == "What you will do"
role.body = [("heading", {}), ("duties", {"title": "My own"}), ("application_links", {"title": ""})]
write(role)
assert "My own" in html(role) and "How to apply" in html(role)
"""
    )


def test_features_are_offered_in_other_rich_text(site: ExampleSite) -> None:
    site.add(read("how-to/rich-text-in-your-own-fields.md"), ["news", *STOCK_APPS]).run(
        """
from news.blocks import QuoteBlock
from news.models import NewsPage
from wagtail.rich_text import features
link = SharedLink.objects.create(name="Jobs", base_url="https://jobs.example/")
text = f'<p><a linktype="shared-link" id="{link.pk}">jobs</a> <mark>patience</mark></p>'
page = root.add_child(instance=NewsPage(title="News", slug="news", text=text))
assert '<a href="https://jobs.example/" class="careers-short-link">jobs</a>' in html(page)
assert '<mark class="careers-trait">patience</mark>' in html(page)
SharedLink.objects.update(live=False)
assert "<p>jobs <mark" in html(page)
assert "trait" in QuoteBlock().child_blocks["quote"].features
assert {"shared-link", "trait"} <= set(features.get_default_features())
"""
    )


def test_a_section_is_added(site: ExampleSite) -> None:
    site.add(read("how-to/add-a-section.md"), ["careers", "wagtail_careers"]).run(
        """
from careers.blocks import CareersBodyBlock, RoleBodyBlock
from careers.models import RoleIndexPage, RolePage
from wagtail_careers.blocks.completeness import completeness
from wagtail_careers.publishing import publishing_problems
index = root.add_child(instance=RoleIndexPage(title="Roles", slug="roles"))
role = index.add_child(instance=RolePage(title="Porter", slug="porter", category=category))
assert [section.block_type for section in role.body][5:] == ["progression", "case_study"]
study = {"title": "", "person": "Ana", "prose": "<p>I have <mark>patience</mark>.</p>"}
role.body = [("heading", {"introduction": "<p>You help.</p>"}), ("case_study", study)]
role.save_revision().publish()
role = RolePage.objects.get()
assert publishing_problems(role) == []
assert "careers-section--case_study" in html(role) and 'id="case-study"' in html(role)
assert "Meet a colleague</h2>" in html(role) and "<strong>Ana</strong>" in html(role)
assert [row.trait.name for row in RoleTrait.objects.all()] == ["patience"]
assert completeness(CareersBodyBlock(), role.body.raw_data).written == ("heading", "case_study")
class ShortBodyBlock(RoleBodyBlock):
    progression = None
assert "progression" not in completeness(ShortBodyBlock(), role.body.raw_data).unused
silent = {**study, "prose": "<p></p>"}
role.body = [("heading", {"introduction": "<p>You help.</p>"}), ("case_study", silent)]
problems = publishing_problems(role)
assert any(problem.startswith("Case study: enter") for problem in problems), problems
role.body = [("heading", {"introduction": "<p>You help.</p>"}), *[("case_study", study)] * 2]
assert publishing_problems(role)
block = role.body.stream_block.child_blocks["case_study"]
assert "No two days are the same." in block.render(block.get_preview_value())
"""
    )
    migration = site.new_migrations("careers")
    assert "('case_study', " in migration
    # The function for a new page's body is all that the migration refers to.
    assert re.findall(r"careers\.blocks\.(\w+)", migration) == ["careers_body"]
