"""Whatever is wrong with a source: one clear line, and all else is imported."""

import os
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from tests.factories import RolePageFactory
from tests.importing.conftest import Result
from tests.importing.posts import content, export, head, item, write_post
from wagtail_careers.importing.planning.plan import Planner
from wagtail_careers.models import ImportRecord
from wagtail_careers.pages.models import RolePage

Import = Callable[..., Result]

BOMB = """<?xml version="1.0"?>
<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<rss><channel><title>&c;</title></channel></rss>"""
EXTERNAL = """<?xml version="1.0"?>
<!DOCTYPE rss [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
<rss><channel><title>&secret;</title></channel></rss>"""

REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "The file is empty"),
    "front matter without end": (b"---\nID: 7\npost_title: Nurse\n<p>Text.</p>", "front matter"),
    "broken YAML": (b"---\nID: 7\npost_title: [Nurse\n---\n<p>Text.</p>", "not valid YAML"),
    "YAML that is a list": (b"---\n- a\n- b\n---\n<p>Text.</p>", "front matter"),
    "TOML that is broken": (b"+++\ntitle = Nurse\n+++\n<p>Text.</p>", "cannot be read"),
    "malformed XML": (export([item(7)]).replace("</item>", "</itam>").encode(), "XML is broken"),
    "truncated XML": (export([item(7)])[:-400].encode(), "XML is broken"),
    "XML in an unknown encoding": (
        export([item(7)]).replace("UTF-8", "EBCDIC-9").encode(),
        "encoding cannot be read",
    ),
    "entity bomb": (BOMB.encode(), "document type or entities"),
    "external entity": (EXTERNAL.encode(), "document type or entities"),
    "RSS": (
        b"<?xml version='1.0'?><rss><channel><item/></channel></rss>",
        "not a WordPress export",
    ),
    "XML": (b"<?xml version='1.0'?><html><p>Text</p></html>", "not a WordPress export"),
    "unknown version": (export([item(7)], declared="9.9").encode(), "version “9.9”"),
    "item without tags": (
        f"{head()}<item><title>Nurse</title></item></channel></rss>".encode(),
        "missing: content, post_id",
    ),
    "10 MB of CDATA": (export([item(7, html="word " * 2_000_000)]).encode(), "too many"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_one_line_and_all_else_is_imported(
    import_roles: Import, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "posts"
    write_post(folder, 1, "Porter")
    write_post(folder, 9, "Nurse")
    data, message = REFUSED[name]
    (folder / "5.txt").write_bytes(data)
    result = import_roles(folder)
    assert result.code == 1
    (line,) = result.errors
    assert "5.txt" in line
    assert message in line
    assert "Traceback" not in result.output
    assert result.summary == {"created": 2, "error": 1}
    assert sorted(page.title for page in RolePage.objects.all()) == ["Nurse", "Porter"]
    assert ImportRecord.objects.count() == 2


def test_a_file_whose_name_is_not_utf_8_is_imported(import_roles: Import, tmp_path: Path) -> None:
    folder = tmp_path / "posts"
    path = write_post(folder)
    try:
        path.rename(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.md"))
    except OSError:
        pytest.skip("names of files are text here")
    result = import_roles(folder)
    assert result.summary == {"created": 1}
    assert result.post(1)["source"].endswith("caf\\xe9.md")
    assert ImportRecord.objects.get().source == result.post(1)["source"]


def test_an_empty_folder_is_said_to_be_empty(import_roles: Import, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    write_post(tmp_path / "posts")
    result = import_roles(tmp_path / "empty", tmp_path / "posts")
    assert (result.code, len(result.errors)) == (1, 1)
    assert result.summary == {"created": 1, "error": 1}


def test_what_is_complete_in_a_truncated_export_is_imported(
    import_roles: Import, tmp_path: Path
) -> None:
    path = tmp_path / "export.xml"
    path.write_text(export([item(1, "One"), item(2, "Two")])[:-400], encoding="utf-8")
    result = import_roles(path)
    assert result.summary == {"created": 1, "error": 1}
    assert "1 item was read before that" in result.errors[0]


def test_the_second_post_of_one_id_is_refused(import_roles: Import, tmp_path: Path) -> None:
    write_post(tmp_path / "a", 1, "First")
    write_post(tmp_path / "b", 1, "Second")
    result = import_roles(tmp_path / "a", tmp_path / "b")
    assert result.summary == {"created": 1, "error": 1}
    assert len(result.errors) == 1
    assert RolePage.objects.get().title == "First"


def test_posts_of_one_slug_get_different_ones_and_are_reported(
    import_roles: Import, tmp_path: Path
) -> None:
    folder = tmp_path / "posts"
    for number in (1, 2):
        link = f"http://old.example/201{number}/porter/"
        write_post(folder, number, "Porter", permalink=link)
    result = import_roles(folder)
    assert len(result.errors) == 2
    assert all("porter" in line for line in result.errors)
    assert result.code == 1
    assert sorted(page.slug for page in RolePage.objects.all()) == ["porter", "porter-2"]
    assert import_roles(folder).summary["unchanged"] == 2


def test_a_slug_that_the_site_has_is_left_to_it(
    import_roles: Import, index: Any, tmp_path: Path
) -> None:
    RolePageFactory(parent=index, title="Ours", slug="porter")
    result = import_roles(write_post(tmp_path))
    assert result.code == 0
    assert RolePage.objects.get(title="Porter").slug == "porter-2"
    assert "slug_taken" in [flag["code"] for flag in result.post(1)["flags"]]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"parent": "/nowhere/"}, "no page at /nowhere/"),
        ({"parent": "/roles/taken/"}, "cannot have role pages"),
        ({"category": "unheard-of"}, "--category: No category has the slug “unheard-of”"),
        ({"media": Path("/nowhere")}, "not a folder"),
        ({"map": Path("/nowhere.toml")}, "cannot be opened"),
        ({"report": Path("/nowhere/report.json")}, "Cannot write /nowhere/report.json"),
        ({"report": Path(__file__).parent}, "is a folder"),
        ({"report": Path()}, "is a folder"),
    ],
)
def test_bad_arguments_are_refused_before_anything_is_done(
    import_roles: Import, index: Any, tmp_path: Path, options: dict[str, Any], message: str
) -> None:
    RolePageFactory(parent=index, slug="taken")
    result = import_roles(write_post(tmp_path), **options)
    assert result.code == 2
    assert message in result.errors[0]
    assert RolePage.objects.count() == 1


def test_a_source_that_is_not_there_is_a_bad_argument(import_roles: Import, tmp_path: Path) -> None:
    result = import_roles(write_post(tmp_path), tmp_path / "missing.xml")
    assert result.code == 2
    assert "missing.xml" in result.errors[0]


def test_what_can_be_read_only_once_is_a_bad_argument(import_roles: Import, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    result = import_roles(tmp_path / "pipe")
    assert result.code == 2
    assert "as a file first" in result.errors[0]


@pytest.mark.parametrize("argument", ["--media=", "--map=", "--report=", ""])
def test_an_empty_name_is_not_the_current_folder(tmp_path: Path, argument: str) -> None:
    with pytest.raises(CommandError, match="is empty"):
        call_command("import_roles", str(write_post(tmp_path)), argument, "--parent=/roles/")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("posts = 1", "must be a table"),
        ("pots = 1", "unknown key “pots”"),
        ("[posts.1]\ncolour = 'red'", "unknown key “colour”"),
        ("[posts.1]\nskip = 'yes'", "must be true or false"),
        ("[posts.1.sections]\nPay = 'money'", "“money”"),
        ("[phrases]\nmoney = ['Pay']", "“money” is not a section"),
        ("types = 'job'", "must be a list of post types"),
        ("unrecognised = 'burn'", "must be one of"),
        ("unrecognised = ['text']", "must be one of"),
        ("[posts.1]\ncategory = 'carers'", "posts.1.category: No category has the slug “carers”."),
        ("[posts.1]\ncategory = 'carers'", "Did you mean “careers”?"),
        ("[posts.1]\ntitle = 'x" + 255 * "x" + "'", "posts.1.title: must have at most 255"),
        ("[posts.1]\nslug = '???'", "posts.1.slug: “???” has no letters or digits"),
        ("[posts.index.html]\ntitle = 'x'", "posts.index: put names that have a dot in quotes"),
        ("[phrases]\nduties = [' ']", "duties must be a list of phrases"),
        ("[[conventions.categories]]\nslug = 'A b'\nname = 'x'", "categories[0].slug: must have"),
        ("not toml", "not valid TOML"),
        ("types = " + 2_000 * "[", "not valid TOML"),
        ("types = [" + 5_000 * "9" + "]", "not valid TOML"),
    ],
)
def test_a_map_with_mistakes_is_refused(
    import_roles: Import, tmp_path: Path, text: str, message: str
) -> None:
    told = tmp_path / "map.toml"
    told.write_text(text)
    result = import_roles(write_post(tmp_path), map=told)
    assert result.code == 2
    assert message in result.errors[0]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_a_map_in_another_encoding_is_refused(
    import_roles: Import, tmp_path: Path, encoding: str
) -> None:
    told = tmp_path / "map.toml"
    told.write_text("[posts.1]\ntitle = 'Café'", encoding=encoding)
    result = import_roles(write_post(tmp_path), map=told)
    assert result.code == 2
    assert "not in UTF-8" in result.errors[0]


def test_a_map_may_begin_with_the_mark_of_its_encoding(
    import_roles: Import, tmp_path: Path
) -> None:
    told = tmp_path / "map.toml"
    told.write_text('[posts.1]\ntitle = "Café\\u0000  manager\\n"', encoding="utf-8-sig")
    assert import_roles(write_post(tmp_path), map=told).code == 0
    assert RolePage.objects.get().title == "Café manager"


def test_a_post_that_the_page_does_not_show_in_full_stays_a_draft(
    import_roles: Import, tmp_path: Path, settings: Any
) -> None:
    """A template of the site that leaves out the training, say."""
    folder = tmp_path / "templates" / "wagtail_careers" / "blocks"
    folder.mkdir(parents=True)
    (folder / "progression.html").write_text("")
    templates = [{**settings.TEMPLATES[0], "DIRS": [tmp_path / "templates"]}]
    settings.TEMPLATES = templates
    posts = tmp_path / "posts"
    write_post(posts, 1, "Porter")
    only = {"What will I be doing?": "Work."}
    write_post(posts, 2, "Nurse", html=content(only))
    result = import_roles(posts, publish=True)
    assert result.summary == {"created": 2, "needs_review": 1}
    assert result.code == 1
    (line,) = result.errors
    assert "does not show all words of “this role lead to? You" in line
    assert not RolePage.objects.get(title="Porter").live
    assert RolePage.objects.get(title="Nurse").live
    # Neither does a later run publish it, as long as the page does not show it.
    assert import_roles(posts, publish=True).summary["unchanged"] == 2
    assert not RolePage.objects.get(title="Porter").live


HOSTILE = """<script>alert(1)</script><p onclick="x()" style="color:red">Safe
<a href="javascript:alert(1)">words</a> <a href=" jAva&#x09;script:alert(2)">and</a>
<a href="data:text/html,x">more</a> <a href="vbscript:x">of</a> <a href="//safe.example/">them</a>
<iframe src="https://frames.example/"></iframe><img src=x onerror=alert(3)>
<svg onload=alert(4)></svg><object data="x.swf"></object><form action="/x"><input></form>
<style>body{}</style><link rel=stylesheet href=x><meta http-equiv=refresh content=0></p>"""


def test_nothing_hostile_reaches_the_page(
    import_roles: Import, tmp_path: Path, client: Any
) -> None:
    html = content({"What will I be doing?": HOSTILE})
    result = import_roles(write_post(tmp_path, html=html), publish=True)
    page = RolePage.objects.get()
    body = str(page.body.render_as_block())
    for word in ("script", "onclick", "style=", "iframe", "onerror", "<svg", "data:", "object"):
        assert word not in body
    assert "Safe" in body
    codes = [flag["code"] for flag in result.post(1)["flags"]]
    assert codes.count("link") == 4
    assert "embed" in codes
    assert client.get(page.url).status_code == 200


@pytest.mark.parametrize(
    ("title", "introduction"),
    [
        ("[:en]Nurse[:de]Pfleger[:]", "A nurse cares."),
        ("Nurse", "<!--:en-->A nurse cares.<!--:--><!--:de-->Pflege.<!--:-->"),
        ("Nurse", "{:en}A nurse cares.{:}{:de}Pflege.{:}"),
    ],
)
def test_a_post_in_several_languages_stays_a_draft(
    import_roles: Import, tmp_path: Path, title: str, introduction: str
) -> None:
    html = content(introduction=introduction)
    result = import_roles(write_post(tmp_path, 1, title, html=html), publish=True)
    assert "languages" in [flag["code"] for flag in result.post(1)["flags"]]
    assert not RolePage.objects.get().live


@pytest.mark.parametrize(
    "part",
    [
        '<p>Look <a href="https://a.example>here</a>.</p><p>Lost words</p>',
        '<p><a href="https://a.example>here</a> Lost words <a href="https://b.example">here</a></p>',
        "<p>Look</p><!-- note <p>Lost words</p>",
        "<p>Look</p><script>Lost words",
        "<p>Look</p><template><p>Lost words</p>",
    ],
)
def test_a_post_whose_markup_is_not_closed_stays_a_draft(
    import_roles: Import, tmp_path: Path, part: str
) -> None:
    result = import_roles(write_post(tmp_path, html=f"{content()}\n\n{part}"), publish=True)
    said = [flag["message"] for flag in result.post(1)["flags"] if flag["code"] == "unclosed"]
    assert "ost words" in "".join(said)
    assert not RolePage.objects.get().live


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError("The disk is full."), "The disk is full."),
        (
            IntegrityError("UNIQUE constraint failed"),
            "The database refused it. If another import is running, import again after it. "
            "(UNIQUE constraint failed)",
        ),
    ],
)
@pytest.mark.usefixtures("index")
def test_a_role_that_waits_for_another_and_fails_stops_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    said: str,
) -> None:
    link = '<a href="http://old.example/nurse/">Nurse</a>'
    write_post(tmp_path / "posts", 1, html=f"{content()}<p>{link}</p>")
    write_post(tmp_path / "posts", 2, "Nurse", permalink="http://old.example/nurse/")

    def fail(*_args: Any) -> None:
        raise error

    monkeypatch.setattr(Planner, "reconsider", fail)
    err = StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command(
            "import_roles", tmp_path / "posts", parent="/roles/", stdout=StringIO(), stderr=err
        )
    assert RolePage.objects.count() == 2
    assert said in err.getvalue()
