from collections import Counter
from io import StringIO

from bs4 import BeautifulSoup
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command
from django.test import TestCase
from wagtail.models import Page, Revision

from example_site.demo.management.commands.load_demo import PASSWORD, USER
from example_site.home.models import HomePage
from tests.conftest import plant_root
from wagtail_careers.blocks.completeness import completeness
from wagtail_careers.links.usage import pages_using, usage_counts
from wagtail_careers.models import (
    AlternativeTitle,
    LinkCheck,
    RoleCategory,
    RoleTrait,
    SharedLink,
    Step,
    Trait,
)
from wagtail_careers.pages.models import RoleIndexPage, RolePage
from wagtail_careers.publishing import publishing_problems

IMAGING = "/roles/clinical-imaging-apprentice/"


def load_demo() -> str:
    out = StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


class DemoTestCase(TestCase):
    """Loads the demonstration once for the class; each test sees it untouched."""

    @classmethod
    def setUpTestData(cls) -> None:
        plant_root()
        cls.said = load_demo()


def numbers() -> dict[str, int]:
    models = (Page, SharedLink, RoleCategory, Trait, RoleTrait, Step, AlternativeTitle, Revision)
    return {model.__name__: model.objects.count() for model in models}


class TestContent(DemoTestCase):
    def test_has_a_dozen_complete_live_roles_or_more(self) -> None:
        roles = RolePage.objects.live()
        assert len(roles) >= 12
        for role in roles:
            assert completeness(role.body.stream_block, role.body.raw_data).is_complete, role.title

    def test_has_drafts_with_something_left_to_do(self) -> None:
        drafts = [page.get_latest_revision_as_object() for page in RolePage.objects.not_live()]
        states = [completeness(draft.body.stream_block, draft.body.raw_data) for draft in drafts]
        assert any(state.empty for state in states)
        assert any(state.unused for state in states)
        assert all(publishing_problems(draft) for draft in drafts)

    def test_has_a_link_that_is_not_published_and_one_that_is_dead(self) -> None:
        draft = SharedLink.objects.get(live=False)
        assert draft.first_published_at is None
        (dead,) = LinkCheck.objects.needing_attention()
        assert dead.is_dead
        assert dead.shared_link.live
        live = {page.pk for page in pages_using(dead.shared_link) if page.live}
        assert live

    def test_every_live_role_could_be_published_by_the_form(self) -> None:
        for role in RolePage.objects.live():
            role.full_clean()
            role.body.stream_block.clean(role.body)

    def test_has_two_categories_in_use(self) -> None:
        used = Counter(RolePage.objects.values_list("category__name", flat=True))
        assert set(used) == set(RoleCategory.objects.values_list("name", flat=True))
        assert len(used) == 2
        assert min(used.values()) >= 3
        assert RoleCategory.objects.filter(is_apprenticeship=True).count() == 1

    def test_shared_links_are_used_by_many_roles(self) -> None:
        users = usage_counts(SharedLink.objects.all())
        assert all(users.values()), "a link that no role uses shows nothing"
        assert sum(number >= 5 for number in users.values()) >= 3

    def test_shared_links_are_valid(self) -> None:
        for link in SharedLink.objects.all():
            link.full_clean()

    def test_progression_connects_roles(self) -> None:
        steps = Step.objects.filter(target__isnull=False)
        assert len({step.page_id for step in steps}) >= 8
        assert len({step.target_id for step in steps}) >= 6
        assert Step.objects.values("relation").distinct().count() == 4

    def test_traits_are_shared_by_roles(self) -> None:
        used = Counter(RoleTrait.objects.values_list("trait__name", flat=True))
        assert len(used) >= 10
        assert used.most_common(1)[0][1] >= 4

    def test_roles_are_linked_from_prose_in_the_database_form(self) -> None:
        for role in RolePage.objects.all():
            stored = str(list(role.body.raw_data))
            assert 'key="' not in stored, role.title
            assert 'slug="' not in stored, role.title


class TestPages(DemoTestCase):
    def test_every_page_opens_and_every_link_within_leads_somewhere(self) -> None:
        seen: set[str] = set()
        waiting = ["/"]
        while waiting:
            url = waiting.pop()
            seen.add(url)
            response = self.client.get(url)
            assert response.status_code == 200, url
            soup = BeautifulSoup(response.content, "html.parser")
            ids = {tag["id"] for tag in soup.select("[id]")}
            for link in soup.select("a"):
                href = link["href"]
                if href.startswith("#"):
                    assert href[1:] in ids, (url, href)
                elif href.startswith("/") and href not in seen:
                    waiting.append(href)
        assert IMAGING in seen
        assert len(seen) >= 14

    def test_imaging_apprentice_is_at_its_address(self) -> None:
        soup = BeautifulSoup(self.client.get(IMAGING).content, "html.parser")
        assert soup.h1.text == "Clinical imaging apprentice"
        assert soup.select("mark.careers-trait")
        assert "healthcareers.nhs.uk" in str(soup.article)

    def test_index_lists_every_role(self) -> None:
        soup = BeautifulSoup(self.client.get("/roles/").content, "html.parser")
        assert len(soup.select("main li")) == RolePage.objects.live().count()


class TestAgain(DemoTestCase):
    def test_is_harmless(self) -> None:
        before = numbers()
        said = load_demo()
        assert numbers() == before
        assert said.startswith("0 roles added")

    def test_leaves_edits_alone(self) -> None:
        role = RolePage.objects.get(slug="cook")
        role.title = "Chef"
        role.save_revision().publish()
        SharedLink.objects.filter(base_url="https://www.ucas.com/").update(name="UCAS Hub")
        RoleCategory.objects.filter(slug="careers").update(name="Jobs")
        home = HomePage.objects.get()
        home.title = "Welcome"
        home.save_revision().publish()
        load_demo()
        assert RolePage.objects.get(slug="cook").title == "Chef"
        assert SharedLink.objects.get(base_url="https://www.ucas.com/").name == "UCAS Hub"
        assert RoleCategory.objects.get(slug="careers").name == "Jobs"
        assert HomePage.objects.get().title == "Welcome"

    def test_brings_back_a_role_that_was_deleted_and_only_that(self) -> None:
        before = RolePage.objects.count()
        RolePage.objects.get(slug="cook").delete()
        assert load_demo().startswith("1 roles added")
        assert RolePage.objects.count() == before

    def test_leaves_a_changed_password_alone(self) -> None:
        user = get_user_model().objects.get(username=USER)
        user.set_password("changed")
        user.save()
        load_demo()
        user.refresh_from_db()
        assert user.check_password("changed")


class TestFirstTime(DemoTestCase):
    def test_makes_the_tree(self) -> None:
        assert HomePage.objects.get().url == "/"
        assert RoleIndexPage.objects.get().url == "/roles/"

    def test_says_how_many_roles_there_are_and_how_to_log_in(self) -> None:
        number = RolePage.objects.count()
        assert self.said.startswith(f"{number} roles added, {number} in all.")
        assert USER in self.said
        assert PASSWORD in self.said

    def test_makes_a_user_who_may_do_everything(self) -> None:
        user = authenticate(username=USER, password=PASSWORD)
        assert user is not None
        assert user.is_superuser
        assert self.client.login(username=USER, password=PASSWORD)
        for path in ("/admin/", "/admin/careers/shared-links/", "/admin/careers/traits/"):
            assert self.client.get(path).status_code == 200
