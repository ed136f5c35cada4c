"""Two sites in one project, each with its own host, home page and roles, behind a cache."""

from tests.settings import *  # noqa: F403

SECOND_HOST = "second.example"
WAGTAILFRONTENDCACHE = {"default": {"BACKEND": "tests.caches.recorder.Recorder"}}
