from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Locale, Revision
from wagtail.search.backends import get_search_backend

from tests.factories import SharedLinkFactory
from wagtail_careers.choices import Purpose
from wagtail_careers.models import SharedLink
from wagtail_careers.models.shared_link import TAKEN


@pytest.fixture
def french(db: None) -> Locale:
    return Locale.objects.create(language_code="fr")


class TestValidation:
    def test_normalises_the_address(self, db: None) -> None:
        link = SharedLinkFactory.build(base_url="HTTPS://Jobs.Example", locale=Locale.get_default())
        link.full_clean()
        assert link.base_url == "https://jobs.example/"

    @pytest.mark.parametrize(
        ("base_url", "message"),
        [
            ("javascript:alert(1)", "Enter a valid URL"),
            ("//evil.example/", "Enter a valid URL"),
            ("ftp://jobs.example/", "starts with “https://” or “http://”"),
            ("https://user:secret@jobs.example/", "Remove the user name"),
            ("https://jobs.example\\@evil.example/", "backslashes"),
            ("https://jobs.example/\u202egnp.exe", "invisible characters"),
        ],
    )
    def test_refuses_an_unsafe_address_at_its_field(
        self, db: None, base_url: str, message: str
    ) -> None:
        link = SharedLinkFactory.build(base_url=base_url, locale=Locale.get_default())
        with pytest.raises(ValidationError) as caught:
            link.full_clean()
        assert list(caught.value.message_dict) == ["base_url"]
        assert message in " ".join(caught.value.message_dict["base_url"])

    def test_needs_name_and_address(self, db: None) -> None:
        with pytest.raises(ValidationError) as caught:
            SharedLink(locale=Locale.get_default()).full_clean()
        assert set(caught.value.message_dict) == {"name", "base_url"}

    def test_refuses_a_purpose_of_its_own(self, db: None) -> None:
        link = SharedLinkFactory.build(purpose="fun", locale=Locale.get_default())
        with pytest.raises(ValidationError) as caught:
            link.full_clean()
        assert list(caught.value.message_dict) == ["purpose"]

    @pytest.mark.parametrize("base_url", ["https://jobs.example/", "HTTPS://JOBS.EXAMPLE"])
    def test_names_the_link_that_has_the_address_already(self, db: None, base_url: str) -> None:
        SharedLinkFactory(name="NHS Jobs", base_url="https://jobs.example/")
        other = SharedLinkFactory.build(base_url=base_url, locale=Locale.get_default())
        with pytest.raises(ValidationError) as caught:
            other.clean()
        assert "“NHS Jobs” already has this address" in caught.value.messages[0]

    @pytest.mark.parametrize(
        "base_url",
        [
            "http://jobs.example/xi",
            "https://www.jobs.example/xi/",
            "https://jobs.example:443/xi?utm_source=news#top",
            "https://jobs.example/%78i",
        ],
    )
    def test_spelling_of_an_address_makes_no_other_link(self, db: None, base_url: str) -> None:
        first = SharedLinkFactory(name="NHS Jobs", base_url="https://jobs.example/xi")
        other = SharedLinkFactory.build(base_url=base_url, locale=Locale.get_default())
        with pytest.raises(ValidationError) as caught:
            other.clean()
        (error,) = caught.value.error_dict["base_url"]
        assert error.code == TAKEN
        assert error.params is not None
        assert error.params["link"] == first

    def test_international_spelling_of_a_host_makes_no_other_link(self, db: None) -> None:
        SharedLinkFactory(name="Books", base_url="https://b\xfccher.example/")
        other = SharedLink(base_url="https://xn--bcher-kva.example/", locale=Locale.get_default())
        with pytest.raises(ValidationError, match="“Books” already has this address"):
            other.clean()

    def test_links_of_one_destination_from_before_stay_editable(self, db: None) -> None:
        first = SharedLinkFactory(base_url="http://jobs.example/")
        double = SharedLinkFactory(base_url="https://jobs.example/", name="Old")
        double.name = "New"
        double.full_clean()
        double.base_url = "https://www.jobs.example/"
        double.full_clean()
        double.save_revision().publish()
        double.refresh_from_db()
        assert (double.name, double.base_url) == ("New", "https://www.jobs.example/")
        double.base_url = first.base_url
        with pytest.raises(ValidationError, match="already has this address"):
            double.full_clean()

    def test_link_does_not_move_to_the_destination_of_another(self, db: None) -> None:
        SharedLinkFactory(base_url="https://jobs.example/")
        link = SharedLinkFactory(base_url="https://other.example/")
        link.base_url = "http://www.jobs.example/"
        with pytest.raises(ValidationError, match="already has this address"):
            link.full_clean()

    def test_link_is_no_double_of_itself(self, db: None) -> None:
        SharedLinkFactory(base_url="https://jobs.example/").full_clean()

    def test_another_language_may_have_the_same_address(self, french: Locale) -> None:
        SharedLinkFactory(base_url="https://jobs.example/")
        other = SharedLinkFactory.build(base_url="https://jobs.example/", locale=french)
        other.full_clean()
        other.save()
        assert SharedLink.objects.filter(base_url="https://jobs.example/").count() == 2

    def test_database_refuses_a_double_in_one_language(self, db: None) -> None:
        SharedLinkFactory(base_url="https://jobs.example/")
        with pytest.raises(IntegrityError), transaction.atomic():
            SharedLinkFactory(base_url="https://jobs.example/")


class TestAddress:
    @pytest.mark.parametrize(
        ("path", "url"),
        [
            (None, "https://jobs.example/careers"),
            ("", "https://jobs.example/careers"),
            ("nursing", "https://jobs.example/careers/nursing"),
            ("//evil.example", "https://jobs.example/careers"),
            ("../../x", "https://jobs.example/careers"),
            ("javascript:alert(1)", "https://jobs.example/careers"),
        ],
    )
    def test_takes_a_deep_path_or_leaves_it_out_when_it_is_not_safe(
        self, path: str | None, url: str
    ) -> None:
        assert SharedLink(base_url="https://jobs.example/careers").url_for(path) == url

    @pytest.mark.parametrize(
        ("base_url", "host"),
        [
            ("https://www.jobs.example/careers", "jobs.example"),
            ("https://jobs.example", "jobs.example"),
            ("https://wwwjobs.example/", "wwwjobs.example"),
            ("http://jobs.example:8000/", "jobs.example:8000"),
            ("", ""),
        ],
    )
    def test_host_tells_where_the_link_goes(self, base_url: str, host: str) -> None:
        assert SharedLink(base_url=base_url).host == host


class TestDraft:
    def test_changes_nothing_until_it_is_published(self, db: None) -> None:
        link = SharedLinkFactory(name="Old", base_url="https://old.example/")
        link.name, link.base_url = "New", "https://new.example/"
        revision = link.save_revision()
        live = SharedLink.objects.get(pk=link.pk)
        assert (live.name, live.base_url) == ("Old", "https://old.example/")
        assert live.has_unpublished_changes
        revision.publish()
        live.refresh_from_db()
        assert (live.name, live.base_url) == ("New", "https://new.example/")

    def test_new_one_can_be_a_draft_and_go_live_later(self, db: None) -> None:
        link = SharedLinkFactory(live=False)
        revision = link.save_revision()
        assert not SharedLink.objects.get(pk=link.pk).live
        revision.publish()
        assert SharedLink.objects.get(pk=link.pk).live


class TestAddressOfAnother:
    """One that another link has, or is to have."""

    @pytest.fixture
    def draft(self, db: None) -> SharedLink:
        link = SharedLinkFactory(name="A", base_url="https://old.example/")
        link.base_url = "https://new.example/"
        link.save_revision()
        return link

    def test_in_the_newest_version_of_another_is_refused(self, draft: SharedLink) -> None:
        link = SharedLink(name="B", base_url="https://new.example/", locale=draft.locale)
        with pytest.raises(ValidationError, match="“A” already has this address"):
            link.full_clean()
        link.base_url = "http://www.new.example"
        with pytest.raises(ValidationError, match="“A” already has this address"):
            link.full_clean()

    def test_in_an_older_version_of_another_is_free(self, draft: SharedLink) -> None:
        draft.base_url = "https://newer.example/"
        draft.save_revision()
        SharedLink(name="B", base_url="https://new.example/", locale=draft.locale).full_clean()

    def test_of_another_language_is_free(self, draft: SharedLink, french: Locale) -> None:
        SharedLink(name="B", base_url="https://new.example/", locale=french).full_clean()

    def test_link_that_has_it_can_be_changed(self, draft: SharedLink) -> None:
        SharedLinkFactory(base_url="https://new.example/").full_clean()

    def test_version_with_it_is_not_published(
        self, draft: SharedLink, caplog: pytest.LogCaptureFixture
    ) -> None:
        SharedLinkFactory(name="B", base_url="http://www.new.example/")
        draft.latest_revision.publish()
        saved = SharedLink.objects.get(pk=draft.pk)
        assert (saved.base_url, saved.has_unpublished_changes) == ("https://old.example/", True)
        assert "“B”" in caplog.text

    def test_scheduled_version_with_it_does_not_hold_up_the_others(self, db: None) -> None:
        links = [SharedLinkFactory(base_url=f"https://{name}.example/") for name in "ab"]
        for link in links:
            link.save_revision().publish()
            link.refresh_from_db()
            link.base_url = link.base_url.replace("example", "test")
            link.go_live_at = timezone.now() + timedelta(hours=1)
            link.save_revision().publish()
        SharedLinkFactory(base_url="https://a.test/")
        scheduled = Revision.objects.exclude(approved_go_live_at=None).order_by("pk")
        for minutes, revision in zip((9, 8), scheduled, strict=True):
            past = timezone.now() - timedelta(minutes=minutes)
            revision.content["go_live_at"] = past.isoformat()
            revision.approved_go_live_at = past
            revision.save()
        call_command("publish_scheduled", stdout=StringIO())
        addresses = [SharedLink.objects.get(pk=link.pk).base_url for link in links]
        assert addresses == ["https://a.example/", "https://b.test/"]


class TestTranslation:
    def test_copy_has_the_same_key_and_all_fields(self, french: Locale) -> None:
        link = SharedLinkFactory(
            name="Jobs", purpose=Purpose.VACANCIES, organisation="Jobs Ltd", description="All."
        )
        copy = link.copy_for_translation(french)
        copy.save()
        assert copy.pk != link.pk
        assert copy.translation_key == link.translation_key
        assert copy.locale == french
        for name in ("name", "base_url", "purpose", "organisation", "description"):
            assert getattr(copy, name) == getattr(link, name)

    def test_one_language_has_one_copy(self, french: Locale) -> None:
        link = SharedLinkFactory()
        link.copy_for_translation(french).save()
        again = link.copy_for_translation(french)
        again.base_url = "https://other.example/"
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save()


class TestPreview:
    def soup(self, **values: Any) -> BeautifulSoup:
        link = SharedLinkFactory.build(**values)
        response = link.make_preview_request()
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    def test_shows_the_link_as_it_looks_in_a_list(self, home: Any) -> None:
        soup = self.soup(
            name="NHS Jobs",
            base_url="https://www.jobs.example/",
            purpose="vacancies",
            organisation="Jobs Ltd",
            description="All jobs.",
        )
        item = soup.select_one("main li")
        assert item.a["href"] == "https://www.jobs.example/"
        assert item.a.text == "NHS Jobs"
        for words in ("Vacancies", "jobs.example", "Jobs Ltd", "All jobs."):
            assert words in item.text
        assert soup.h1.text == "NHS Jobs"

    def test_shows_markup_as_text(self, home: Any) -> None:
        hostile = "<script>alert(1)</script>"
        soup = self.soup(name=hostile, organisation=hostile, description=hostile)
        assert soup.h1.text == hostile
        assert not [tag for tag in soup.select("script") if "alert" in tag.text]

    def test_of_an_empty_link_renders(self, home: Any) -> None:
        assert self.soup(name="", base_url="").h1 is not None


def test_str_is_the_name() -> None:
    assert str(SharedLink(name="NHS Jobs")) == "NHS Jobs"


@pytest.mark.parametrize("words", ["Jobs", "Authority", "vacancy search"])
@pytest.mark.usefixtures("search_index")
def test_search_finds_name_organisation_and_description(db: None, words: str) -> None:
    link = SharedLinkFactory(
        name="NHS Jobs", organisation="Business Authority", description="The vacancy search."
    )
    SharedLinkFactory(name="Another site")
    assert [found.pk for found in get_search_backend().search(words, SharedLink)] == [link.pk]


@pytest.mark.parametrize("start", ["NHS", "nh", "Auth"])
@pytest.mark.usefixtures("search_index")
def test_autocomplete_finds_beginnings(db: None, start: str) -> None:
    link = SharedLinkFactory(name="NHS Jobs", organisation="Authority")
    SharedLinkFactory(name="Another site")
    found = get_search_backend().autocomplete(start, SharedLink)
    assert [link.pk for link in found] == [link.pk]
