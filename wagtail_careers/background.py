"""The engine that the site has configured for background tasks."""

from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends

#: The backends of django_tasks and of Django that run a task at once, in the calling process.
_IMMEDIATE = frozenset(
    {
        "django_tasks.backends.immediate.ImmediateBackend",
        "django.tasks.backends.immediate.ImmediateBackend",
    }
)


def run_in_background() -> bool:
    """Return whether tasks run in another process. If not, a request would wait for them."""
    backend = type(task_backends[DEFAULT_TASK_BACKEND_ALIAS])
    names = {f"{each.__module__}.{each.__qualname__}" for each in backend.__mro__}
    return names.isdisjoint(_IMMEDIATE)
