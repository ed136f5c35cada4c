"""WordPress's own exports, of each version and with what is in them besides posts."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.importing.conftest import Result
from tests.importing.posts import export, item
from wagtail_careers.importing.sources import wxr
from wagtail_careers.importing.sources.posts import Post
from wagtail_careers.importing.sources.wordpress import plain
from wagtail_careers.importing.sources.wxr_xml import Export
from wagtail_careers.models import RoleCategory
from wagtail_careers.pages.models import RolePage

Import = Callable[..., Result]


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_each_version_is_read(import_roles: Import, tmp_path: Path, version: str) -> None:
    path = tmp_path / "some.file"
    path.write_text(export([item(3, "Porter")], version), encoding="utf-8")
    result = import_roles(path, publish=True)
    assert result.summary == {"created": 1}
    page = RolePage.objects.get()
    assert (page.title, page.slug, page.category.slug) == ("Porter", "porter", "careers")
    assert page.first_published_at.isoformat() == "2018-08-06T08:30:00+00:00"


def test_items_are_parsed_with_the_names_of_the_opening_alone() -> None:
    names = " ".join(f'xmlns:n{i}="urn:{i}"' for i in range(1000))
    text = export([item(3)]).replace(
        ">\n<channel>", f" {names}><!-- {'long ' * 1000} --><channel title='long'>"
    )
    (post,) = wxr.read_items([text], "a.xml")
    assert isinstance(post, Post)
    opening = Export.begun_by(text.partition("<item>")[0]).opening
    assert "long" not in opening
    assert opening.count("xmlns:") == 100


def test_utf_16_is_read_as_its_mark_says(import_roles: Import, tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    path.write_bytes(export([item(3, "Café")]).replace("UTF-8", "UTF-16").encode("utf-16"))
    assert import_roles(path).summary == {"created": 1}
    assert RolePage.objects.get().title == "Café"


@pytest.mark.parametrize(
    ("fields", "result"),
    [
        ({"wp:post_type": "attachment"}, "skipped"),
        ({"wp:post_type": "nav_menu_item"}, "skipped"),
        ({"wp:post_type": "wpcf7_contact_form"}, "skipped"),
        ({"wp:post_type": "shop_order"}, "skipped"),
        ({"wp:status": "trash"}, "skipped"),
        ({"wp:post_type": "job"}, "created"),
        ({"wp:post_type": "page"}, "created"),
    ],
)
def test_what_nobody_wrote_is_left_out(
    import_roles: Import, tmp_path: Path, fields: dict[str, str], result: str
) -> None:
    path = tmp_path / "export.xml"
    path.write_text(export([item(3, **fields)]), encoding="utf-8")
    assert import_roles(path).summary[result] == 1


def test_a_record_of_a_plug_in_is_left_out_with_the_reason(
    import_roles: Import, tmp_path: Path
) -> None:
    path = tmp_path / "export.xml"
    path.write_text(export([item(3, "Field", **{"wp:post_type": "acf-field"})]), encoding="utf-8")
    (found,) = import_roles(path, publish=True).report["posts"]
    assert "Not a page: the type is “acf-field” (Advanced Custom Fields)." in found["message"]


def test_a_type_of_the_site_s_own_stays_a_draft_until_the_map_names_it(
    import_roles: Import, tmp_path: Path
) -> None:
    path, told = tmp_path / "export.xml", tmp_path / "map.toml"
    path.write_text(export([item(3, **{"wp:post_type": "job"})]), encoding="utf-8")
    result = import_roles(path, publish=True)
    assert result.summary == {"created": 1, "needs_review": 1}
    assert "type" in codes(result.post(3))
    assert not RolePage.objects.get().live
    told.write_text('types = ["job"]')
    result = import_roles(path, publish=True, map=told)
    assert result.summary == {"updated": 1}
    assert "type" not in codes(result.post(3))
    assert RolePage.objects.get().live


def test_a_type_that_the_map_names_is_published_at_once(
    import_roles: Import, tmp_path: Path
) -> None:
    path, told = tmp_path / "export.xml", tmp_path / "map.toml"
    path.write_text(export([item(3, **{"wp:post_type": "job"})]), encoding="utf-8")
    told.write_text('types = ["job"]')
    assert import_roles(path, publish=True, map=told).summary == {"created": 1}
    assert RolePage.objects.get().live


@pytest.mark.parametrize(
    "fields", [{"wp:status": "draft"}, {"wp:status": "private"}, {"wp:post_password": "x"}]
)
def test_what_was_not_public_stays_a_draft(
    import_roles: Import, tmp_path: Path, fields: dict[str, str]
) -> None:
    path = tmp_path / "export.xml"
    path.write_text(export([item(3, **fields)]), encoding="utf-8")
    import_roles(path, publish=True)
    assert not RolePage.objects.get().live


def test_categories_are_those_of_the_export(import_roles: Import, tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    ours = RoleCategory.objects.create(name="Careers", slug="our-careers")
    path.write_text(export([item(3)]), encoding="utf-8")
    import_roles(path)
    assert RolePage.objects.get().category == ours


def test_dates_that_wordpress_leaves_empty_are_none(import_roles: Import, tmp_path: Path) -> None:
    fields = {"wp:post_date": "0000-00-00 00:00:00", "wp:post_date_gmt": "0000-00-00 00:00:00"}
    path = tmp_path / "export.xml"
    path.write_text(export([item(3, **fields)]), encoding="utf-8")
    assert import_roles(path).post(3)["date"] is None


def test_an_address_without_a_path_does_not_redirect_the_home_page(
    import_roles: Import, tmp_path: Path
) -> None:
    from wagtail.contrib.redirects.models import Redirect

    path = tmp_path / "export.xml"
    path.write_text(export([item(3, link="http://old.example/?p=3")]), encoding="utf-8")
    assert import_roles(path).summary == {"created": 1}
    assert [each.old_path for each in Redirect.objects.all()] == ["/?p=3"]


def test_memory_does_not_grow_with_the_number_of_items() -> None:
    def peak(number: int) -> int:
        text = export(item(each) for each in range(number))
        chunks = (text[start : start + 65_536] for start in range(0, len(text), 65_536))
        tracemalloc.start()
        posts = sum(isinstance(found, Post) for found in wxr.read_items(chunks, "export"))
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert posts == number
        return most

    # The least of three: other threads of the process may take memory meanwhile.
    few, many = (min(peak(number) for _time in range(3)) for number in (50, 2000))
    assert many < few + 1_000_000


class TestCorpus:
    def test_a_small_export_imports(self, import_roles: Import, corpus: Path) -> None:
        result = import_roles(corpus / "wxr" / "small-export.xml")
        assert result.code == 0
        assert result.errors == []
        assert result.summary["created"] >= 10
        assert all("unrecognised" in codes(post) for post in result.report["posts"])

    def test_an_export_of_1_1_imports(self, import_roles: Import, corpus: Path) -> None:
        result = import_roles(corpus / "wxr" / "valid-wxr-1.1.xml")
        assert (result.code, result.summary["created"]) == (0, 2)

    def test_a_malformed_one_is_refused(self, import_roles: Import, corpus: Path) -> None:
        result = import_roles(corpus / "wxr" / "malformed.xml")
        assert result.code == 1
        assert len(result.errors) == 1
        assert not RolePage.objects.exists()

    def test_the_pages_import(self, import_roles: Import, corpus: Path) -> None:
        result = import_roles(corpus / "pages")
        assert result.code == 0
        assert result.summary["created"] == 2
        contact = result.post(50)
        (shortcode,) = [entry for entry in contact["account"] if "dropped" in entry]
        assert shortcode["words"] == '[contact-form-7 id="245" title="Contact Us"]'


def codes(post: dict[str, Any]) -> list[str]:
    return [flag["code"] for flag in post["flags"]]


def test_paragraphs_of_an_excerpt_stay_apart() -> None:
    assert plain("<p>One.</p><p>Two<br>three<b>teen</b>.</p>") == "One. Two threeteen."


@pytest.mark.parametrize("unclosed", ["<![CDATA[abc", "abc <!-- d"])
def test_an_item_does_not_swallow_the_next_one(
    import_roles: Import, tmp_path: Path, unclosed: str
) -> None:
    path = tmp_path / "export.xml"
    items = [
        item(1, "Alpha", **{"content:encoded": unclosed}),
        item(2, "Beta", "Secret", **{"wp:status": "private", "wp:post_password": "hunter2"}),
        item(3, "Gamma"),
    ]
    path.write_text(export(items), encoding="utf-8")
    result = import_roles(path, publish=True)
    assert [post["title"] for post in result.report["posts"]] == ["Alpha", "Beta", "Gamma"]
    assert "hunter2" not in str(result.report)
    assert not RolePage.objects.filter(title__in=["Alpha", "Beta"], live=True).exists() or (
        "Secret" not in str(RolePage.objects.get(title="Alpha").body.raw_data)
    )


def test_an_item_of_countless_elements_stops_only_itself(
    import_roles: Import, tmp_path: Path
) -> None:
    path = tmp_path / "export.xml"
    deep = "<b>" * 5000 + "x" + "</b>" * 5000
    items = [item(1, "Alpha", **{"content:encoded": deep}), item(2, "Beta")]
    path.write_text(export(items), encoding="utf-8")
    result = import_roles(path)
    assert RolePage.objects.filter(title="Beta").exists()
    assert len(result.report["posts"]) == 2
