from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.factories import SharedLinkFactory
from wagtail_careers.choices import LinkState, Verdict
from wagtail_careers.links.states import link_states
from wagtail_careers.models import LinkCheck, SharedLink


def dead(link: Any, path: str = "", **values: Any) -> None:
    LinkCheck.objects.create(
        shared_link=link,
        deep_path=path,
        url=link.url_for(path),
        **{"verdict": Verdict.GONE, "failing_days": 9, **values},
    )


def test_each_use_has_its_own_state(db: None, django_assert_num_queries: Any) -> None:
    live, draft, ignored = SharedLinkFactory(), SharedLinkFactory(live=False), SharedLinkFactory()
    retired = SharedLinkFactory(successor=live)
    dead(live, "gone")
    dead(live, "slow", failing_days=1)
    dead(draft)
    dead(ignored, ignored_until=timezone.localdate() + timedelta(days=1))
    with django_assert_num_queries(2):
        links = SharedLink.objects.in_bulk([live.pk, draft.pk, ignored.pk, retired.pk, 4040])
        states = link_states(
            [
                (live.pk, ""),
                (live.pk, "gone"),
                (live.pk, "slow"),
                (draft.pk, ""),
                (ignored.pk, ""),
                (retired.pk, "gone"),
                (4040, ""),
                (10**30, ""),
            ],
            links,
        )
    assert states == {
        (live.pk, ""): LinkState.LIVE,
        (live.pk, "gone"): LinkState.DEAD,
        (live.pk, "slow"): LinkState.LIVE,
        (draft.pk, ""): LinkState.DRAFT,
        (ignored.pk, ""): LinkState.LIVE,
        (retired.pk, "gone"): LinkState.RETIRED,
        (4040, ""): LinkState.MISSING,
        (10**30, ""): LinkState.MISSING,
    }


def test_no_uses_cost_no_query(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert link_states([], {}) == {}
