from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.factories import SECTIONS
from wagtail_careers.models import SharedLink
from wagtail_careers.pages.models import RolePage

WORDS = {
    "heading": "You help people to move safely",
    "person_spec": "patience",
    "duties": "checking equipment",
    "training": "Care Certificate",
    "application_links": "Job vacancies",
    "progression": "Senior porter",
    "text": "short team meeting",
}


def preview(client: Any, name: str) -> BeautifulSoup:
    """Wagtail's own preview of a block, as the menu of blocks shows it."""
    block = RolePage._meta.get_field("body").stream_block.child_blocks[name]
    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("name", [*SECTIONS, "text"])
def test_block_preview_shows_the_block_in_the_packages_style(admin_client: Any, name: str) -> None:
    soup = preview(admin_client, name)
    assert WORDS[name] in soup.main.get_text(" ")
    assert soup.select_one('link[href$="wagtail_careers/css/careers.css"]')
    assert soup.html["lang"]
    assert not soup.select("script, style, [style]")


@pytest.mark.parametrize("name", [*SECTIONS[1:], "text"])
def test_block_preview_has_the_heading_of_its_section(admin_client: Any, name: str) -> None:
    soup = preview(admin_client, name)
    assert soup.h2.text.strip()


def test_preview_of_links_needs_no_record(admin_client: Any) -> None:
    soup = preview(admin_client, "application_links")
    assert SharedLink.objects.count() == 0
    assert soup.select_one("li a")["href"] == "https://jobs.example/porter"
    assert "Example organisation" in soup.text


def test_preview_of_a_person_spec_has_traits(admin_client: Any) -> None:
    soup = preview(admin_client, "person_spec")
    assert [item.text for item in soup.select(".careers-traits li")] == ["patience", "teamwork"]
