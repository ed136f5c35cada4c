"""A server of this site, in a thread, for the browser of an audit.

It serves pages, static files and media, also if ``DEBUG`` is off. Only this machine reaches it.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Thread
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from django.core.files.storage.filesystem import FileSystemStorage
from django.core.servers.basehttp import (
    ThreadedWSGIServer,
    WSGIRequestHandler,
    get_internal_wsgi_application,
)
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.request import validate_host
from django.views.static import serve
from wagtail.models import Site

HOST = "127.0.0.1"


@contextmanager
def serving(sites: Iterable[int]) -> Iterator[dict[int, str]]:
    """Serve the sites with these keys. Give the address of each, without a slash at the end."""
    with ExitStack() as stack:
        yield {
            site.pk: stack.enter_context(_serving(site))
            for site in Site.objects.filter(pk__in=list(sites))
        }


@contextmanager
def _serving(site: Site) -> Iterator[str]:
    server = ThreadedWSGIServer((HOST, 0), _QuietHandler)
    server.set_app(_AsSite(_Media(_Static(get_internal_wsgi_application())), site))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _QuietHandler(WSGIRequestHandler):
    """Logs no requests: they would stand in the middle of the progress bar."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


class _AsSite:
    """Asks the application for the pages of one site, whatever address the browser used.

    Wagtail chooses the site by its host name, and Django refuses those that it does not know.
    """

    def __init__(self, application: Any, site: Site) -> None:
        self._application = application
        self._host = host_of(site.hostname, settings.ALLOWED_HOSTS)
        self._port = str(site.port)
        # A site that insists on https would redirect the browser to an address without a server.
        self._scheme = "https" if site.port == 443 or settings.SECURE_SSL_REDIRECT else "http"

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ["HTTP_HOST"] = self._host
        environ["SERVER_PORT"] = self._port
        environ["wsgi.url_scheme"] = self._scheme
        if settings.SECURE_PROXY_SSL_HEADER and self._scheme == "https":
            name, value = settings.SECURE_PROXY_SSL_HEADER
            environ[name] = value
        answer: Iterable[bytes] = self._application(environ, start_response)
        return answer


def host_of(hostname: str, allowed: Iterable[str]) -> str:
    """Return the host name for requests: that of the site, or else one that Django allows."""
    allowed = list(allowed)
    if not allowed or validate_host(hostname, allowed):
        # Without any, Django allows those of this machine while DEBUG is on.
        return hostname if allowed else "localhost"
    return next((name.lstrip(".") for name in allowed if name != "*"), hostname)


class _Static(StaticFilesHandler):
    """Serves static files as they were collected, or else from where the apps keep them."""

    def serve(self, request: HttpRequest) -> HttpResponse | FileResponse:
        path = self.file_path(request.path)
        if settings.STATIC_ROOT and _has(staticfiles_storage, path):
            return _file(request, path, settings.STATIC_ROOT)
        return super().serve(request)


class _Media(StaticFilesHandler):
    """Serves the files of editors, if they are on this machine."""

    def get_base_url(self) -> str:
        return settings.MEDIA_URL

    def _should_handle(self, path: str) -> bool:
        # Without a setting, the address is that of the whole site.
        is_own = urlsplit(settings.MEDIA_URL).path.strip("/") != ""
        is_here = isinstance(default_storage, FileSystemStorage) or bool(settings.MEDIA_ROOT)
        return is_own and is_here and super()._should_handle(path)

    def serve(self, request: HttpRequest) -> HttpResponse | FileResponse:
        return _file(request, self.file_path(request.path), settings.MEDIA_ROOT)


def _file(request: HttpRequest, path: str, folder: Any) -> HttpResponse | FileResponse:
    answer: Any = serve(request, path, document_root=str(folder))
    return cast(HttpResponse | FileResponse, answer)


def _has(storage: Any, path: str) -> bool:
    return isinstance(storage, FileSystemStorage) and storage.exists(path)
