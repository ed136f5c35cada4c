"""Values as PHP serialises them, in which WordPress and its plug-ins store lists.

Every text and every list has its length in front (https://www.php.net/serialize), so reading
them takes no search and no pattern. No object is built: its properties are read as a list.
"""

from typing import Any

#: How a list, an object or a text begins. WordPress stores single numbers as they are.
_BEGINNINGS = ("a:", "O:", "s:")
_ENDS = ("}", ";")


def is_serialized(text: str) -> bool:
    """Return True if ``text`` looks like a serialised list, object or text."""
    return text.startswith(_BEGINNINGS) and text.endswith(_ENDS)


def unserialized(text: str) -> Any:
    """Return the value in ``text``, with dictionaries for lists and objects.

    Raises ``ValueError`` if it is not one, and ``RecursionError`` if it is nested too deeply.
    """
    cursor = _Cursor(text.encode("utf-8", "surrogatepass"))
    value = cursor.value()
    if not cursor.is_at_end:
        raise ValueError("There is more after the value.")
    return value


class _Cursor:
    """A position in serialised data, whose lengths are in bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def is_at_end(self) -> bool:
        return self._at == len(self._data)

    def value(self) -> Any:
        kind = self._take(2)
        if kind == b"N;":
            return None
        if kind == b"b:":
            return self._until(b";") == b"1"
        if kind in (b"i:", b"d:"):
            return self._until(b";").decode()
        if kind in (b"r:", b"R:"):  # A reference to a value that was read before.
            self._until(b";")
            return None
        if kind == b"s:":
            text = self._text()
            self._expect(b";")
            return text
        if kind == b"O:":
            self._text()
            self._expect(b":")
            return self._items()
        if kind == b"a:":
            return self._items()
        raise ValueError("This is not the beginning of a value.")

    def _items(self) -> dict[str, Any]:
        number = int(self._until(b":"))
        self._expect(b"{")
        items = {}
        for _position in range(number):
            key = self.value()
            if not isinstance(key, str):
                raise ValueError("This is not a key.")
            items[key] = self.value()
        self._expect(b"}")
        return items

    def _text(self) -> str:
        length = int(self._until(b":"))
        self._expect(b'"')
        text = self._take(length).decode("utf-8", "surrogatepass")
        self._expect(b'"')
        return text

    def _take(self, length: int) -> bytes:
        part = self._data[self._at : self._at + length]
        if length < 0 or len(part) < length:
            raise ValueError("The data end early.")
        self._at += length
        return part

    def _until(self, mark: bytes) -> bytes:
        end = self._data.index(mark, self._at)
        part = self._data[self._at : end]
        self._at = end + len(mark)
        return part

    def _expect(self, mark: bytes) -> None:
        if self._take(len(mark)) != mark:
            raise ValueError("A mark is missing.")
