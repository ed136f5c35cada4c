"""Where a redirect leads shows in the address, before anybody reads the page."""

import pytest

from wagtail_careers.destinations import Destination, destination, is_own_home

SITE = "https://careers.example"


@pytest.mark.parametrize(
    "final",
    [
        "/Error/404?aspxerrorpath=/nursing",
        "/error",
        "/errors/404.html",
        "/404",
        "/404.aspx",
        "/en/page-not-found",
        "/page_not_found.php",
        "/Pages/PageNotFound.aspx",
        "/notfound/",
        "/custom-error-404",
        "/fehler-404",
        "/404-page-not-found/",
        "/page-404",
        "/error-404-page",
        "/http404",
        "/e404",
        "/sorry-page-not-found",
        "/en/page-not-found-error",
        "/erreur404",
        "/tudalen-heb-ei-chanfod",
        "/search?404;https://careers.example/nursing",
        "/default.aspx?aspxerrorpath=/nursing",
        "/?error=404",
        "http://[",
    ],
)
def test_error_page(final: str) -> None:
    final = final if "://[" in final else f"{SITE}{final}"
    assert destination(f"{SITE}/nursing", final) == Destination.ERROR_PAGE


@pytest.mark.parametrize(
    "final",
    [
        f"{SITE}/login",
        f"{SITE}/Account/LogOn",
        f"{SITE}/users/sign_in",
        f"{SITE}/wp-login.php?redirect_to=x",
        f"{SITE}/auth/realms/careers",
        f"{SITE}/welcome?ReturnUrl=%2Fnursing",
        "https://login.other.example/common?x=1",
        "https://other.example/idp/profile?SAMLRequest=abc",
    ],
)
def test_log_in(final: str) -> None:
    assert destination(f"{SITE}/nursing", final) == Destination.LOG_IN


@pytest.mark.parametrize(
    ("asked", "final", "kind"),
    [
        ("/nursing", "/", Destination.HOME),
        ("/nursing", "/en-gb/index.html", Destination.HOME),
        ("/?p=12", "/", Destination.HOME),
        ("/nursing", "/?ref=nursing", Destination.HOME_WITH_QUERY),
        ("/nursing", "/en/?from=/nursing", Destination.HOME_WITH_QUERY),
        ("/", "https://parked.example/?domain=careers.example", Destination.HOME_WITH_QUERY),
        ("/", "https://other.example/en/", None),
        ("/home", "/", None),
        ("/", "/en/", None),
        ("/", "/?lang=en", None),
    ],
)
def test_home_page(asked: str, final: str, kind: Destination | None) -> None:
    final = final if "://" in final else f"{SITE}{final}"
    assert destination(f"{SITE}{asked}", final) == kind


@pytest.mark.parametrize(
    ("asked", "final"),
    [
        ("/nursing", "/careers/nursing"),
        ("/nursing", "/errors-and-omissions"),
        ("/nursing", "/authors/error-handling"),
        ("/nursing", "/rooms/4040"),
        ("/jobs/404", "/vacancies/404"),
        ("/login", "/account/sign-in"),
        ("/login?returnUrl=/a", "/log-in?return_url=/a"),
    ],
)
def test_page_like_the_one_that_was_asked_for(asked: str, final: str) -> None:
    assert destination(f"{SITE}{asked}", f"{SITE}{final}") is None


@pytest.mark.parametrize(
    ("asked", "final", "expected"),
    [
        ("/home", "/", True),
        ("/", "/cy/?lang=cy", True),
        ("/", "https://other.example/", False),
        ("/?p=12", "/", False),
        ("/nursing", "/", False),
    ],
)
def test_own_home_page(asked: str, final: str, expected: bool) -> None:
    final = final if "://" in final else f"{SITE}{final}"
    assert is_own_home(f"{SITE}{asked}", final) == expected
