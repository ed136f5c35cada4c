"""No page that editors can compose and publish has a finding, whatever is in it, for no reader."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import pytest
from django.contrib.auth import get_user_model
from django.test import override_settings
from hypothesis import HealthCheck, Phase, assume, given, note, settings
from hypothesis import strategies as st
from wagtail.models import Page, PageViewRestriction

pytest.importorskip("axe_selenium_python")

from tests.a11y.live import rolled_back
from tests.factories import RolePageFactory, SharedLinkFactory, lose
from tests.testapp.models import OwnRoleIndexPage, OwnRolePage
from wagtail_careers.choices import Verdict
from wagtail_careers.compositions.pages import Composition, compositions
from wagtail_careers.compositions.publication import Published, publish_what_is_accepted
from wagtail_careers.compositions.texts import KINDS
from wagtail_careers.models import LinkCheck, SharedLink
from wagtail_careers.pages.models import RolePage
from wagtail_careers.testing import browser
from wagtail_careers.testing.checks import NAMES, check_page
from wagtail_careers.testing.modes import LIGHT, MODES, Mode
from wagtail_careers.testing.report import format_report

pytestmark = [pytest.mark.a11y, pytest.mark.hypothesis, pytest.mark.django_db]

IS_FUZZ = not settings.default.derandomize
#: Pages that are published and shown. What is refused does not count.
PAGES = settings.default.max_examples if IS_FUZZ else 300
OWN_PAGES = settings.default.max_examples // 10 if IS_FUZZ else 20


#: Links of one text in prose can lead to different places if the words around them tell them apart
#: (WCAG 2.4.4). Only a reader can say whether they do, so the editor gets a warning.
SAID_BY_LINT = {"same-name"}

#: A walk with the Tab key takes longer than all else, so only some pages get one.
QUICK = frozenset(NAMES) - {"keyboard"}


class View(NamedTuple):
    """How one reader sees a page. Each example has one view: all of all would take too long."""

    mode: Mode
    checks: frozenset[str] = QUICK


VIEWS = st.sampled_from([*(View(mode) for mode in MODES), View(LIGHT, frozenset(NAMES))])


class Shown(NamedTuple):
    """A page that was shown: what was found on it, as readable text, and its HTML."""

    found: str
    html: str
    published: Published


Show = Callable[[Composition, Any, View], Shown | None]


@pytest.fixture(scope="module")
def lost(role_index: Any) -> Iterator[tuple[Any, Any]]:
    """A shared link and a role that are lost after a page that names them was published.

    Besides them, there are others in each state in which an editor finds them: dead, retired,
    taken back, never published, private.
    """
    live, taken_back, dead, retired, lost = (
        SharedLinkFactory(name=name, organisation="NHS", description="All open posts.")
        for name in ("Live", "Taken back", "Dead", "Retired", "Lost")
    )
    for link in (live, taken_back, dead, retired, lost):
        link.save_revision().publish()
    taken_back.unpublish()
    SharedLink.objects.filter(pk=retired.pk).update(successor=live)
    # Some of the demo's own, too: few pages would have a dead link otherwise.
    for each in (dead, *SharedLink.objects.filter(live=True, pk__lt=live.pk).order_by("pk")[::2]):
        LinkCheck.objects.update_or_create(
            shared_link=each,
            url=each.base_url,
            defaults={"verdict": Verdict.GONE, "failing_days": 3},
        )
    SharedLinkFactory(name="Never published", live=False)
    RolePageFactory(parent=role_index, title="Never published", live=False)
    RolePageFactory(parent=role_index, title="Taken back").unpublish()
    private = RolePageFactory(parent=role_index, title="Private")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    role = RolePageFactory(parent=role_index, title="Lost")
    # The server runs in this process.
    with override_settings(WAGTAIL_CAREERS={"SHOW_DEAD_LINKS": True}):
        yield lost, role


@pytest.fixture
def show(driver: Any, live_demo: str, lost: Any) -> Show:
    """A function that publishes a composition and opens it; None if it is refused."""
    editor = get_user_model().objects.get(username="admin")

    def show(composition: Composition, parent: Any, view: View) -> Shown | None:
        with rolled_back():
            published = publish_what_is_accepted(composition, parent, editor)
            if not isinstance(published, Published):
                return None
            link, role = lost
            lose(link)
            # As quickly. What else refers to the role comes back with it.
            pages = Page.objects.filter(pk=role.pk)
            pages._raw_delete(pages.db)
            browser.open_page(driver, live_demo + published.page.url)
            report = check_page(driver, [view.mode], checks=view.checks)
            found = tuple(each for each in report.found if each.problem.rule not in SAID_BY_LINT)
            shown = format_report(replace(report, found=found)) if found else ""
            return Shown(shown, driver.page_source, published)

    return show


#: Parts of stored bodies and of HTML that show what was on a page.
STORED = (
    "linktype='shared-link'",
    "linktype='page'",
    "href='https:",
    "href='mailto:",
    "<b>",
    "<h3 ",
    "<i>",
    "<mark>",
    "<ol>",
    "<ul>",
    "<li><ol>",
)
SHOWN = (
    "careers-contents",
    "careers-dead-link",
    "careers-links",
    "careers-steps",
    "careers-traits",
)


class Reached:
    """What was on the pages that were published: how many had each thing."""

    def __init__(self) -> None:
        self.tried = 0
        self.pages: Counter[str] = Counter()

    def add(self, shown: Shown) -> None:
        page = shown.published.page
        stored = json.dumps(list(page.body.raw_data), ensure_ascii=False).replace('\\"', "'")
        self.pages.update(
            (
                "published",
                *("whole" for _once in range(not shown.published.removed)),
                *{child.block_type for child in page.body},
                *(each for each in STORED if each in stored),
                *(each for each in SHOWN if each in shown.html),
                *(kind for kind, texts in KINDS.items() if any(map(stored.count, texts))),
            )
        )

    def too_few(self, wanted: dict[str, int]) -> dict[str, int]:
        """What fewer pages had than are wanted, and how many."""
        return {key: self.pages[key] for key, least in wanted.items() if self.pages[key] < least}


def show_compositions(model: Any, parent: Any, show: Show, pages: int) -> Reached:
    """Show so many pages of ``model`` to readers, and return what was on them."""
    reached = Reached()

    @settings(
        max_examples=pages,
        # To shrink a page takes minutes in a browser: `make fuzz` does.
        phases=[Phase.generate, Phase.shrink] if IS_FUZZ else [Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(composition=compositions(model), view=VIEWS)
    def no_page_has_a_finding(composition: Composition, view: View) -> None:
        reached.tried += 1
        shown = show(composition, parent, view)
        assume(shown is not None)
        assert shown is not None
        reached.add(shown)
        note("\n".join(("Removed, because it was refused:", *shown.published.removed)))
        assert not shown.found, shown.found

    no_page_has_a_finding()
    return reached


def test_no_role_page_has_a_finding(role_index: Any, show: Show) -> None:
    reached = show_compositions(RolePage, role_index, show, PAGES)
    sections = RolePage._meta.get_field("body").stream_block.child_blocks
    wanted = dict.fromkeys((*sections, *STORED, *KINDS), PAGES // 50)
    wanted |= dict.fromkeys(SHOWN, 1) | {"published": reached.tried // 2}
    assert reached.too_few(wanted) == {}


def test_no_page_with_a_site_s_own_sections_has_a_finding(role_index: Any, show: Show) -> None:
    home = role_index.get_parent()
    with rolled_back():
        parent = home.add_child(instance=OwnRoleIndexPage(title="Own roles", slug="own"))
        reached = show_compositions(OwnRolePage, parent, show, OWN_PAGES)
    assert reached.too_few({"case_study": OWN_PAGES // 10, "quote": OWN_PAGES // 10}) == {}
