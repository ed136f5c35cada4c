"""The text of a file of any encoding: nothing in it is an error, and what is mended is marked."""

import codecs
import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from wagtail_careers.importing.sources.posts import SourceError
from wagtail_careers.importing.sources.repairs import BYTES, CHARACTER

#: What files begin with, by encoding (https://www.w3.org/TR/xml/#sec-guessing). The longer marks
#: of UTF-32 come first, because they begin like those of UTF-16.
_BEGINNINGS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_DECLARATION = re.compile(rb"""<\?xml\s[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
#: Declarations that say less than they should, as browsers read them
#: (https://encoding.spec.whatwg.org/#names-and-labels). A file that declares UTF-16 without a
#: beginning of UTF-16 is not in UTF-16.
_READ_AS = {
    "ascii": "utf-8",
    "iso8859-1": "cp1252",
    "utf-16": "utf-8",
    "utf-16-be": "utf-8",
    "utf-16-le": "utf-8",
    "utf-32": "utf-8",
}
#: The codecs of Python that are encodings of text files, by the beginning of their name.
_KNOWN = ("big5", "cp", "euc", "gb", "iso8859", "iso2022", "koi8", "mac-", "shift_jis", "tis-620")

#: Text cannot contain these (https://www.w3.org/TR/xml/#charsets), yet WordPress exports them.
_CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
#: Controls that nobody types: they are bytes of Windows-1252 which a program took for Latin-1.
_MISREAD = r"\x80-\x9f"
_NONCHARACTERS = "\ufdd0-\ufdef\ufffe\uffff" + "".join(
    chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF)
)
_ILLEGAL = re.compile(f"[{_CONTROLS}{_MISREAD}{_NONCHARACTERS}\ud800-\udfff]")

#: Half of a character that is encoded in two halves (CESU-8), and the start of such a pair.
_FIRST_HALF = rb"\xed[\xa0-\xaf][\x80-\xbf]"
_PAIR = re.compile(_FIRST_HALF + rb"\xed[\xb0-\xbf][\x80-\xbf]")
_HALF = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_UNFINISHED_PAIR = re.compile(
    rb"(?:\xed|\xed[\xa0-\xaf]|" + _FIRST_HALF + rb"(?:\xed[\xb0-\xbf]?)?)\Z"
)

#: The mark of mended bytes while they are decoded. It is not in a decoded file: ``_ILLEGAL``
#: would take a noncharacter for the file's own.
_MENDED = "\udcff"
REPLACEMENT = "\ufffd"


def encoding_of(start: bytes) -> str:
    """Return Python's name of the encoding of a file that begins with ``start``.

    Raises ``SourceError`` if the file declares one that is not known.
    """
    for beginning, encoding in _BEGINNINGS:
        if start.startswith(beginning):
            return encoding
    is_text = start.lstrip().startswith((b"---", b"+++"))
    declared = None if is_text else _DECLARATION.search(start)
    return _codec(declared[1].decode("ascii")) if declared else "utf-8"


def _codec(name: str) -> str:
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        codec = ""
    codec = _READ_AS.get(codec, codec)
    if codec != "utf-8" and not codec.startswith(_KNOWN):
        message = _("The encoding cannot be read: “%(name)s” is not known.")
        raise SourceError(message % {"name": name})
    return codec


def decoded(parts: Iterable[bytes], encoding: str) -> Iterator[str]:
    """Decode the ``parts`` of a file, each as soon as it is there.

    Mended places have a mark. Control characters become spaces, because Word and browsers use
    some as such; other characters that cannot be in text are removed.
    """
    decoder = codecs.getincrementaldecoder(encoding)(_HANDLER)
    is_utf_8, kept = encoding.startswith("utf-8"), b""
    for part in parts:
        data = kept + part
        unfinished = _UNFINISHED_PAIR.search(data, max(0, len(data) - 5))
        kept = data[unfinished.start() :] if unfinished and is_utf_8 else b""
        yield _legal(decoder.decode(data[: len(data) - len(kept)]))
    yield _legal(decoder.decode(kept, final=True))


def _legal(text: str) -> str:
    return _ILLEGAL.sub(_mended, text)


def _mended(found: re.Match[str]) -> str:
    if found[0] == _MENDED:
        return BYTES
    if "\x80" <= found[0] <= "\x9f":
        return BYTES + found[0].encode("latin-1").decode("cp1252", "replace")
    return f"{CHARACTER} " if found[0] < " " else CHARACTER


def _mend(error: UnicodeError) -> tuple[str, int]:
    """Return what undecodable bytes mean, after a mark, and where to go on.

    In a file that calls itself UTF-8, these are the bytes of Windows-1252, which programs
    mislabel most, or half characters, which are joined.
    """
    if not isinstance(error, UnicodeDecodeError):
        raise error
    data, start, end = error.object, error.start, error.end
    if not error.encoding.startswith("utf-8"):
        return f"{_MENDED}{REPLACEMENT}", end
    if pair := _PAIR.match(data, start):
        halves = pair[0].decode("utf-8", "surrogatepass")
        whole = halves.encode("utf-16", "surrogatepass").decode("utf-16")
        return f"{_MENDED}{whole}", pair.end()
    if half := _HALF.match(data, start):
        return f"{_MENDED}{REPLACEMENT}", half.end()
    return f"{_MENDED}{data[start:end].decode('cp1252', 'replace')}", end


_HANDLER = "wagtail_careers.mend"
codecs.register_error(_HANDLER, _mend)
