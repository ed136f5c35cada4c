"""The posts of a real careers site, compared with what a second reading of them finds."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.e2e.post import read_sections
from tests.factories import SECTIONS
from tests.importing.conftest import Result
from wagtail_careers.models import RoleTrait, SharedLink
from wagtail_careers.pages.models import RolePage
from wagtail_careers.rich_text.traits import unique_phrases
from wagtail_careers.text import plain_text

Import = Callable[..., Result]

#: By the post's ID: the slug of its page, which is not always that of the post.
ROLES = {
    100: "medical-secretary",
    202: "apprentice-healthcare-support-worker",
    212: "human-resources-apprentice",
    214: "clinical-imaging-apprentice",
    216: "community-nurse",
    218: "cook-catering-assistant",
    229: "general-services-assistant",
}


@pytest.fixture
def imported(import_roles: Import, corpus: Path) -> Result:
    return import_roles(corpus / "posts", publish=True)


def source_of(result: Result, post_id: int) -> Any:
    return read_sections(Path(result.post(post_id)["source"]))


def bodies(page: Any) -> dict[str, dict[str, Any]]:
    return {child["type"]: child["value"] for child in page.body.raw_data}


def test_all_posts_import(imported: Result) -> None:
    assert (imported.code, imported.errors) == (0, [])
    assert imported.summary == {"created": 8, "needs_review": 1}
    assert RolePage.objects.live().count() == 8


def test_importing_them_again_changes_nothing(
    import_roles: Import, corpus: Path, imported: Result
) -> None:
    again = import_roles(corpus / "posts", publish=True)
    assert again.summary == {"unchanged": 8, "needs_review": 1}


def test_each_role_has_all_six_sections_with_their_own_headings(imported: Result) -> None:
    for post_id, slug in ROLES.items():
        page = RolePage.objects.get(slug=slug)
        assert [child["type"] for child in page.body.raw_data] == list(SECTIONS)
        titles = [child["value"].get("title", "") for child in page.body.raw_data]
        assert titles == [section.title for section in source_of(imported, post_id)]
        assert all(each["confidence"] > 0.85 for each in imported.post(post_id)["sections"])


def test_each_role_has_every_paragraph(imported: Result) -> None:
    for post_id, slug in ROLES.items():
        page = RolePage.objects.get(slug=slug)
        for section, child in zip(source_of(imported, post_id), page.body.raw_data, strict=True):
            prose = child["value"].get("prose") or child["value"]["introduction"]
            soup = BeautifulSoup(prose, "html.parser")
            told = " ".join(tag.get_text(" ", strip=True) for tag in soup.select("p, li, h3"))
            words = " ".join(section.paragraphs).split()
            assert "".join(told.split()) == "".join(words), (slug, child["type"])


def test_each_role_has_every_trait(imported: Result) -> None:
    counted = 0
    for post_id, slug in ROLES.items():
        page = RolePage.objects.get(slug=slug)
        strong = unique_phrases(source_of(imported, post_id)[1].traits)
        found = [row.trait.name for row in RoleTrait.objects.filter(page=page)]
        assert [name.casefold() for name in found] == [name.casefold() for name in strong]
        counted += len(found)
    assert counted > 40


def test_each_role_has_every_link(imported: Result, client: Any) -> None:
    counted = 0
    for post_id, slug in ROLES.items():
        page = RolePage.objects.get(slug=slug)
        soup = BeautifulSoup(client.get(page.url).content, "html.parser")
        links = [
            (" ".join(a.get_text().split()), normal(a["href"]))
            for a in soup.select(".careers-prose a")
        ]
        for section in source_of(imported, post_id):
            for link in section.links:
                assert (link.text.rstrip(" ,."), normal(link.url)) in links
                counted += 1
    assert counted >= 20


def normal(url: str) -> str:
    return url.removeprefix("http://").removeprefix("https://").removeprefix("www.").rstrip("/")


def test_the_bare_address_became_a_link(imported: Result) -> None:
    prose = bodies(RolePage.objects.get(slug=ROLES[218]))["progression"]["prose"]
    link = SharedLink.objects.get(base_url__contains="cornwall.gov.uk")
    assert f'<a linktype="shared-link" id="{link.pk}">https://www.cornwall.gov.uk/' in prose


def test_there_is_one_shared_link_for_each_site(imported: Result) -> None:
    hosts = [link.host for link in SharedLink.objects.all()]
    assert len(hosts) == len(set(hosts)) == 9
    assert SharedLink.objects.get(base_url__contains="jobs.nhs.uk").name == "NHS Jobs"
    assert SharedLink.objects.get(base_url__contains="healthcareers").name == "Health Careers"


def test_an_introduction_that_was_a_top_heading_is_none(imported: Result) -> None:
    introduction = bodies(RolePage.objects.get(slug=ROLES[202]))["heading"]["introduction"]
    assert introduction.startswith("<p>Healthcare Support Workers are one")


def test_another_employer_s_page_is_text_for_review(imported: Result) -> None:
    page = RolePage.objects.get(slug="software-degree-apprenticeship")
    assert [child["type"] for child in page.body.raw_data] == ["heading", *["text"] * 4]
    titles = [child["value"]["title"] for child in list(page.body.raw_data)[1:]]
    assert titles == ["About the scheme", "What you’ll need", "And", "Your Development"]
    codes = [flag["code"] for flag in imported.post(1)["flags"] if flag["review"]]
    assert codes == ["unrecognised", "category", "image_missing", "image_missing"]


def test_categories_follow_from_the_classes(imported: Result) -> None:
    found = {page.slug: page.category.slug for page in RolePage.objects.select_related("category")}
    assert found["medical-secretary"] == found["community-nurse"] == "careers"
    assert found["clinical-imaging-apprentice"] == "apprenticeships"


def test_old_addresses_lead_to_the_pages(imported: Result, client: Any) -> None:
    response = client.get("/wordpress/2017/03/29/maternity-nurse/")
    assert (response.status_code, response["Location"]) == (301, "/roles/medical-secretary/")


def test_every_account_has_all_words(imported: Result) -> None:
    for post in imported.report["posts"]:
        text = Path(post["source"]).read_text(encoding="utf-8").split("---\n", 2)[2]
        words = plain_text(f"{text}").split()
        told = " ".join(entry["words"] for entry in post["account"]).split()
        assert "".join(told) == "".join([*post["title"].split(), *words])
