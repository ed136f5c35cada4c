from ipaddress import ip_network

import pytest

from tests.web.hostile import HOSTILE_IPS, HOSTILE_URLS
from wagtail_careers.web.addresses import AddressPolicy, RefusedAddress, port_of

POLICY = AddressPolicy()


def test_the_table_of_hostile_addresses_is_long_enough() -> None:
    assert len(set(HOSTILE_URLS)) == len(HOSTILE_URLS) >= 40


@pytest.mark.parametrize("url", HOSTILE_URLS)
def test_hostile_addresses_are_refused(url: str) -> None:
    with pytest.raises(RefusedAddress):
        POLICY.parse(url)


@pytest.mark.parametrize("ip", HOSTILE_IPS)
def test_addresses_that_are_not_public_are_refused(ip: str) -> None:
    with pytest.raises(RefusedAddress, match="is not a public IP address"):
        POLICY.check_ip(ip)


@pytest.mark.parametrize(
    "ip", ["8.8.8.8", "1.1.1.1", "193.0.0.1", "2606:4700::1111", "2a00:1450::1", "64:ff9b::808:808"]
)
def test_public_addresses_are_allowed(ip: str) -> None:
    POLICY.check_ip(ip)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://careers.example", "https://careers.example/"),
        ("HTTP://Careers.Example/A?b=c#d", "http://careers.example/A?b=c#d"),
        ("https://careers.example./x", "https://careers.example/x"),
        ("https://bücher.example/ö", "https://xn--bcher-kva.example/%C3%B6"),
        ("https://faß.example/", "https://xn--fa-hia.example/"),
        ("https://my_site.careers.example/", "https://my_site.careers.example/"),
        ("https://careers.example:443/", "https://careers.example/"),
        ("https://careers.example:80/", "https://careers.example:80/"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
        ("https://careers.example/@someone", "https://careers.example/@someone"),
        ("https://careers.example?to=a@b", "https://careers.example/?to=a@b"),
        ("https://careers.example/a\\b", "https://careers.example/a/b"),
        ("https:\\\\careers.example\\a", "https://careers.example/a"),
        ("https:careers.example/a", "https://careers.example/a"),
        ("http:///careers.example/a", "http://careers.example/a"),
        (" https://careers.example/a b\n", "https://careers.example/a%20b"),
        ("https://careers.example\t/a\nb", "https://careers.example/ab"),
        ("https://careers.example/a/../b/./c", "https://careers.example/b/c"),
        ("https://careers.example/%zz|a?b=%|", "https://careers.example/%zz|a?b=%|"),
        ("https://4.careers.example/", "https://4.careers.example/"),
        ("https://localhost.example/", "https://localhost.example/"),
    ],
)
def test_public_names_are_allowed(text: str, url: str) -> None:
    assert str(POLICY.parse(text)) == url


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/b?c", "https://careers.example/b?c"),
        ("b", "https://careers.example/a/b"),
        ("//other.example/", "https://other.example/"),
        ("http://other.example/x", "http://other.example/x"),
        ("", "https://careers.example/a/"),
        ("?c", "https://careers.example/a/?c"),
        ("\\b\\c", "https://careers.example/b/c"),
        ("\\\\other.example\\b", "https://other.example/b"),
        ("https:b", "https://careers.example/a/b"),
        ("https:/b", "https://careers.example/b"),
        ("http:/other.example", "http://other.example/"),
        ("/b c\t", "https://careers.example/b%20c"),
        ("/b%FC", "https://careers.example/b%FC"),
        ("//b%C3%BCcher.example/", "https://xn--bcher-kva.example/"),
    ],
)
def test_redirects_are_relative_to_where_they_come_from(location: str, url: str) -> None:
    assert str(POLICY.parse(location, POLICY.parse("https://careers.example/a/"))) == url


@pytest.mark.parametrize(
    "location",
    [
        "//127.0.0.1/",
        "//a@careers.example/",
        "//@careers.example/",
        "\\\\@careers.example/",
        "\\\\127.0.0.1",
        "/\t/127.0.0.1/",
        "http:127.0.0.1",
        "//localhost",
        "//134744072",
        "x:y",
    ],
)
def test_relative_redirects_are_no_way_round(location: str) -> None:
    with pytest.raises(RefusedAddress):
        POLICY.parse(location, POLICY.parse("https://careers.example/a/"))


def test_ports_are_those_that_the_site_allows() -> None:
    policy = AddressPolicy(ports=frozenset({443, 8443}))
    assert port_of(policy.parse("https://careers.example:8443/")) == 8443
    with pytest.raises(RefusedAddress, match="Port 80 is not allowed"):
        policy.parse("http://careers.example/")


def test_an_exception_allows_one_network_and_no_other() -> None:
    policy = AddressPolicy(exceptions=(ip_network("127.0.1.0/24"),))
    policy.check_ip("127.0.1.7")
    assert port_of(policy.parse("http://127.0.1.7/")) == 80
    for ip in ("127.0.0.1", "::ffff:127.0.1.7", "10.0.0.1"):
        with pytest.raises(RefusedAddress):
            policy.check_ip(ip)
