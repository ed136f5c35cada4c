"""What is done in the background, by whichever engine the site has set up for django_tasks."""

from datetime import datetime

from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task, task_backends

from wagtail_careers.links import replacements
from wagtail_careers.models import Replacement

#: Those that are done at once, by the process that asks: that of django_tasks and Django's own.
_IMMEDIATE = frozenset(
    {
        "django_tasks.backends.immediate.ImmediateBackend",
        "django.tasks.backends.immediate.ImmediateBackend",
    }
)


@task()
def check_shared_link(link_pk: int) -> None:
    """Check the address of one shared link, and each address that pages make of it."""
    # Only a process that checks links needs what it takes to make connections.
    from wagtail_careers.link_checks.run import check_links

    for _check in check_links([link_pk]):
        pass


@task()
def check_shared_links(asked_at: str = "") -> None:
    """Check all addresses in one run, which is polite to sites that many links lead to.

    Those that were checked since ``asked_at``, a time in ISO 8601, are left out: another run
    that waited in the queue has done it.
    """
    from wagtail_careers.link_checks.run import check_links

    not_since = datetime.fromisoformat(asked_at) if asked_at else None
    for _check in check_links(not_since=not_since):
        pass


@task()
def replace_shared_link(replacement_pk: int) -> None:
    """Change the pages of a replacement that are waiting."""
    replacements.run(Replacement.objects.get(pk=replacement_pk))


def run_in_background() -> bool:
    """Whether tasks run elsewhere. If not, a request would wait for them."""
    backend = type(task_backends[DEFAULT_TASK_BACKEND_ALIAS])
    names = {f"{each.__module__}.{each.__qualname__}" for each in backend.__mro__}
    return names.isdisjoint(_IMMEDIATE)
