"""What a page says of itself, as a reader in a browser would see it."""

import codecs

import pytest

from wagtail_careers.link_checks.not_found import is_not_found
from wagtail_careers.link_checks.pages import Page, read_page
from wagtail_careers.web.client import Answer

HTML = {"content-type": "text/html; charset=utf-8"}


@pytest.mark.parametrize(
    "text",
    [
        "404",
        "Page not found | NHS Careers",
        "NHS Careers – Page not found",
        "404 - Page Not Found – Site",
        "Error 404",
        "404: Page not found",
        "Page Not Found (404)",
        "Oops! That page can’t be found.",
        "Sorry, this page isn't available",
        "The page you are looking for could not be found",
        "Sorry, we can't find that page",
        "We couldn’t find the page you’re looking for",
        "This page no longer exists",
        "This job is no longer available",
        "Tudalen heb ei chanfod",
        "Ni chanfuwyd y dudalen",
        "Methu dod o hyd i’r dudalen",
        "Nid yw'r dudalen hon ar gael",
        "404 – Seite nicht gefunden",
        "Diese Seite existiert nicht mehr",
        "Fehler 404",
        "Page introuvable",
        "Cette page n’existe plus",
        "Página no encontrada",
        "Pagina niet gevonden",
        "Pagina non trovata",
        "Página não encontrada",
        "Nie znaleziono strony",
        "الصفحة غير موجودة",
        "ページが見つかりません",
        "页面未找到",
    ],
)
def test_titles_that_say_that_there_is_no_such_page(text: str) -> None:
    assert is_not_found(text)
    assert is_not_found(f"  {text.upper()}\n| Careers")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nursing | NHS Careers",
        "Room 404",
        "How to fix 404 errors",
        "What to do if a page is not found",
        "Lost and found",
        "Error analysis apprentice",
        "Not found your role yet? Search again",
        "Missing persons officer",
        "The role of a nurse is not available everywhere",
        "Fehleranalyse",
        "Error",
        "Sorry",
    ],
)
def test_titles_of_other_pages(text: str) -> None:
    assert not is_not_found(text)


def test_title_is_read_as_browsers_read_it() -> None:
    html = (
        "<svg><title>Not found</title></svg><TITLE>Nursing<h1>Not found</h1></TITLE><h1>Nurse</h1>"
    )
    assert not Page(html, is_whole=True).says_not_found
    html = "<script>'<h1>Not found</h1>'</script><!-- <h1>Not found</h1> --><h1>Nursing</h1>"
    assert not Page(html, is_whole=True).says_not_found
    assert Page("<h1><span>Page</span>\n not&nbsp;found</h1>", is_whole=True).says_not_found
    assert not Page("<h1>Nursing</h1><h1>Not found</h1>", is_whole=True).says_not_found


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"content-type": "text/html; charset=utf-8"}, "<h1>Désolé</h1>".encode()),
        ({"content-type": 'text/html;charset="ISO-8859-1"'}, "<h1>Désolé</h1>".encode("latin-1")),
        ({"content-type": "Text/HTML"}, "<meta charset=latin1><h1>Désolé</h1>".encode("latin-1")),
        (
            {"content-type": "text/html"},
            b"<meta http-equiv=Content-Type content='text/html; charset=windows-1252'>"
            + "<h1>Désolé</h1>".encode("cp1252"),
        ),
        ({"content-type": "text/html"}, "<h1>Désolé</h1>".encode()),
        ({"content-type": "text/html"}, "<h1>Désolé</h1>".encode("cp1252")),
        ({"content-type": "text/html; charset=klingon"}, "<h1>Désolé</h1>".encode("cp1252")),
        ({"content-type": "text/html; charset=zip"}, "<h1>Désolé</h1>".encode("cp1252")),
        (
            {"content-type": "text/html; charset=latin1"},
            codecs.BOM_UTF8 + "<h1>Désolé</h1>".encode(),
        ),
        (
            {"content-type": "application/xhtml+xml"},
            codecs.BOM_UTF16_LE + "<h1>Désolé</h1>".encode("utf-16-le"),
        ),
    ],
)
def test_encoding_is_found_as_browsers_find_it(headers: dict[str, str], body: bytes) -> None:
    page = read_page(Answer(200, headers, body))
    assert page is not None
    assert page.tree.css_first("h1").text() == "Désolé"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"content-type": "application/pdf"},
        {"content-type": "text/plain"},
        {**HTML, "content-encoding": "gzip"},
    ],
)
def test_what_is_no_page_in_plain_html_is_not_read(headers: dict[str, str]) -> None:
    assert read_page(Answer(200, headers, b"<h1>Page not found</h1>")) is None


PLACES = "<h1>Nursing</h1><h2 id='apply'>Apply</h2><a name='äpfel'></a><p id='a b'></p>"


@pytest.mark.parametrize(
    "fragment",
    [
        "apply",
        "%C3%A4pfel",
        "a%20b",
        "top",
        "TOP",
        "",
        ":~:text=nurse",
        "apply:~:text=nurse",
        "!/nursing",
        "/nursing",
        "tab=2",
    ],
)
def test_places_that_a_page_has(fragment: str) -> None:
    assert not Page(PLACES, is_whole=True).lacks(fragment)


@pytest.mark.parametrize("fragment", ["Apply", "how-to-apply", "other:~:text=nurse"])
def test_places_that_a_page_lacks(fragment: str) -> None:
    assert Page(PLACES, is_whole=True).lacks(fragment)


def test_place_may_be_in_the_rest_of_a_page_or_made_by_a_script() -> None:
    assert not Page(PLACES, is_whole=False).lacks("other")
    assert not Page("<div id=root></div><script src=app.js></script>", is_whole=True).lacks("other")
