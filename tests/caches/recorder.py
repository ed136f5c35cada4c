"""A front-end cache that only notes what it is asked to purge."""

from wagtail.contrib.frontend_cache.backends import BaseBackend


class Recorder(BaseBackend):
    urls: list[str] = []

    def purge(self, url: str) -> None:
        self.urls.append(url)
