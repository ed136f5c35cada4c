"""Role pages in a base template of the site: in its blocks, and nothing of it twice."""

import json
import re
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.utils.html import escape

from tests.factories import RoleIndexPageFactory, RolePageFactory, body
from tests.site_bases import BAKERY
from wagtail_careers.models.frame import check_base_template

BLOCKS = "<title>{% block title %}{% endblock %}</title>"
CONTENT = "{% block content %}{% endblock %}"


@pytest.fixture
def use(settings: Any) -> Any:
    """A function that makes the first of some templates the base template."""

    def use(**templates: str) -> None:
        use_all(templates)

    def use_all(templates: dict[str, str]) -> None:
        [engine] = django_settings.TEMPLATES
        options = dict(engine["OPTIONS"])
        options["loaders"] = [
            ("django.template.loaders.locmem.Loader", templates),
            "django.template.loaders.app_directories.Loader",
        ]
        settings.TEMPLATES = [{**engine, "APP_DIRS": False, "OPTIONS": options}]
        settings.WAGTAIL_CAREERS = {"BASE_TEMPLATE": next(iter(templates))}

    use.all = use_all  # type: ignore[attr-defined]
    return use


@pytest.fixture
def role(home: Any) -> Any:
    index = RoleIndexPageFactory(parent=home, title="R&D roles", slug="roles")
    content = body(heading={"introduction": "<p>You help people & their visitors.</p>"})
    return RolePageFactory(parent=index, title="Porter", slug="porter", body=json.dumps(content))


def html(client: Any, page: Any) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    text: str = response.content.decode()
    return text


def assert_fits(text: str) -> None:
    """Assert that a page has one of each thing that a page has once."""
    for once in (
        r"<h1[\s>]",
        r"<main[\s>]",
        r"css/careers\.css",
        "</title>",
        r'name="description"',
    ):
        assert len(re.findall(once, text)) == 1, once
    head, _end, body = text.partition("</head>")
    assert "css/careers.css" in head
    assert 'class="careers careers-embedded' in body


def test_pages_fill_the_blocks_of_a_site_like_a_bakery(client: Any, role: Any, use: Any) -> None:
    use.all(BAKERY)
    text = html(client, role)
    assert_fits(text)
    assert "<title>Porter | Bakery</title>" in text
    assert f'content="{escape(role.meta_description)}"' in text
    assert role.meta_description
    assert text.count('aria-label="Breadcrumb"') == 1
    assert 'href="data:,"' in text, "What was in the site's block stays."
    index = html(client, role.get_parent())
    assert_fits(index)
    assert "<title>R&amp;D roles | Bakery</title>" in index


def test_the_package_adds_the_landmarks_and_the_description_that_a_site_lacks(
    client: Any, role: Any, use: Any
) -> None:
    use(base=f"<head>{BLOCKS}{{% block extra_css %}}{{% endblock %}}</head>{CONTENT}")
    text = html(client, role)
    assert_fits(text)
    assert '<main id="main" tabindex="-1">' in text
    assert "<title>Porter</title>" in text
    assert text.count('aria-label="Breadcrumb"') == 1


@pytest.mark.parametrize("written", ["", "By an editor."])
def test_a_description_that_a_site_shows_itself_is_not_shown_twice(
    client: Any, role: Any, use: Any, written: str
) -> None:
    role.search_description = written
    role.save()
    shown = (
        "{% if page.search_description %}"
        '<meta name="description" content="{{ page.search_description }}">{% endif %}'
    )
    use(base=f"<head>{BLOCKS}{shown}{{% block extra_head %}}{{% endblock %}}</head>{CONTENT}")
    text = html(client, role)
    assert_fits(text)
    assert f'content="{escape(role.meta_description)}"' in text


def test_a_whole_element_for_the_description_is_filled(client: Any, role: Any, use: Any) -> None:
    head = "{% block description %}{% endblock %}{% block extra_head %}{% endblock %}"
    use(base=f"<head>{BLOCKS}{head}{{% block extra_css %}}{{% endblock %}}</head>{CONTENT}")
    assert_fits(html(client, role))


def test_blocks_and_landmarks_of_what_a_base_extends_and_includes_count(
    client: Any, role: Any, use: Any
) -> None:
    use(
        base='{% extends "frame" %}{% block content %}{% include "start" %}{% block body %}'
        "{% endblock %}</main>{% endblock %}",
        frame=f"<head>{BLOCKS}{{% block head %}}{{% endblock %}}</head>{CONTENT}",
        start="<main>",
    )
    assert check_base_template() == []


def test_a_title_of_the_sites_own_making_is_kept(client: Any, role: Any, use: Any) -> None:
    title = "<title>{% block title %}{{ page.title }} at the bakery{% endblock %}</title>"
    use(base=f"<head>{title}{{% block extra_css %}}{{% endblock %}}</head>{CONTENT}")
    assert "<title>Porter at the bakery</title>" in html(client, role)


def test_content_in_another_language_than_the_frame_says_so(
    client: Any, role: Any, use: Any
) -> None:
    use.all(BAKERY)
    role.locale.language_code = "cy"
    role.locale.save()
    assert 'lang="cy"' in html(client, role)


class TestCheck:
    def test_the_package_s_own_base_needs_nothing(self) -> None:
        assert check_base_template() == []

    def test_a_base_with_all_blocks_is_right(self, use: Any) -> None:
        use.all(BAKERY)
        assert check_base_template() == []

    def test_a_template_that_does_not_exist_is_reported(self, settings: Any) -> None:
        settings.WAGTAIL_CAREERS = {"BASE_TEMPLATE": "nowhere.html"}
        [error] = check_base_template()
        assert error.id == "wagtail_careers.E009"
        assert "nowhere.html" in str(error.msg)

    def test_a_template_with_an_error_is_reported(self, use: Any) -> None:
        use(base="{% block title %}")
        assert [each.id for each in check_base_template()] == ["wagtail_careers.E009"]

    def test_each_missing_block_is_named(self, use: Any) -> None:
        use(base="<title></title>")
        found = check_base_template()
        assert [each.id for each in found] == ["wagtail_careers.E010"] * 3
        for block, each in zip(("title", "content", "extra_css"), found, strict=True):
            assert f"no block '{block}'" in str(each.msg)
            assert f"{{% block {block} %}}" in str(each.hint)


def test_content_is_in_the_language_that_was_chosen_for_the_page(
    use: Any, role: Any, client: Any
) -> None:
    use.all(BAKERY)
    role.content_language = "ps"
    role.save_revision().publish()
    assert re.search(r'<div class="careers [^>]*lang="ps"\s+dir="rtl"', html(client, role))
