from typing import Any

from wagtail.models import PageViewRestriction

from tests.factories import (
    RoleIndexPageFactory,
    RolePageFactory,
    SharedLinkFactory,
    TraitFactory,
    body,
    link_item,
    lose,
    shared_link_html,
    step_item,
)
from wagtail_careers.choices import Verdict
from wagtail_careers.lint.pages import findings_of_pages, page_findings
from wagtail_careers.models import LinkCheck, SharedLink
from wagtail_careers.pages.models import RolePage

RETIRED = "Old link"


def retire() -> None:
    """Retire the links, which a version that is saved later would lose."""
    SharedLink.objects.filter(name=RETIRED).update(successor=SharedLinkFactory())


def full_body(index: Any, number: int) -> list[dict[str, Any]]:
    """A body with ``number`` of everything that there is to say."""
    many = range(number)
    links = [SharedLinkFactory(live=False, name=f"Draft {each}") for each in many]
    retired = SharedLinkFactory.create_batch(number, name=RETIRED)
    dead = SharedLinkFactory.create_batch(number)
    for link in dead:
        LinkCheck.objects.create(
            shared_link=link, url=link.base_url, verdict=Verdict.GONE, failing_days=9
        )
    gone = SharedLinkFactory.create_batch(number)
    lose(*gone)
    managed = SharedLinkFactory.create_batch(number)
    prose = "".join(
        f"<p>{shared_link_html(link, link.name)}</p>" for link in (*links, *retired, *dead, *gone)
    )
    plain = "".join(f'<p><a href="{link.base_url}a?b=1">See</a></p>' for link in managed)
    traits = "".join(f"<p><mark>quality {each}</mark></p>" for each in many)
    drafts = [RolePageFactory(parent=index, live=False) for _ in many]
    return body(
        duties=prose,
        training=plain,
        person_spec=traits,
        application_links={"links": [link_item(link) for link in links]},
        progression={"steps": [step_item(page=page) for page in drafts]},
    )


def test_everything_that_a_body_refers_to_is_looked_up(index: Any) -> None:
    TraitFactory(name="quality")
    page = RolePageFactory(parent=index, body=full_body(index, 1))
    retire()
    assert [finding.rule.id for finding in page_findings(page)] == [
        "trait-new",
        "link-never-published",
        "link-replaced",
        "link-dead",
        "link-deleted",
        "plain-link",
        "link-never-published",
        "page-never-published",
    ]


def test_step_to_a_private_page_is_found_unless_the_role_is_as_private(index: Any) -> None:
    private = RoleIndexPageFactory(parent=index, title="Staff")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    target = RolePageFactory(parent=private, title="Matron", slug="matron")
    steps = body(progression={"steps": [step_item(page=target)]})
    public = RolePageFactory(parent=index, body=steps)
    as_private = RolePageFactory(parent=private, body=steps, slug="sister")
    (finding,) = page_findings(public)
    assert (finding.rule.id, finding.text) == ("page-private", "Matron")
    assert page_findings(as_private) == ()


def test_queries_do_not_depend_on_the_number_of_links_and_pages(
    index: Any, django_assert_num_queries: Any
) -> None:
    made = [RolePageFactory(parent=index, body=full_body(index, number)) for number in (1, 5, 5)]
    for page in made:
        page.save_revision()
    retire()
    pks = [page.pk for page in made]
    roles = RolePage.objects.filter(pk__in=pks).order_by("pk")
    pages = list(roles.prefetch_related("locale", "latest_revision"))
    page_findings(pages[0])  # The content types are cached.
    with django_assert_num_queries(9):
        assert len(page_findings(pages[0])) == 8
    with django_assert_num_queries(9):
        assert len(page_findings(pages[1])) == 40
    with django_assert_num_queries(9):
        assert list(map(len, findings_of_pages(pages))) == [8, 40, 40]


def test_body_without_anything_to_look_up_costs_no_query(
    index: Any, django_assert_num_queries: Any
) -> None:
    page = RolePageFactory(parent=index, body=body())
    page.save_revision()
    assert page.locale
    with django_assert_num_queries(0):
        assert page_findings(page) == ()


def test_newest_version_counts(publish_role: Any) -> None:
    page = publish_role(body=body(duties="<p><mark>juggling</mark></p>"))
    page.body = body(duties="<p><mark>cooking</mark></p>")
    page.save_revision()
    saved = RolePage.objects.get(pk=page.pk)
    assert [finding.text for finding in page_findings(saved)] == ["cooking"]


def test_translation_that_readers_get_is_live(index: Any, add_language: Any) -> None:
    french = add_language("fr")
    draft = SharedLinkFactory(name="Jobs", live=False)
    translation = draft.copy_for_translation(french)
    translation.name, translation.live = "Emplois", True
    translation.save()
    raw = body(application_links={"links": [link_item(draft)]})
    page = RolePageFactory(parent=index, body=raw)
    (finding,) = page_findings(page)
    assert finding.name == "Jobs"
    page.locale = french
    assert page_findings(page) == ()
