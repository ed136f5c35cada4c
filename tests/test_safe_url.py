import random
import string
import unicodedata
from urllib.parse import unquote, urlsplit

import pytest
from django.core.exceptions import ValidationError

from wagtail_careers.safe_url import (
    clean_base_url,
    clean_deep_path,
    destination_key,
    destinations_above,
    join_url,
    path_below,
)

SCHEME = "Enter a complete web address that starts with “https://” or “http://”."
INCOMPLETE = "Enter a complete web address, for example “https://www.jobs.nhs.uk/”."
NO_URL = "Enter a valid URL."
DECEPTIVE = "Remove spaces, backslashes and invisible characters from the address."
CREDENTIALS = "Remove the user name and password from the address."

HOSTILE_BASES = [
    # Other schemes, none, and ones without a host.
    ("", SCHEME),
    ("   ", SCHEME),
    ("javascript:alert(1)", SCHEME),
    ("JaVaScRiPt:alert(1)", SCHEME),
    ("javascript://jobs.example/%0aalert(1)", SCHEME),
    ("data:text/html,<script>alert(1)</script>", SCHEME),
    ("vbscript:msgbox(1)", SCHEME),
    ("file:///etc/passwd", SCHEME),
    ("ftp://jobs.example/", SCHEME),
    ("mailto:jobs@jobs.example", SCHEME),
    ("blob:https://jobs.example/1", SCHEME),
    ("ws://jobs.example/", SCHEME),
    ("//evil.example/", SCHEME),
    ("///evil.example/", SCHEME),
    ("/jobs", SCHEME),
    ("jobs.example", SCHEME),
    ("www.jobs.example/careers", SCHEME),
    ("https:", SCHEME),
    ("https://", SCHEME),
    ("https:///jobs", SCHEME),
    ("https:jobs.example", SCHEME),
    ("https:/jobs.example", SCHEME),
    # Credentials.
    ("https://user@jobs.example/", CREDENTIALS),
    ("https://user:secret@jobs.example/", CREDENTIALS),
    ("https://@jobs.example/", CREDENTIALS),
    ("https://:@jobs.example/", CREDENTIALS),
    ("https://jobs.example@evil.example/", CREDENTIALS),
    ("https://jobs.example%2f@evil.example/", CREDENTIALS),
    ("https://user@[::1]/", CREDENTIALS),
    # Characters that browsers drop or read as others, and those that nobody sees.
    ("java\tscript:alert(1)", DECEPTIVE),
    ("java\nscript:alert(1)", DECEPTIVE),
    ("https://jobs.example/a b", DECEPTIVE),
    ("https://jobs .example/", DECEPTIVE),
    ("https://jobs.example\t.evil.example/", DECEPTIVE),
    ("https://jobs.example/a\r\nb", DECEPTIVE),
    ("https://jobs.example/\x00", DECEPTIVE),
    ("https://jobs.example/\x1fx", DECEPTIVE),
    ("https://jobs.example/\x7fx", DECEPTIVE),
    ("https://jobs.example/\x85x", DECEPTIVE),
    ("https://jobs.example/\xa0x", DECEPTIVE),
    ("https://jobs.example/\xadx", DECEPTIVE),
    ("https://jobs.example/\u2028x", DECEPTIVE),
    ("https://jobs.example/\u202egnp.exe", DECEPTIVE),
    ("https://jobs.example/\u2066x", DECEPTIVE),
    ("https://jobs\u200b.example/", DECEPTIVE),
    ("\ufeffhttps://jobs.example/", DECEPTIVE),
    ("https://jobs.example/\ud800", DECEPTIVE),
    (r"https:\\evil.example\jobs", DECEPTIVE),
    (r"https://jobs.example\@evil.example/", DECEPTIVE),
    (r"\\evil.example", DECEPTIVE),
    # Ports.
    ("https://jobs.example:99999/", INCOMPLETE),
    ("https://jobs.example:65536/", INCOMPLETE),
    ("https://jobs.example:-1/", INCOMPLETE),
    ("https://jobs.example:http/", INCOMPLETE),
    ("https://jobs.example:\uff18\uff10/", INCOMPLETE),
    # IPv6.
    ("https://[::1/", INCOMPLETE),
    ("https://[::1]evil.example/", INCOMPLETE),
    ("https://evil.example[::1]/", INCOMPLETE),
    ("https://[zzz]/", INCOMPLETE),
    ("https://::1/", INCOMPLETE),
    ("https://[fe80::1%25eth0]/", NO_URL),
    # Hosts that are none.
    ("https://-jobs.example/", NO_URL),
    ("https://jobs..example/", NO_URL),
    ("https://.example/", NO_URL),
    ("https://%6aobs.example/", NO_URL),
    ("https://jobs.example%00.evil.example/", NO_URL),
    ("https://<script>/", NO_URL),
    ('https://jobs.example"onclick=alert(1)/', NO_URL),
    ("http://2130706433/", NO_URL),
    ("https://evil.example\uff0f.jobs.example/", INCOMPLETE),
    (f"https://{'a' * 64}.example/", NO_URL),
    (f"https://{'a.' * 200}example/", NO_URL),
    (f"https://jobs.example/{'a' * 3000}", NO_URL),
]


@pytest.mark.parametrize(("text", "message"), HOSTILE_BASES, ids=ascii)
def test_hostile_base_url_is_refused_with_advice(text: str, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        clean_base_url(text)
    # Python's own releases differ in what they accept between brackets.
    expected = {message, NO_URL, INCOMPLETE} if "[" in text else {message}
    assert len(caught.value.messages) == 1
    assert caught.value.messages[0] in expected


#: By Unicode name, so that the list does not share its notation with the code.
INVISIBLE = (
    "ARABIC LETTER MARK",
    "MONGOLIAN VOWEL SEPARATOR",
    "EN QUAD",
    "HAIR SPACE",
    "ZERO WIDTH SPACE",
    "ZERO WIDTH JOINER",
    "LEFT-TO-RIGHT MARK",
    "RIGHT-TO-LEFT MARK",
    "LINE SEPARATOR",
    "PARAGRAPH SEPARATOR",
    "LEFT-TO-RIGHT EMBEDDING",
    "RIGHT-TO-LEFT OVERRIDE",
    "NARROW NO-BREAK SPACE",
    "MEDIUM MATHEMATICAL SPACE",
    "WORD JOINER",
    "FIRST STRONG ISOLATE",
    "POP DIRECTIONAL ISOLATE",
    "NOMINAL DIGIT SHAPES",
    "IDEOGRAPHIC SPACE",
    "ZERO WIDTH NO-BREAK SPACE",
    "NO-BREAK SPACE",
    "SOFT HYPHEN",
)


@pytest.mark.parametrize("name", INVISIBLE)
def test_invisible_characters_are_refused(name: str) -> None:
    character = unicodedata.lookup(name)
    with pytest.raises(ValidationError, match="invisible"):
        clean_base_url(f"https://jobs.example/a{character}b")
    with pytest.raises(ValidationError, match="invisible"):
        clean_deep_path(f"a{character}b")


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("https://jobs.example/", "https://jobs.example/"),
        ("  https://jobs.example/\n", "https://jobs.example/"),
        ("HTTPS://Jobs.Example", "https://jobs.example/"),
        ("http://jobs.example/", "http://jobs.example/"),
        ("https://jobs.example/Careers/", "https://jobs.example/Careers/"),
        ("https://jobs.example?q=Nurse", "https://jobs.example/?q=Nurse"),
        ("https://jobs.example#top", "https://jobs.example/#top"),
        ("https://jobs.example:8443/a", "https://jobs.example:8443/a"),
        ("https://jobs.example:65535/", "https://jobs.example:65535/"),
        ("https://jobs.example:/a", "https://jobs.example/a"),
        ("https://[::1]/", "https://[::1]/"),
        ("https://[2001:DB8::1]:8000/a", "https://[2001:db8::1]:8000/a"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/"),
        ("http://localhost/", "http://localhost/"),
        ("https://Bücher.example/", "https://bücher.example/"),
        ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"),
        ("https://jobs.example/?next=//x", "https://jobs.example/?next=//x"),
        ("https://jobs.example/a%20b", "https://jobs.example/a%20b"),
    ],
)
def test_good_base_url_is_normalised(text: str, normal: str) -> None:
    assert clean_base_url(text) == normal
    assert clean_base_url(normal) == normal


ORIGIN = (
    "Enter only the part of the address after the shared link’s own address, for example "
    "“explore-roles/nursing”."
)
DECEPTIVE_PATH = "Remove spaces, backslashes and invisible characters from the path."
DOTS = "Remove the “.” and “..” parts from the path."

HOSTILE_PATHS = [
    ("//evil.example", ORIGIN),
    ("//evil.example/jobs", ORIGIN),
    ("///evil.example", ORIGIN),
    ("//", ORIGIN),
    ("//user:secret@evil.example", ORIGIN),
    ("https://evil.example/", ORIGIN),
    ("/https://evil.example/", ORIGIN),
    ("HTTPS:evil.example", ORIGIN),
    ("http:", ORIGIN),
    ("javascript:alert(1)", ORIGIN),
    ("/javascript:alert(1)", ORIGIN),
    ("JavaScript:alert(1)", ORIGIN),
    ("data:text/html,x", ORIGIN),
    ("mailto:jobs@evil.example", ORIGIN),
    ("x-y+z.1:jobs", ORIGIN),
    ("..", DOTS),
    (".", DOTS),
    ("../jobs", DOTS),
    ("/../jobs", DOTS),
    ("./jobs", DOTS),
    ("a/../b", DOTS),
    ("a/./b", DOTS),
    ("a/..", DOTS),
    ("..?q=1", DOTS),
    ("..#top", DOTS),
    ("%2e%2e/jobs", DOTS),
    ("%2E%2E/jobs", DOTS),
    (".%2e/jobs", DOTS),
    ("%2e./jobs", DOTS),
    ("%252e%252e/jobs", DOTS),
    ("%25252e%25252e/jobs", DOTS),
    ("a/%2e%2e%2fb", DOTS),
    ("a%2f..%2fb", DOTS),
    ("a%252f%252e%252e%252fb", DOTS),
    ("a%5c..%5cb", DOTS),
    ("a%255c%252e%252e", DOTS),
    ("\\\\evil.example", DECEPTIVE_PATH),
    ("/\\evil.example", DECEPTIVE_PATH),
    ("a\\..\\b", DECEPTIVE_PATH),
    ("C:\\jobs", DECEPTIVE_PATH),
    ("/\t/evil.example", DECEPTIVE_PATH),
    ("/\n/evil.example", DECEPTIVE_PATH),
    ("java\tscript:alert(1)", DECEPTIVE_PATH),
    ("/ /evil.example", DECEPTIVE_PATH),
    ("a b", DECEPTIVE_PATH),
    ("a\x00b", DECEPTIVE_PATH),
    ("a\x7fb", DECEPTIVE_PATH),
    ("a\xa0b", DECEPTIVE_PATH),
    ("a\u2028b", DECEPTIVE_PATH),
    ("\u200b//evil.example", DECEPTIVE_PATH),
    ("\u202egnp.exe", DECEPTIVE_PATH),
    ("\ufeff//evil.example", DECEPTIVE_PATH),
    ("a\udc00", DECEPTIVE_PATH),
]


@pytest.mark.parametrize(("text", "message"), HOSTILE_PATHS, ids=ascii)
def test_hostile_deep_path_is_refused_with_advice(text: str, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        clean_deep_path(text)
    assert caught.value.messages == [message]


@pytest.mark.parametrize("text", [path for path, _message in HOSTILE_PATHS], ids=ascii)
def test_hostile_deep_path_is_refused_when_joined(text: str) -> None:
    with pytest.raises(ValidationError):
        join_url("https://jobs.example/careers/", text)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("", ""),
        ("/", ""),
        ("  explore-roles/nursing ", "explore-roles/nursing"),
        ("/explore-roles/nursing/", "explore-roles/nursing/"),
        ("jobs?page=2&sort=../x#top", "jobs?page=2&sort=../x#top"),
        ("?next=https://other.example", "?next=https://other.example"),
        ("#apply", "#apply"),
        ("wiki/Category:Nurses", "wiki/Category:Nurses"),
        (".well-known/security.txt", ".well-known/security.txt"),
        ("a..b/...", "a..b/..."),
        ("a//b", "a//b"),
        ("caf%C3%A9/é", "caf%C3%A9/é"),
        ("100%", "100%"),
    ],
)
def test_good_deep_path_loses_only_spaces_and_its_slash(text: str, cleaned: str) -> None:
    assert clean_deep_path(text) == cleaned
    assert clean_deep_path(cleaned) == cleaned


@pytest.mark.parametrize(
    ("base", "path", "joined"),
    [
        ("https://a.example/", "", "https://a.example/"),
        ("https://a.example/?q=1#x", "", "https://a.example/?q=1#x"),
        ("https://a.example/", "nursing", "https://a.example/nursing"),
        ("https://a.example/", "/nursing", "https://a.example/nursing"),
        ("https://a.example", "nursing", "https://a.example/nursing"),
        ("https://a.example/careers", "nursing", "https://a.example/careers/nursing"),
        ("https://a.example/careers/", "nursing/", "https://a.example/careers/nursing/"),
        ("https://a.example/careers", "nursing?page=2", "https://a.example/careers/nursing?page=2"),
        ("https://a.example/careers?q=1#x", "nursing", "https://a.example/careers/nursing?q=1"),
        ("https://a.example/c?q=1&from=us", "a?q=2&p=3", "https://a.example/c/a?from=us&q=2&p=3"),
        ("https://a.example/c?q=1&q=2", "?q=3", "https://a.example/c?q=3"),
        ("https://a.example/careers?q=1#x", "?q=2", "https://a.example/careers?q=2"),
        ("https://a.example/careers?q=1#x", "#y", "https://a.example/careers?q=1#y"),
        ("https://a.example/careers?q=1", "?", "https://a.example/careers?q=1"),
        ("https://a.example:8443/", "a#b#c", "https://a.example:8443/a#b#c"),
        ("https://[::1]:8000/", "@evil.example", "https://[::1]:8000/@evil.example"),
        ("https://a.example/", "%2f%2fevil.example", "https://a.example/%2f%2fevil.example"),
    ],
)
def test_deep_path_is_appended_to_the_path_of_the_base(base: str, path: str, joined: str) -> None:
    assert join_url(base, path) == joined


def random_paths(number: int) -> list[str]:
    """Strings of the pieces that addresses, and attacks on them, are made of."""
    pieces = [
        *("/", "//", "\\", ".", "..", ":", "@", "?", "#", "%", "%2e", "%2f", "%5c", "%252e"),
        *("http:", "https://", "javascript:", "evil.example", "[::1]", ":80", "&", "=", ";"),
        *("\t", "\n", " ", "\x00", "\u200b", "é", *string.ascii_letters[:8]),
    ]
    source = random.Random(20250101)  # noqa: S311 - the same paths each time, not a secret
    return ["".join(source.choices(pieces, k=source.randint(1, 8))) for _ in range(number)]


def resolved(path: str) -> str:
    """``path`` after all that a browser, a proxy and a server might undo of its encoding."""
    while (decoded := unquote(path)) != path:
        path = decoded
    parts: list[str] = []
    for part in path.replace("\\", "/").split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


@pytest.mark.parametrize(
    "base",
    ["https://a.example/", "https://a.example:8443/careers", "https://[::1]/c/?q=1#x"],
)
def test_joined_url_never_leaves_the_origin_nor_the_path_of_the_base(base: str) -> None:
    parts = urlsplit(base)
    origin = f"{parts.scheme}://{parts.netloc}/"
    accepted = 0
    for path in random_paths(4000):
        try:
            joined = join_url(base, path)
        except ValidationError:
            continue
        accepted += 1
        # Whatever comes after the slash cannot change the origin, for any parser of URLs.
        assert joined.startswith(origin), path
        assert resolved(urlsplit(joined).path).startswith(parts.path.rstrip("/")), path
        assert not set(joined) & set("\\\t\n\x00\u200b "), path
    assert 400 < accepted < 3600


#: Groups of addresses: one destination each.
SAME = [
    [
        "https://www.jobs.example/xi/",
        "http://jobs.example/xi",
        "HTTPS://JOBS.EXAMPLE:443/xi///",
        "http://www.jobs.example:80/xi?utm_source=news&utm_medium=email",
        "https://jobs.example./xi?gclid=1&fbclid=2#top",
        "https://jobs.example/x%69?",
    ],
    ["https://jobs.example/XI", "https://jobs.example/XI#a"],
    ["https://jobs.example/xi?q=a&p=b", "https://jobs.example/xi/?p=b&fbclid=1&q=a"],
    ["https://jobs.example/xi?q=a&q=b"],
    ["https://jobs.example/xi?q=b&q=a"],
    ["https://jobs.example:8443/xi"],
    ["http://jobs.example:443/xi"],
    ["https://jobs.example", "http://www.jobs.example/"],
    ["https://bücher.example/", "https://xn--bcher-kva.example", "https://Bu\u0308cher.example"],
    ["https://straße.example/"],
    ["https://strasse.example/"],
    [
        "https://a.example/caf%C3%A9",
        "https://a.example/caf%c3%a9",
        "https://a.example/café",
        "https://a.example/cafe\u0301",
        "https://a.example/cafe%CC%81/",
    ],
    ["https://a.example/a%2Fb", "https://a.example/a%2fb"],
    ["https://a.example/a/b"],
    ["https://a.example/100%25", "https://a.example/100%25/"],
    ["https://a.example/%E9", "https://a.example/%e9"],
    ["https://[::1]:8000/a"],
]


def test_destinations_have_one_key_each() -> None:
    keys = [{destination_key(url) for url in group} for group in SAME]
    assert [len(group) for group in keys] == [1] * len(SAME)
    assert len(set.union(*keys)) == len(SAME)


@pytest.mark.parametrize("text", [text for text, _message in HOSTILE_BASES], ids=ascii)
def test_text_that_is_not_an_address_has_no_destination(text: str) -> None:
    assert destination_key(text) == ""
    assert destinations_above(text) == []
    assert path_below("https://jobs.example/", text) is None


def test_destinations_above_an_address_are_its_site_and_each_path() -> None:
    assert destinations_above("http://www.a.example:80/Caf%c3%a9/b/?q=1") == [
        "a.example",
        "a.example/Café",
        "a.example/Café/b",
    ]


@pytest.mark.parametrize(
    ("base", "address", "path"),
    [
        ("https://a.example/", "https://a.example/", ""),
        ("https://a.example/", "http://www.a.example:80/nursing/", "nursing/"),
        ("http://www.a.example/c/", "https://a.example/c", ""),
        ("https://a.example/c", "https://a.example/c/n?q=a%20b&p=2#x", "n?q=a%20b&p=2#x"),
        ("https://a.example/c", "https://a.example/c?q=1", "?q=1"),
        ("https://a.example/c", "https://a.example/c#x", "#x"),
        ("https://a.example/caf%c3%a9", "https://a.example/café/Stra%C3%9Fe", "Stra%C3%9Fe"),
        ("https://xn--bcher-kva.example/", "https://bücher.example/a", "a"),
        ("https://a.example/c", "https://a.example/career", None),
        ("https://a.example/c", "https://a.example/C/n", None),
        ("https://a.example/c", "https://a.example/", None),
        ("https://a.example/", "https://b.example/", None),
        ("https://a.example/", "https://a.example.b.example/", None),
        ("https://a.example/", "https://a.example:8000/", None),
        ("https://a.example/", "https://a.example/x/../y", None),
        ("https://a.example/", "https://a.example//b.example/", None),
        ("https://a.example/", "https://a.example/javascript:alert(1)", None),
        ("https://a.example/", "/nursing", None),
        ("https://a.example/?from=us", "https://a.example/n?from=us&q=1", "n?q=1"),
        ("https://a.example/?from=us", "https://a.example/n?q=1", None),
        ("https://a.example/?q=1", "https://a.example/?q=1&q=2", "?q=1&q=2"),
        ("https://a.example/?utm_source=us", "https://a.example/n", "n"),
    ],
)
def test_path_below_a_base_is_found(base: str, address: str, path: str | None) -> None:
    assert path_below(base, address) == path


@pytest.mark.parametrize("base", ["https://a.example/c", "http://www.a.example/?q=1&r=2#x"])
def test_path_below_and_base_give_the_address_again(base: str) -> None:
    found = 0
    for path in random_paths(3000):
        address = f"https://a.example/c/{path}"
        below = path_below(base, address)
        if below is not None:
            found += 1
            assert destination_key(join_url(base, below)) == destination_key(address), address
    assert found > (300 if base.endswith("/c") else -1)
