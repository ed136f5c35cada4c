"""Files of any encoding are read, and what had to be mended is known by its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_careers.importing.sources.encodings import decoded, encoding_of
from wagtail_careers.importing.sources.posts import SourceError
from wagtail_careers.importing.sources.repairs import (
    BYTES,
    CHARACTER,
    Repair,
    repairs_in,
    without_marks,
)


def decode(data: bytes, size: int = 65_536) -> str:
    parts = (data[start : start + size] for start in range(0, len(data), size))
    return "".join(decoded(parts, encoding_of(data)))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\x93hot\x94", f"{BYTES}“hot{BYTES}”"),
        (b"caf\xe9 ole", f"caf{BYTES}é ole"),
        (b"caf\x81", f"caf{BYTES}\ufffd"),
        (b"A \xed\xa0\xbd\xed\xb8\x80 z", f"A {BYTES}😀 z"),
        (b"A \xed\xa0\xbd z", f"A {BYTES}\ufffd z"),
        (b"A \xed\xb8\x80", f"A {BYTES}\ufffd"),
        (b"cook\xef\xbf\xbe makes", f"cook{CHARACTER} makes"),
        (b"cook\x0bmakes", f"cook{CHARACTER} makes"),
        (b"cook\xef\xb7\x90", f"cook{CHARACTER}"),
        ("\x93hot\x94".encode(), f"{BYTES}“hot{BYTES}”"),
        ("\U0001fffe".encode(), CHARACTER),
        ("\U0002ffff".encode(), CHARACTER),
        ("Café 😀 \ufffd\tx\r\n".encode(), "Café 😀 \ufffd\tx\r\n"),
        ("<é😀".encode("utf-16"), "<é😀"),
        ("<é😀".encode("utf-16-be"), "<é😀"),
        ("<é😀".encode("utf-32"), "<é😀"),
        ("\ufeffé".encode(), "é"),
        (b"\xff\xfe\x00\xd8a\x00", f"{BYTES}\ufffda"),
        ("<?xml version='1.0' encoding='ISO-8859-1'?>é“".encode("cp1252"), "…é“"),
        ("<?xml version='1.0' encoding='us-ascii'?>é".encode(), "…é"),
        ("<?xml version='1.0' encoding='UTF-16'?>é".encode(), "…é"),
        ("<?xml version='1.0' encoding='shift_jis'?>看護師".encode("shift_jis"), "…看護師"),
        (b"<?xml version='1.0' encoding='shift_jis'?>\x81", f"…{BYTES}\ufffd"),
        (b"---\ncode: <?xml encoding='EBCDIC-9'?>", "---\ncode: <?xml encoding='EBCDIC-9'?>"),
    ],
)
def test_each_byte_is_read(data: bytes, text: str) -> None:
    found = decode(data)
    assert (found.partition("?>")[2] if text.startswith("…") else found) == text.lstrip("…")


@pytest.mark.parametrize("name", ["EBCDIC-9", "rot13", "unicode_escape", "zip", "idna", "utf-7"])
def test_what_is_no_encoding_of_files_is_refused(name: str) -> None:
    with pytest.raises(SourceError, match=name):
        encoding_of(f"<?xml version='1.0' encoding='{name}'?>".encode())


bits = st.sampled_from([b"\xed\xa0\xbd", b"\xed\xb8\x80", b"\xed", b"\xe9", b"a ", "😀".encode()])


@given(st.lists(bits | st.binary(max_size=3), max_size=12).map(b"".join), st.integers(1, 7))
def test_the_size_of_the_parts_makes_no_difference(data: bytes, size: int) -> None:
    whole = "".join(decoded([data], "utf-8"))
    parts = [data[start : start + size] for start in range(0, len(data), size)]
    assert "".join(decoded(parts, "utf-8")) == whole
    whole.encode()


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"])))
def test_what_is_in_order_is_not_changed(text: str) -> None:
    assert "".join(decoded([text.encode()], "utf-8")) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            f"<p>A cook makes {BYTES}“hot{BYTES}” meals.</p><p>Bye</p>",
            ["A cook makes “hot” meals. Bye"],
        ),
        (f"<b>caf{BYTES}é</b>s", ["café s"]),
        (f"One two three four five{CHARACTER} six seven", ["two three four five six seven"]),
        (f"Tea &amp; caf{BYTES}é", ["Tea & café"]),
        (f"a{BYTES}é {'word ' * 30}{BYTES}ü b", ["aé word word word", "word word word ü b"]),
        (f"x{BYTES}é{CHARACTER}y", ["xéy", "xéy"]),
        ("nothing", []),
    ],
)
def test_a_repair_has_the_words_around_it(text: str, words: list[str]) -> None:
    assert [repair.words for repair in repairs_in(text)] == words
    assert not list(repairs_in(without_marks(text)))


def test_repairs_of_different_kinds_are_told_apart() -> None:
    found = list(repairs_in(f"a{BYTES}é b{CHARACTER}"))
    assert found == [Repair("bytes", "aé b"), Repair("character", "aé b")]
