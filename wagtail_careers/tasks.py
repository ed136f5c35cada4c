"""Background tasks, run by the engine that the site has configured for django_tasks."""

from datetime import datetime

from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task, task_backends

from wagtail_careers.links import replacements
from wagtail_careers.models import Replacement

#: The backends of django_tasks and of Django that run a task at once, in the calling process.
_IMMEDIATE = frozenset(
    {
        "django_tasks.backends.immediate.ImmediateBackend",
        "django.tasks.backends.immediate.ImmediateBackend",
    }
)


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
    replacements.run(Replacement.objects.get(pk=replacement_pk))


def run_in_background() -> bool:
    """Return whether tasks run in another process. If not, a request would wait for them."""
    backend = type(task_backends[DEFAULT_TASK_BACKEND_ALIAS])
    names = {f"{each.__module__}.{each.__qualname__}" for each in backend.__mro__}
    return names.isdisjoint(_IMMEDIATE)
