"""The names that views read of a request: its parameters and its posted fields."""

from collections.abc import Callable
from typing import Any

from django.http import QueryDict

FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


class Parameters(QueryDict):
    """The parameters of a request, which note the names that are read."""

    read: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.read.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.read.add(str(name))
        return super().__contains__(name)

    def getlist(self, name: str, default: Any = None) -> Any:
        self.read.add(name)
        return super().getlist(name, default)

    @classmethod
    def of(cls, query: QueryDict) -> QueryDict:
        recorded = cls("", mutable=True, encoding=query.encoding)
        for name, values in query.lists():
            recorded.setlist(name, values)
        recorded._mutable = False
        return recorded


class Fields(Parameters):
    """The posted fields of a request, which note the names that are read."""

    read: set[str] = set()


def recording(get_response: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Note what the view reads. A middleware."""

    def middleware(request: Any) -> Any:
        request.GET = Parameters.of(request.GET)
        if request.content_type in FORMS:  # Else a view may read the body itself.
            request.POST = Fields.of(request.POST)
        return get_response(request)

    return middleware
