from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import override_settings

from wagtail_careers.blocks.checks import check_section_names
from wagtail_careers.conf import Settings, check_settings, get_settings


def errors() -> list[Any]:
    return [*check_settings(), *check_section_names()]


def test_no_title_is_set_without_the_setting() -> None:
    assert dict(get_settings().default_titles) == {}
    assert Settings().default_titles == {}


def test_settings_follow_a_change_of_the_setting() -> None:
    with override_settings(WAGTAIL_CAREERS={"DEFAULT_TITLES": {"duties": "Your day"}}):
        assert get_settings().default_titles == {"duties": "Your day"}
    assert get_settings().default_titles == {}


def test_unknown_key_is_ignored(settings: Any) -> None:
    settings.WAGTAIL_CAREERS = {"TITLES": {}, "DEAD_AFTER_DAYS": 5}
    assert get_settings() == Settings(dead_after_days=5)


@pytest.mark.parametrize(
    "value",
    [None, "DEAD_AFTER_DAYS", {"DEFAULT_TITLES": 3, "DEAD_AFTER_DAYS": "5", "LINK_CHECK_PORTS": 1}],
)
def test_values_that_cannot_be_used_are_ignored(settings: Any, value: Any) -> None:
    settings.WAGTAIL_CAREERS = value
    assert get_settings() == Settings()


@pytest.mark.parametrize("key", ["DEFAULT_TITLES", "IMPORT_PHRASES"])
def test_names_of_sections_are_checked(settings: Any, key: str) -> None:
    value: Any = "x" if key == "DEFAULT_TITLES" else ["x"]
    settings.WAGTAIL_CAREERS = {key: {"duties": value, "duty": value}}
    (error,) = errors()
    assert error.id == "wagtail_careers.E004"
    assert f"[{key!r}] names 'duty', which is not one of the sections" in error.msg


def test_section_of_the_sites_own_can_be_named(settings: Any) -> None:
    settings.WAGTAIL_CAREERS = {
        "DEFAULT_TITLES": {"case_study": "Meet a colleague"},
        "IMPORT_PHRASES": {"case_study": ["meet the team"]},
    }
    assert errors() == []


def test_change_of_another_setting_keeps_what_was_read() -> None:
    before = get_settings()
    with override_settings(TIME_ZONE="Europe/Paris"):
        assert get_settings() is before


def test_titles_cannot_be_changed_in_place() -> None:
    with pytest.raises(TypeError):
        get_settings().default_titles["duties"] = "Your day"  # type: ignore[index]


@pytest.mark.parametrize(
    "value", [{}, {"DEFAULT_TITLES": {}}, {"DEFAULT_TITLES": {"training": "What you learn"}}]
)
def test_right_setting_passes_the_check(settings: Any, value: Any) -> None:
    settings.WAGTAIL_CAREERS = value
    assert errors() == []


@pytest.mark.parametrize(
    ("value", "ids", "words"),
    [
        ("DEFAULT_TITLES", ["wagtail_careers.E001"], "must be a dictionary"),
        (None, ["wagtail_careers.E001"], "must be a dictionary"),
        ([("DEFAULT_TITLES", {})], ["wagtail_careers.E001"], "must be a dictionary"),
        ({"TITLES": {}}, ["wagtail_careers.E002"], "'TITLES'"),
        (
            {"DEFAULT_TITLES": ["Duties"]},
            ["wagtail_careers.E003"],
            "that maps section names to titles",
        ),
        ({"DEFAULT_TITLES": None}, ["wagtail_careers.E003"], "that maps section names to titles"),
        ({"DEFAULT_TITLES": {"duty": "x"}}, ["wagtail_careers.E004"], "'duty'"),
        ({"DEFAULT_TITLES": {"heading": "x"}}, ["wagtail_careers.E004"], "'heading'"),
        (
            {"TITLES": {}, "DEFAULT_TITLES": {"duty": "x", "work": "y"}},
            ["wagtail_careers.E002", "wagtail_careers.E004", "wagtail_careers.E004"],
            "'TITLES'",
        ),
    ],
)
def test_wrong_setting_is_an_error_with_an_id(
    settings: Any, value: Any, ids: list[str], words: str
) -> None:
    settings.WAGTAIL_CAREERS = value
    found = errors()
    assert [error.id for error in found] == ids
    assert words in found[0].msg


@pytest.mark.parametrize("value", [{"TITLES": {}}, {"DEFAULT_TITLES": {"duty": "x"}}])
def test_error_says_what_is_allowed(settings: Any, value: Any) -> None:
    settings.WAGTAIL_CAREERS = value
    hint = errors()[0].hint
    assert hint is not None
    assert ("DEFAULT_TITLES" if "TITLES" in value else "person_spec, duties, training") in hint


@pytest.mark.parametrize(
    ("value", "error_id"),
    [
        ("nonsense", "wagtail_careers.E001"),
        (None, "wagtail_careers.E001"),
        ({"TITLES": {}}, "wagtail_careers.E002"),
        ({"DEFAULT_TITLES": 3}, "wagtail_careers.E003"),
    ],
)
def test_all_checks_run_and_report_a_wrong_setting(
    db: None, settings: Any, value: Any, error_id: str
) -> None:
    settings.WAGTAIL_CAREERS = value
    assert error_id in {message.id for message in run_checks()}


def test_project_without_the_setting_has_no_errors(db: None) -> None:
    assert [message for message in run_checks() if message.id.startswith("wagtail_careers")] == []
