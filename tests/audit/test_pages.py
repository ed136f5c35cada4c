from typing import Any

import pytest
from wagtail.models import Locale, PageViewRestriction, Site

from example_site.home.models import HomePage
from tests.factories import RoleIndexPageFactory, RolePageFactory
from wagtail_careers.audit.pages import Target, limit, of_site, targets

pytestmark = pytest.mark.django_db


def names() -> list[str]:
    return [target.name for target in targets()]


def test_live_role_pages_and_index_pages_are_found(index: Any, publish_role: Any) -> None:
    publish_role(slug="cook")
    RolePageFactory(parent=index, slug="draft", live=False)
    assert names() == ["/roles/", "/roles/cook/"]


def test_private_pages_are_left_out(index: Any, publish_role: Any) -> None:
    page = publish_role(slug="cook")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert names() == ["/roles/"]


def test_pages_below_no_site_are_left_out(index: Any, publish_role: Any) -> None:
    publish_role(slug="cook")
    Site.objects.all().delete()
    Site.clear_site_root_paths_cache()
    assert names() == []


def test_a_page_has_the_address_for_readers_and_changes_its_version(publish_role: Any) -> None:
    page = publish_role(slug="cook", title="Cook")
    before = targets()[1]
    assert (before.path, before.url, before.title) == (
        "/roles/cook/",
        "http://localhost/roles/cook/",
        "Cook",
    )
    page.save_revision().publish()
    assert targets()[1].version > before.version


def test_pages_of_another_site_have_its_host_name(index: Any) -> None:
    root = Locale.objects.get() and HomePage(title="Other", slug="other")
    index.get_parent().get_parent().add_child(instance=root)
    other = Site.objects.create(hostname="other.example", root_page=root)
    RoleIndexPageFactory(parent=root, slug="roles")
    assert sorted(names()) == ["//other.example/roles/", "/roles/"]
    assert [each.name for each in of_site(targets(), "https://other.example")] == [
        "//other.example/roles/"
    ]
    assert [each.name for each in of_site(targets(), "http://127.0.0.1:8000")] == ["/roles/"]
    assert {each.site for each in targets()} == {other.pk, index.get_site().pk}


TARGETS = [
    Target(path, path, 1, path, path)
    for path in ("/", "/roles/", "/roles/cook/", "/roles/cook-and-carer/")
]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/roles/cook/", ["/roles/cook/"]),
        ("roles/cook", ["/roles/cook/"]),
        ("/roles/", ["/roles/", "/roles/cook/", "/roles/cook-and-carer/"]),
        ("/", ["/", "/roles/", "/roles/cook/", "/roles/cook-and-carer/"]),
        ("/role", []),
    ],
)
def test_pages_are_limited_to_a_path_and_what_is_below_it(path: str, expected: list[str]) -> None:
    assert [target.path for target in limit(TARGETS, [path])] == expected
