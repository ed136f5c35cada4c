import json
from typing import Any

import pytest

from tests.factories import body, link_item, shared_link_html
from wagtail_careers.links.plain_links import (
    PlainLink,
    SharedTarget,
    plain_links,
    share_plain_links,
)
from wagtail_careers.pages.models import RolePage

NHS = '<a href="https://www.nhs.uk/jobs?a=1&amp;b=2#c">the <b>NHS</b> site</a>'


def content(**sections: Any) -> dict[str, Any]:
    return {"pk": 9, "title": NHS, "body": json.dumps(body(**sections)), "category": 3}


PAGE = content(
    heading=f"<p>{NHS}</p>",
    duties=f'<p>See {shared_link_html(3, "jobs")}, <a linktype="page" id="3">it</a> or {NHS}.</p>',
    application_links={"prose": "<p></p>", "links": [link_item(3, note=NHS)]},
)


def test_have_address_text_and_section_in_order() -> None:
    address = "https://www.nhs.uk/jobs?a=1&b=2#c"
    assert plain_links(RolePage, PAGE) == [
        PlainLink(address, "the NHS site", "heading"),
        PlainLink(address, "the NHS site", "duties"),
    ]


@pytest.mark.parametrize(
    ("opening", "address"),
    [
        ('href="HTTPS://WWW.NHS.UK/"', "HTTPS://WWW.NHS.UK/"),
        ('href="http://nhs.uk:8080"', "http://nhs.uk:8080"),
        (
            'href="https://a.example/o&#x27;neill?q=&quot;x&quot;"',
            'https://a.example/o\'neill?q="x"',
        ),
        ('href="https://a.example/?a=1&copy=2"', "https://a.example/?a=1&copy=2"),
        ('href="https://a.example/?a=&amp;amp;"', "https://a.example/?a=&amp;"),
        ('target="_blank" href="https://a.example/" rel="x"', "https://a.example/"),
        ('href="//a.example/x"', "https://a.example/x"),
        (r'href="/\a.example\x?b=\"', "https://a.example/x?b=%5C"),
        ('href=" https://a.example/my file.pdf"', "https://a.example/my%20file.pdf"),
        ('href="http:a.example"', "http://a.example"),
        ('href="http://intranet/x"', "http://intranet/x"),
    ],
)
def test_address_is_read_as_a_browser_does(opening: str, address: str) -> None:
    page = content(duties=f"<p><a {opening}>x</a></p>")
    assert [link.address for link in plain_links(RolePage, page)] == [address]


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.a.example:8080/", "a.example:8080"),
        ("//a.example/", "a.example"),
        ("http://intranet/", "intranet"),
    ],
)
def test_have_a_host(address: str, host: str) -> None:
    (link,) = plain_links(RolePage, content(duties=f'<p><a href="{address}">x</a></p>'))
    assert link.host == host


@pytest.mark.parametrize(
    "opening",
    [
        'href="mailto:a@b.example"',
        'href="tel:123"',
        'href="#apply"',
        'href="/roles/"',
        'href="javascript:alert(1)"',
        'href="java&#x73;cript:alert(1)//https://a.example/"',
        'href="ftp://a.example/"',
        'href="https://user:secret@a.example/"',
        'href="https://a.example\\@b.example/"',
        'href="https://"',
        'href="https://[::1"',
        'data-href="https://a.example/"',
        'linktype="document" id="3" href="https://a.example/"',
        "",
    ],
)
def test_other_links_are_not_plain_links(opening: str) -> None:
    page = content(duties=f"<p><a {opening}>x</a></p>")
    assert plain_links(RolePage, page) == []
    assert share_plain_links(RolePage, page, lambda _link: SharedTarget(1, "")) == page


def test_link_becomes_a_shared_link_and_the_rest_stays() -> None:
    page = content(duties=f"<p>Before {NHS}, <a href='x'>after</a> &amp; é.</p>")
    changed = share_plain_links(RolePage, page, lambda _link: SharedTarget(7, 'a?b=1&c="2"'))
    expected = page["body"].replace(
        json.dumps('<a href="https://www.nhs.uk/jobs?a=1&amp;b=2#c">')[1:-1],
        json.dumps('<a linktype="shared-link" id="7" path="a?b=1&amp;c=&quot;2&quot;">')[1:-1],
    )
    assert changed == {**page, "body": expected}


def test_link_to_the_base_itself_has_no_path() -> None:
    changed = share_plain_links(RolePage, PAGE, lambda _link: SharedTarget(7, ""))
    assert json.loads(changed["body"])[0]["value"]["introduction"] == (
        '<p><a linktype="shared-link" id="7">the <b>NHS</b> site</a></p>'
    )


def test_links_without_a_target_stay() -> None:
    def share(link: PlainLink) -> SharedTarget | None:
        return SharedTarget(7, "") if link.section == "heading" else None

    changed = share_plain_links(RolePage, PAGE, share)
    assert [link.section for link in plain_links(RolePage, changed)] == ["duties"]
    assert share_plain_links(RolePage, PAGE, lambda _link: None) == PAGE


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.nhs.uk/jobs", "nhs.uk"),
        ("HTTP://NHS.UK", "nhs.uk"),
        ("http://nhs.uk:80/", "nhs.uk"),
        ("https://nhs.uk:8443/", "nhs.uk:8443"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
    ],
)
def test_host_is_named_as_a_shared_link_names_it(address: str, host: str) -> None:
    assert PlainLink(address, "", "").host == host
