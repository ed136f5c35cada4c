"""A strict Content-Security-Policy on the public pages (https://www.w3.org/TR/CSP3/)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]


def content_security_policy(get_response: GetResponse) -> GetResponse:
    """Send ``default-src 'self'`` on all pages except the admin, which needs more sources."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # Logged-in users see the userbar, which needs more sources. Readers never see it.
        if not request.path.startswith("/admin/") and not request.user.is_authenticated:
            response.headers.setdefault("Content-Security-Policy", "default-src 'self'")
        return response

    return middleware
