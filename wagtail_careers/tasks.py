"""Background tasks, run by the engine that the site has configured for django_tasks."""

from datetime import datetime

from django_tasks import task

from wagtail_careers.background import run_in_background
from wagtail_careers.links import running
from wagtail_careers.models import Replacement

__all__ = [
    "check_shared_link",
    "check_shared_links",
    "replace_shared_link",
    "run_in_background",
]


@task()
def check_shared_link(link_pk: int) -> None:
    """Check the address of one shared link, with all deep paths that pages add to it."""
    # Imported here because only a process that checks links needs the network libraries.
    from wagtail_careers.link_checks.run import check_links

    for _check in check_links([link_pk]):
        pass


@task()
def check_shared_links(asked_at: str = "") -> None:
    """Check all addresses in one run, to limit requests to sites with many shared links.

    Addresses checked since ``asked_at``, a time in ISO 8601, are skipped: an earlier run in the
    queue has checked them.
    """
    from wagtail_careers.link_checks.run import check_links

    not_since = datetime.fromisoformat(asked_at) if asked_at else None
    for _check in check_links(not_since=not_since):
        pass


@task()
def replace_shared_link(replacement_pk: int) -> None:
    """Change the waiting pages of a replacement."""
    running.run(Replacement.objects.get(pk=replacement_pk))
