"""What roles bring along: categories, redirects, history, slugs; and the map."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageLogEntry

from tests.factories import RoleCategoryFactory, SharedLinkFactory
from tests.importing.conftest import Result
from tests.importing.posts import content, write_post
from wagtail_careers.importing.roles.links import Base
from wagtail_careers.importing.writing.records import saved, shared_link_for
from wagtail_careers.management.commands import import_roles as command
from wagtail_careers.models import ImportRecord, RoleCategory
from wagtail_careers.pages.models import RolePage

Import = Callable[..., Result]


def codes(result: Result, post_id: Any = 1) -> list[str]:
    return [flag["code"] for flag in result.post(post_id)["flags"]]


def test_the_old_address_leads_to_the_page(
    import_roles: Import, tmp_path: Path, client: Any
) -> None:
    import_roles(write_post(tmp_path), publish=True)
    response = client.get("/2018/08/06/porter/")
    assert (response.status_code, response["Location"]) == (301, "/roles/porter/")


def test_a_redirect_that_is_there_is_left_alone(import_roles: Import, tmp_path: Path) -> None:
    Redirect.objects.create(old_path="/2018/08/06/porter", redirect_link="https://x.example/")
    assert "redirect_taken" in codes(import_roles(write_post(tmp_path)))
    known = Redirect.objects.get(old_path="/2018/08/06/porter")
    assert known.redirect_link == "https://x.example/"


def test_a_page_does_not_redirect_to_itself(import_roles: Import, tmp_path: Path) -> None:
    import_roles(write_post(tmp_path, permalink="http://old.example/roles/porter/"))
    assert not Redirect.objects.exists()


def test_without_the_redirects_app_the_report_says_so(
    import_roles: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.apps import apps

    is_installed = apps.is_installed
    absent = "wagtail.contrib.redirects"
    monkeypatch.setattr(apps, "is_installed", lambda app: app != absent and is_installed(app))
    result = import_roles(write_post(tmp_path))
    assert result.summary == {"created": 1}
    assert "no_redirects" in codes(result)
    assert not Redirect.objects.exists()


def test_the_author_is_in_the_history_of_the_page(import_roles: Import, tmp_path: Path) -> None:
    import_roles(write_post(tmp_path))
    (entry,) = PageLogEntry.objects.filter(action="wagtail_careers.import")
    assert entry.page_id == RolePage.objects.get().pk
    assert entry.message == "Imported from WordPress, written by sam"
    assert entry.user is None


def test_the_excerpt_describes_the_page_to_search_engines(
    import_roles: Import, tmp_path: Path
) -> None:
    import_roles(write_post(tmp_path, post_excerpt="In <b>short</b> &amp; clear."))
    assert RolePage.objects.get().search_description == "In short & clear."


def test_the_excerpt_introduces_a_post_that_has_no_introduction(
    import_roles: Import, tmp_path: Path
) -> None:
    html = "<h2>What will I be doing?</h2>Work."
    import_roles(write_post(tmp_path, html=html, post_excerpt="In short."))
    assert RolePage.objects.get().introduction == "<p>In short.</p>"


@pytest.mark.parametrize(
    ("title", "permalink", "slug", "is_reported"),
    [
        ("Porter", "http://old.example/porter/", "porter", False),
        ("Head porter", "http://old.example/porter-2/", "porter-2", False),
        ("Medical Secretary", "http://old.example/maternity-nurse/", "medical-secretary", True),
        ("Medical Secretary", "http://old.example/202/", "medical-secretary", True),
        ("Porter", "http://old.example/?p=1", "porter", False),
        ("日本語", "http://old.example/%E6%97%A5%E6%9C%AC%E8%AA%9E/", "日本語", False),
    ],
)
def test_slugs_fit_titles(
    import_roles: Import, tmp_path: Path, title: str, permalink: str, slug: str, is_reported: bool
) -> None:
    result = import_roles(write_post(tmp_path, title=title, permalink=permalink))
    assert RolePage.objects.get().slug == slug
    assert ("slug_changed" in codes(result)) == is_reported


class TestCategory:
    def test_it_follows_from_the_classes(self, import_roles: Import, tmp_path: Path) -> None:
        import_roles(write_post(tmp_path))
        assert RolePage.objects.get().category.name == "Careers"

    def test_the_site_s_own_is_used(self, import_roles: Import, tmp_path: Path) -> None:
        ours = RoleCategoryFactory(name="Lehrstellen", is_apprenticeship=True)
        html = content(kind="pages")
        import_roles(write_post(tmp_path, title="Apprentice porter", html=html))
        assert RolePage.objects.get().category == ours

    @pytest.mark.parametrize(
        ("title", "kind"), [("Porter", "pages"), ("Apprentice porter", "career")]
    )
    def test_a_title_that_says_otherwise_makes_it_uncertain(
        self, import_roles: Import, tmp_path: Path, title: str, kind: str
    ) -> None:
        result = import_roles(write_post(tmp_path, title=title, html=content(kind=kind)))
        assert "category" in codes(result)

    def test_a_role_without_one_stays_a_draft(self, import_roles: Import, tmp_path: Path) -> None:
        html = "Intro<h2>What will I be doing?</h2>Work."
        result = import_roles(write_post(tmp_path, html=html), publish=True)
        assert result.summary == {"created": 1, "needs_review": 1}
        assert not RolePage.objects.get().live
        (flag,) = [flag for flag in result.post(1)["flags"] if flag["code"] == "incomplete"]
        assert flag["message"] == (
            "The page cannot be published yet. Complete these parts: Category."
        )
        assert {"places": "category"} in [
            each["parameters"] for each in ImportRecord.objects.get().flags
        ]

    def test_all_can_have_one(self, import_roles: Import, tmp_path: Path) -> None:
        RoleCategoryFactory(slug="ours")
        result = import_roles(write_post(tmp_path), category="ours")
        assert RolePage.objects.get().category.slug == "ours"
        assert "category" not in codes(result)


class TestMap:
    def run(self, import_roles: Import, tmp_path: Path, text: str, **post: Any) -> Result:
        told = tmp_path / "map.toml"
        told.write_text(text, encoding="utf-8")
        return import_roles(write_post(tmp_path / "posts", 7, **post), map=told)

    @pytest.mark.parametrize("name", ["7", "porter", '"/2018/08/06/porter/"', '"old.example#7"'])
    def test_posts_have_several_names(
        self, import_roles: Import, tmp_path: Path, name: str
    ) -> None:
        result = self.run(import_roles, tmp_path, f"[posts.{name}]\nskip = true")
        assert result.summary == {"skipped": 1}
        assert not RolePage.objects.exists()

    def test_it_decides_for_a_post(self, import_roles: Import, tmp_path: Path) -> None:
        text = """
        [posts.7]
        title = "Head porter"
        slug = "boss"
        category = "leaders"
        [posts.7.sections]
        "Uniform" = "training"
        """
        RoleCategoryFactory(slug="leaders")
        html = "Intro<h2>Uniform</h2>We wash it."
        self.run(import_roles, tmp_path, text, html=html)
        page = RolePage.objects.get()
        assert (page.title, page.slug) == ("Head porter", "boss")
        assert page.category == RoleCategory.objects.get(slug="leaders")
        assert page.body.raw_data[1]["type"] == "training"

    def test_a_decision_that_changes_is_a_change(
        self, import_roles: Import, tmp_path: Path
    ) -> None:
        html = "Intro<h2>Uniform</h2>We wash it."
        self.run(import_roles, tmp_path, "", html=html)
        text = '[posts.7.sections]\nUniform = "duties"'
        result = self.run(import_roles, tmp_path, text, html=html)
        assert result.summary["updated"] == 1
        kinds = [
            child["type"]
            for child in RolePage.objects.get().get_latest_revision_as_object().body.raw_data
        ]
        assert kinds == ["heading", "duties"]

    @pytest.mark.parametrize(
        ("unrecognised", "summary"),
        [
            ("text", {"created": 1, "needs_review": 1}),
            ("draft", {"created": 1, "needs_review": 1}),
            ("skip", {"skipped": 1}),
        ],
    )
    def test_it_says_what_becomes_of_posts_without_sections(
        self, import_roles: Import, tmp_path: Path, unrecognised: str, summary: dict[str, int]
    ) -> None:
        told = tmp_path / "map.toml"
        told.write_text(f'unrecognised = "{unrecognised}"')
        post = write_post(tmp_path / "posts", html=content({"Uniform": "We wash it."}))
        assert import_roles(post, map=told, publish=True).summary == summary
        assert RolePage.objects.filter(live=True).exists() == (unrecognised == "text")


def test_settings_add_phrases(import_roles: Import, tmp_path: Path, settings: Any) -> None:
    settings.WAGTAIL_CAREERS = {"IMPORT_PHRASES": {"duties": ["Beth fyddwn i’n ei wneud?"]}}
    import_roles(write_post(tmp_path, html=content({"Beth fyddwn i'n ei wneud": "Gwaith."})))
    assert RolePage.objects.get().body.raw_data[1]["type"] == "duties"


def test_without_the_extra_the_command_says_what_to_install(
    import_roles: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "NEEDED", ("defusedxml", "not_installed"))
    result = import_roles(write_post(tmp_path))
    assert result.code == 2
    assert "not_installed" in result.errors[0]
    assert "pip install 'wagtail-careers[import]'" in result.errors[0]


def test_a_post_without_headings_has_its_text_in_a_section(
    import_roles: Import, tmp_path: Path
) -> None:
    import_roles(write_post(tmp_path, html="One.\n\nTwo.\n\nThree.<ul><li>Four</li></ul>"))
    body = RolePage.objects.get().body.raw_data
    assert body[0]["value"]["introduction"] == "<p>One.</p>"
    assert body[1]["value"] == {
        "title": "About this role",
        "prose": "<p>Two.</p><p>Three.</p><ul><li>Four</li></ul>",
    }


def test_a_heading_that_is_too_long_for_a_title_is_in_the_text(
    import_roles: Import, tmp_path: Path
) -> None:
    heading = "A heading " * 20
    result = import_roles(write_post(tmp_path, html=content({heading: "Text."})))
    block = RolePage.objects.get().body.raw_data[1]["value"]
    assert len(block["title"]) <= 100
    assert block["prose"] == f"<p>{heading.strip()}</p><p>Text.</p>"
    assert "long_heading" in codes(result)


def test_the_plan_names_what_it_is_unsure_of(
    import_roles: Import, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    post = write_post(tmp_path, html=content({"Uniform": "We wash it."}))
    call_command("import_roles", str(post), parent="/roles/", dry_run=True)
    assert "“Uniform” is not a known heading" in capsys.readouterr().out


def test_link_with_another_spelling_of_the_address_is_used(db: None) -> None:
    known = SharedLinkFactory(base_url="http://www.jobs.example/#top")
    base = Base("https://jobs.example/", "Jobs")
    assert saved(shared_link_for(base, known.locale)) == known


class TestLanguages:
    """Categories on a site in several languages."""

    @pytest.fixture
    def welsh(self, add_language: Any, index: Any) -> Any:
        """The language of the place where roles are imported."""
        welsh = add_language("cy")
        type(index).objects.update(locale=welsh)
        return welsh

    def test_page_gets_the_category_in_its_language(
        self, import_roles: Import, tmp_path: Path, welsh: Any
    ) -> None:
        english = RoleCategoryFactory(name="Careers", slug="careers")
        translation = english.copy_for_translation(welsh)
        translation.name, translation.slug = "Gyrfaoedd", "gyrfaoedd"
        translation.save()
        import_roles(write_post(tmp_path), category="careers")
        assert RolePage.objects.get().category == translation

    def test_new_category_is_in_the_language_of_the_page(
        self, import_roles: Import, tmp_path: Path, welsh: Any
    ) -> None:
        import_roles(write_post(tmp_path, title="Apprentice porter"))
        page = RolePage.objects.get()
        assert page.category.locale == page.locale == welsh
