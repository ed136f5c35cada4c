"""Flags are stored as codes, and worded in the language of the reader."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real
from wagtail.users.models import UserProfile

from tests.importing.conftest import Result
from tests.importing.posts import content, write_post
from wagtail_careers import importing
from wagtail_careers.admin.imported_roles import URL_NAME
from wagtail_careers.importing.report import DROPPED
from wagtail_careers.importing.roles.flags import Flag
from wagtail_careers.importing.roles.unplaced import (
    COMMENTS,
    EXCERPT_LINK,
    FIELD,
    PROTECTED,
    TERMS,
    WITHHELD,
)
from wagtail_careers.importing.writing.outcomes import keep_flags, kept_flags
from wagtail_careers.models import ImportRecord
from wagtail_careers.models.import_flags import (
    FLAG_KINDS,
    MESSAGES,
    doubt_message,
    flag_message,
    link_reason,
    section_label,
)

Import = Callable[..., Result]

FRENCH = {
    "Check the category: %(doubt)s.": "Vérifiez la catégorie : %(doubt)s.",
    "nothing in the post indicates one": "rien dans l’article ne l’indique",
    "“%(heading)s” was imported as the section “%(section)s”, which may be wrong.": (
        "« %(heading)s » est devenu la section « %(section)s », à vérifier."
    ),
    "Duties": "Missions",
    "The section was removed.": "La section a été supprimée.",
    "a script": "un script",
}


@pytest.fixture
def french(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """French messages for some texts of the package."""
    with translation.override("fr"):
        catalogue = trans_real.catalog()
        for message, translated in FRENCH.items():
            monkeypatch.setitem(catalogue._catalog._catalogs[0], message, translated)
        yield


def test_a_flag_stored_in_english_is_shown_in_french(
    import_roles: Import, tmp_path: Path, admin_user: Any, client: Client, french: None
) -> None:
    with translation.override("en"):
        html = content({"Training for everybody": "x", "What will I be doing?": "y"}, kind="x")
        result = import_roles(write_post(tmp_path, html=html))
        messages = [flag["message"] for flag in result.post(1)["flags"]]
        assert "Check the category: nothing in the post indicates one." in messages
    record = ImportRecord.objects.get()
    assert "Check the category" not in str(record.flags)
    assert "Vérifiez la catégorie : rien dans l’article ne l’indique." in record.review_text

    profile = UserProfile.get_for_user(admin_user)
    profile.preferred_language = "fr"
    profile.save()
    client.force_login(admin_user)
    html = client.get(reverse(URL_NAME)).content.decode()
    assert "Vérifiez la catégorie : rien dans l’article ne l’indique." in html


def test_parameters_that_are_words_are_worded_when_shown(french: None) -> None:
    flag = Flag("doubtful_section", {"heading": "Tasks", "section": "duties"})
    assert flag.message == "« Tasks » est devenu la section « Missions », à vérifier."
    assert str(DROPPED["script"]) == "un script"


def test_a_flag_of_an_earlier_release_keeps_its_message() -> None:
    record = ImportRecord(flags=[{"code": "link", "message": "Look 100% here.", "review": True}])
    assert record.review_text == "Look 100% here."
    keep_flags(record, kept_flags(record))
    assert record.review_text == "Look 100% here."


def test_a_title_noted_by_an_earlier_release_is_labelled() -> None:
    source = {"type": "title", "value": {"title": "Title", "prose": "New"}}
    record = ImportRecord(notes=[{"section": "title", "title": "Title", "source": source}])
    assert record.source_notes == [{"title": "Title", "text": "New"}]


@pytest.mark.parametrize(
    ("flag", "message"),
    [
        ({"code": "of_a_later_release", "review": True}, "of_a_later_release"),
        ({"code": "later", "parameters": {"x": "100%", "y": "z"}}, "later: 100%, z"),
        ({"code": "same_slug", "parameters": {}}, "Several posts have the slug “–”."),
        (
            {"code": "same_slug", "parameters": {"slug": "100%s"}},
            "Several posts have the slug “100%s”.",
        ),
        ({"code": "category", "parameters": {"doubt": "later"}}, "Check the category: later."),
        ({"code": "link", "parameters": {"problem": "later"}}, "link: later"),
        ({}, ""),
    ],
)
def test_unknown_codes_do_not_fail(flag: dict[str, Any], message: str) -> None:
    assert flag_message(flag) == message


def test_words_of_parameters() -> None:
    assert (
        doubt_message("several", {"names": "“A”"}) == "the post has other categories as well: “A”"
    )
    assert link_reason("unsafe", "ftp") == "links that begin with “ftp:” are not safe"
    assert section_label("perks") == "perks"


def test_every_flag_that_the_import_sets_has_a_template() -> None:
    codes = {
        node.args[0].value
        for path in Path(importing.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        if getattr(node.func, "id", "") in ("Flag", "Loss", "Remark")
        if node.args
        if isinstance(node.args[0], ast.Constant)
    }
    assert len(codes) > 20
    assert codes - {"link", "mixed_format", "repaired"} <= set(MESSAGES)
    templates = {
        code for code in MESSAGES if not code.startswith(("link_", "mixed_format_", "repaired_"))
    }
    of_parts = {COMMENTS, EXCERPT_LINK, FIELD, f"{FIELD}_linked", PROTECTED, TERMS, WITHHELD}
    assert templates - codes == {"incomplete"} | of_parts


def test_every_flag_is_of_one_kind() -> None:
    codes = [code for _label, codes in FLAG_KINDS.values() for code in codes]
    assert len(codes) == len(set(codes))
    # Some codes have a template for each problem.
    named = {re.sub("^(field|link|mixed_format|repaired)_.*", r"\1", name) for name in MESSAGES}
    assert named == set(codes)
