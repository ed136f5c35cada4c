from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from wagtail import urls as wagtail_urls
from wagtail.models import Locale

from tests.factories import (
    RoleCategoryFactory,
    RolePageFactory,
    SharedLinkFactory,
    body,
    child,
    link_item,
    lose,
    shared_link_html,
    step_item,
)
from wagtail_careers.models import AlternativeTitle, SharedLink

#: The addresses of a site in several languages.
urlpatterns = i18n_patterns(path("", include(wagtail_urls)))


@pytest.fixture
def full(publish_role: Any) -> Any:
    """A live page with something of everything."""
    link = SharedLinkFactory(name="NHS Jobs", base_url="https://jobs.example/")
    target = publish_role(title="Radiographer", slug="radiographer")
    texts = [child("text", {"title": "Same title", "prose": "<p>Words.</p>"}) for _n in range(3)]
    return publish_role(
        title="Imaging apprentice",
        slug="imaging-apprentice",
        category=RoleCategoryFactory(name="Apprenticeships"),
        body=[
            *body(
                heading=f"<p>You help. See {shared_link_html(link, 'jobs')}.</p>",
                person_spec="<p>You show <mark>patience</mark> and <mark>care</mark>.</p>",
                application_links={"links": [link_item(link, path="imaging", note="Search.")]},
                progression={
                    "prose": f'<p>Read <a linktype="page" id="{target.pk}">more</a>.</p>',
                    "steps": [step_item(page=target), step_item(title="Manager")],
                },
            ),
            *texts,
        ],
    )


@pytest.fixture
def soup(full: Any, client: Any) -> BeautifulSoup:
    return BeautifulSoup(client.get(full.url).content, "html.parser")


class TestStructure:
    def test_has_one_h1_and_no_level_is_skipped(self, soup: BeautifulSoup) -> None:
        levels = [int(tag.name[1]) for tag in soup.select("h1, h2, h3, h4, h5, h6")]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert soup.h1.text == "Imaging apprentice"

    def test_has_landmarks_and_a_skip_link_to_the_main_one(self, soup: BeautifulSoup) -> None:
        for name in ("header", "main", "footer"):
            assert soup.select(f"body > {name}")
        first_link = soup.body.find("a")
        assert first_link["href"] == f"#{soup.main['id']}"

    def test_tells_navigations_apart(self, soup: BeautifulSoup) -> None:
        names = [
            nav.get("aria-label") or soup.find(id=nav["aria-labelledby"]).text
            for nav in soup.select("nav")
        ]
        assert sorted(names) == ["Breadcrumb", "On this page"]

    def test_contents_list_leads_to_sections_that_are_there(self, soup: BeautifulSoup) -> None:
        targets = [link["href"][1:] for link in soup.select("nav.careers-contents a")]
        assert len(targets) == 8
        assert [soup.find(id=target).name for target in targets] == ["section"] * 8

    def test_no_id_comes_twice(self, soup: BeautifulSoup) -> None:
        assert set(Counter(tag["id"] for tag in soup.select("[id]")).values()) == {1}

    def test_every_link_has_an_address_and_words(self, soup: BeautifulSoup) -> None:
        for link in soup.select("a"):
            assert link.get("href")
            assert link["href"] != "None"
            assert link.get_text(strip=True)

    def test_title_names_the_role_and_the_site(self, soup: BeautifulSoup) -> None:
        assert soup.title.text == "Imaging apprentice – Example"

    def test_description_is_the_beginning_of_the_introduction(self, soup: BeautifulSoup) -> None:
        assert soup.select_one("meta[name=description]")["content"] == "You help. See jobs."

    def test_says_its_language_and_direction(self, soup: BeautifulSoup) -> None:
        assert soup.html["lang"] == "en-gb"
        assert soup.html["dir"] == "ltr"

    def test_in_a_language_from_right_to_left_says_so(self, full: Any, client: Any) -> None:
        Locale.objects.update(language_code="ar")
        html = BeautifulSoup(client.get(full.url).content, "html.parser").html
        assert (html["lang"], html["dir"]) == ("ar", "rtl")

    def test_is_in_its_own_language_whatever_the_browser_asks_for(
        self, full: Any, client: Any
    ) -> None:
        response = client.get(full.url, headers={"accept-language": "ar"})
        soup = BeautifulSoup(response.content, "html.parser")
        assert (soup.html["lang"], soup.html["dir"]) == ("en-gb", "ltr")
        assert "On this page" in soup.text

    def test_home_link_leads_to_the_home_page_in_the_language_of_the_page(
        self, full: Any, client: Any, home: Any, settings: Any, add_language: Any
    ) -> None:
        settings.ROOT_URLCONF = __name__
        french = add_language("fr")
        accueil = home.copy_for_translation(french)
        role = full.copy_for_translation(french, copy_parents=True)
        role.save_revision().publish()

        def home_link(page: Any) -> str:
            html = client.get(page.get_url()).content
            return str(BeautifulSoup(html, "html.parser").select_one(".careers-header a")["href"])

        assert home_link(role) == "/en-gb/", "the French home page is a draft"
        accueil.refresh_from_db()
        accueil.save_revision().publish()
        assert home_link(role) == "/fr/"
        assert home_link(full) == "/en-gb/"

    def test_prints_the_site_the_address_and_the_date_of_the_page(
        self, full: Any, soup: BeautifulSoup
    ) -> None:
        (source,) = soup.select(".careers-print-source")
        assert source["data-careers-site"] == "Example"
        day = date_format(localtime(full.last_published_at), "DATE_FORMAT")
        assert source["data-careers-source"] == f"{full.full_url} · Last updated {day}"

    def test_prints_no_date_of_a_page_that_code_made_live(self, index: Any, client: Any) -> None:
        html = client.get(RolePageFactory(parent=index, slug="porter").url).content
        source = BeautifulSoup(html, "html.parser").select_one(".careers-print-source")
        assert source["data-careers-source"] == "http://localhost/roles/porter/"

    def test_shows_what_kind_of_role_it_is(self, soup: BeautifulSoup) -> None:
        assert soup.select_one(".careers-role__category").text == "Apprenticeships"

    def test_without_alternative_titles_does_not_mention_them(self, soup: BeautifulSoup) -> None:
        assert not soup.select(".careers-role__alternatives")


class TestStrictPolicy:
    """The page holds under ``Content-Security-Policy: default-src 'self'``."""

    def test_is_sent_with_the_page(self, full: Any, client: Any) -> None:
        assert client.get(full.url).headers["Content-Security-Policy"] == "default-src 'self'"

    def test_page_has_no_script_and_no_inline_style(self, soup: BeautifulSoup) -> None:
        assert not soup.select("script, style, [style]")
        assert not [tag for tag in soup.find_all() if any(a.startswith("on") for a in tag.attrs)]

    def test_page_loads_nothing_from_elsewhere(self, soup: BeautifulSoup) -> None:
        sources = [tag["src"] for tag in soup.select("[src]")]
        sources += [tag["href"] for tag in soup.select("link[href]")]
        assert sources
        assert all(source.startswith("/static/") for source in sources)


class TestLinks:
    def test_shared_links_lead_to_their_addresses(self, soup: BeautifulSoup) -> None:
        links = {a.text: a["href"] for a in soup.select("article a")}
        assert links["jobs"] == "https://jobs.example/"
        assert links["NHS Jobs"] == "https://jobs.example/imaging"

    def test_roles_are_linked_from_prose_and_steps(self, soup: BeautifulSoup) -> None:
        links = {a.text: a["href"] for a in soup.select("article a")}
        assert links["more"] == "/roles/radiographer/"
        assert links["Radiographer"] == "/roles/radiographer/"

    def test_change_of_a_link_shows_on_the_page_when_it_is_published(
        self, full: Any, client: Any
    ) -> None:
        link = SharedLink.objects.get(name="NHS Jobs")
        link.base_url = "https://new.example/"
        revision = link.save_revision()
        assert b"https://jobs.example/imaging" in client.get(full.url).content
        revision.publish()
        html = client.get(full.url).content
        assert b"https://new.example/imaging" in html
        assert b"jobs.example" not in html


class TestGone:
    """What a page links to may be gone; the words stay and no link is dead."""

    def article(self, client: Any, page: Any) -> BeautifulSoup:
        response = client.get(page.url)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser").article

    @pytest.fixture(params=["delete", "unpublish"])
    def remove(self, request: pytest.FixtureRequest) -> Any:
        def remove(gone: Any) -> None:
            if request.param == "delete" and isinstance(gone, SharedLink):
                lose(gone)
            else:
                getattr(gone, request.param)()

        return remove

    def test_shared_link(self, publish_role: Any, client: Any, remove: Any) -> None:
        link, other = SharedLinkFactory(base_url="https://gone.example/"), SharedLinkFactory()
        prose = f"<p>At {shared_link_html(link, 'the <b>jobs</b> page', 'x')} "
        prose += f"or {shared_link_html(other, 'here')}.</p>"
        items = [link_item(link, note="See there."), link_item(other)]
        page = publish_role(
            body=body(duties=prose, application_links={"prose": prose, "links": items})
        )
        assert str(self.article(client, page)).count("gone.example") == 4
        remove(link)
        article = self.article(client, page)
        assert not article.select("a:not([href])")
        assert "gone.example" not in str(article)
        assert article.get_text().count("At the jobs page or here.") == 2
        assert "See there." in article.get_text()
        assert len(article.select(f'a[href="{other.base_url}"]')) == 3

    def test_role(self, publish_role: Any, client: Any, remove: Any) -> None:
        gone, other = publish_role(title="Nurse", slug="nurse"), publish_role(title="Cook")
        prose = f'<p>As <a linktype="page" id="{gone.pk}">a nurse</a> '
        prose += f'or <a linktype="page" id="{other.pk}">a cook</a>.</p>'
        steps = [step_item(page=gone, title="Staff nurse"), step_item(page=other)]
        page = publish_role(body=body(duties=prose, progression={"prose": prose, "steps": steps}))
        assert len(self.article(client, page).select('a[href="/roles/nurse/"]')) == 3
        remove(gone)
        article = self.article(client, page)
        assert not article.select("a:not([href])")
        assert "/roles/nurse/" not in str(article)
        assert article.get_text().count("As a nurse or a cook.") == 2
        assert "Staff nurse" in article.get_text()
        assert len(article.select(f'a[href="{other.url}"]')) == 3

    def test_document_in_prose(self, publish_role: Any, client: Any) -> None:
        prose = '<p>Read <a linktype="document" id="4040">the form</a>.</p>'
        article = self.article(client, publish_role(body=body(duties=prose)))
        assert "Read the form." in article.get_text()
        assert not article.select("a:not([href])")

    @pytest.mark.parametrize("attrs", ["", 'id=""', 'id="x"', 'id="-1"', f'id="{"9" * 30}"'])
    @pytest.mark.parametrize("linktype", ["page", "shared-link"])
    def test_id_that_was_never_one(
        self, publish_role: Any, client: Any, linktype: str, attrs: str
    ) -> None:
        prose = f'<p>Read <a linktype="{linktype}" {attrs}>the form</a>.</p>'
        article = self.article(client, publish_role(body=body(duties=prose)))
        assert "Read the form." in article.get_text()
        assert not article.select("a:not([href])")

    def test_everything_at_once(self, full: Any, client: Any) -> None:
        lose(*SharedLink.objects.all())
        type(full).objects.exclude(pk=full.pk).delete()
        article = self.article(client, full)
        assert not article.select("a:not([href]), a[href='None']")
        assert "Manager" in article.get_text()


HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>&amp;'


class TestMarkup:
    """Markup that was typed into a field of text is shown as text."""

    def rendered(self, client: Any, page: Any) -> BeautifulSoup:
        html = client.get(page.url).content.decode()
        assert "<script" not in html
        assert "<img" not in html
        return BeautifulSoup(html, "html.parser")

    def test_in_the_title_of_the_page(self, publish_role: Any, client: Any) -> None:
        page = publish_role(title=HOSTILE, slug="hostile")
        soup = self.rendered(client, page)
        assert soup.h1.text == HOSTILE
        assert soup.title.text.startswith(HOSTILE)

    def test_in_the_title_of_another_role(self, publish_role: Any, client: Any) -> None:
        target = publish_role(title=HOSTILE, slug="hostile")
        page = publish_role(body=body(progression={"steps": [step_item(page=target)]}))
        assert self.rendered(client, page).select_one("article ol a").text == HOSTILE

    def test_in_titles_notes_and_names(self, publish_role: Any, client: Any) -> None:
        link = SharedLinkFactory(name=HOSTILE, organisation=HOSTILE, description=HOSTILE)
        page = publish_role(
            category=RoleCategoryFactory(name=HOSTILE),
            body=body(
                duties={"title": HOSTILE},
                application_links={"links": [link_item(link, note=HOSTILE)]},
                progression={"steps": [step_item(title=HOSTILE, note=HOSTILE)]},
                text={"title": HOSTILE},
            ),
        )
        page.role_alternative_titles.add(AlternativeTitle(title=HOSTILE))
        page.save_revision().publish()
        soup = self.rendered(client, page)
        assert soup.select_one(".careers-role__category").text == HOSTILE
        assert HOSTILE in soup.select_one(".careers-role__alternatives").text
        assert soup.select_one("#duties-title").text == HOSTILE
        assert soup.select_one(".careers-links__name").text == HOSTILE
        assert HOSTILE in soup.select_one(".careers-links__facts").text
        assert soup.select_one(".careers-links__note").text == HOSTILE
        assert soup.select_one(".careers-steps__title").text == HOSTILE
        assert soup.select_one(".careers-steps__note").text == HOSTILE
        assert [link.text for link in soup.select("nav.careers-contents a")].count(HOSTILE) == 2

    def test_in_the_introduction_stays_out_of_the_description(
        self, publish_role: Any, client: Any
    ) -> None:
        page = publish_role(
            body=body(heading='<p>&lt;script&gt;alert("x")&lt;/script&gt; you help</p>')
        )
        soup = self.rendered(client, page)
        description = soup.select_one("meta[name=description]")["content"]
        assert description == '<script>alert("x")</script> you help'

    def test_in_the_path_of_a_link(self, publish_role: Any, client: Any) -> None:
        link = SharedLinkFactory(base_url="https://jobs.example/")
        path = '"onclick="alert(1)'
        page = publish_role(
            body=body(
                duties=shared_link_html(link, "x", path.replace('"', "&quot;")),
                application_links={"links": [link_item(link, path=path)]},
            )
        )
        links = self.rendered(client, page).select("article a[href^='https://jobs']")
        assert [a["href"] for a in links] == [f"https://jobs.example/{path}"] * 2
        assert not any(a.get("onclick") for a in links)

    def test_in_an_index(self, publish_role: Any, index: Any, client: Any) -> None:
        publish_role(title=HOSTILE, slug="hostile", category=RoleCategoryFactory(name=HOSTILE))
        soup = self.rendered(client, index)
        assert soup.select_one("main h2").text == HOSTILE
        assert soup.select_one("main li a").text == HOSTILE


class TestPreview:
    """What editors see of a draft, however little it says."""

    def soup(self, page: Any) -> BeautifulSoup:
        response = page.make_preview_request()
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    @pytest.mark.parametrize(
        "name",
        [
            *("heading", "person_spec", "duties", "training", "application_links", "progression"),
            "text",
        ],
    )
    def test_section_may_be_empty_or_away(self, index: Any, name: str) -> None:
        for given in ("", "<p></p>", None, {"title": None}):
            page = RolePageFactory(parent=index, live=False, body=body(**{name: given}))
            soup = self.soup(page)
            assert soup.h1.text == page.title
            assert not soup.select("a:not([href])")
            assert not [tag for tag in soup.select("h1, h2, h3") if not tag.get_text(strip=True)]

    def test_page_may_have_no_section_and_no_category(self, index: Any) -> None:
        page = RolePageFactory(parent=index, body=[], category=None, live=False)
        soup = self.soup(page)
        assert soup.h1.text == page.title
        assert not soup.select("section, nav.careers-contents, meta[name=description]")

    def test_new_page_shows_the_titles_of_its_sections(self, index: Any) -> None:
        page = RolePageFactory(parent=index, live=False)
        assert len(self.soup(page).select("section h2")) == 5

    def test_sections_without_words_are_for_editors_alone(self, index: Any, client: Any) -> None:
        page = RolePageFactory(parent=index)
        assert len(self.soup(page).select("section h2")) == 5
        soup = BeautifulSoup(client.get(page.url).content, "html.parser")
        assert not soup.select("h2, section, .careers-prose, nav.careers-contents")

    def test_links_and_steps_may_be_half_done(self, index: Any) -> None:
        page = RolePageFactory(
            parent=index,
            body=body(
                application_links={"links": [child("item", {"shared_link": None})]},
                progression={"steps": [step_item(note="?"), step_item(relation="")]},
            ),
        )
        soup = self.soup(page)
        assert "None" not in soup.article.get_text()

    def test_draft_in_the_editor_is_previewed_as_it_is_typed(
        self, full: Any, admin_client: Any
    ) -> None:
        full.body = body(duties="<p>Not published yet.</p>")
        full.save_revision()
        html = admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[full.pk])).content
        assert b"Not published yet." in html


def test_page_of_very_long_words_renders(publish_role: Any, client: Any) -> None:
    word = "x" * 5000
    page = publish_role(title="x" * 255, slug="long", body=body(duties=f"<p>{word}</p>"))
    assert word in client.get(page.url).content.decode()
