"""A walk through one view with all hostile values."""

import re
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from typing import Any
from urllib.parse import quote, urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client

from tests.benchmarks.forms import page_form
from tests.hostile.controls import controls_of
from tests.hostile.recording import Fields, Parameters
from tests.hostile.values import ALONE, TEXTS
from tests.hostile.views import FOLDER, View
from tests.hostile.world import HOST, keys

#: What Wagtail reads in all views of a kind. It is sent with the others, but never alone: of a
#: block, it stores any id, and PostgreSQL refuses one with NUL.
WAGTAILS = re.compile(
    r"_w_\w+|action(-.*)?|comment.*|export|is_\w*edit\w*|mode|multiple|next|ordering|p"
    r"|preview-size|timestamp_\w+|wagtail-\S+|\S+-(INITIAL|MAX_NUM|MIN_NUM|TOTAL)_FORMS"
    r"|((loaded|overwrite|latest)_)?revision_\w+|owner|edited_by|site"
    r"|(go_live|expire)_at|seo_title|slug|body-\S*\d-id"
)
#: Views with the form of another view, the one to edit.
SAME_FORM = ("add", "copy", "revisions_revert")
#: The part of the name of a field of a stream that its neighbours share.
_PLACE = re.compile(r"-(\d+|value)(?=-)")


@dataclass(frozen=True)
class Fault:
    """A server error: where it was raised, one of the requests that led to it, and the trace."""

    request: str
    trace: str
    is_ours: bool


class Walk:
    """The requests to one view. ``faults`` are the server errors, by where they were raised.

    ``path`` is empty if no record of the world has the view.
    """

    def __init__(self, view: View, client: Client) -> None:
        self.view, self.client = view, client
        self.faults: dict[str, Fault] = {}
        self.keys = keys(view.model)
        self.parameters: list[str] = []
        self.fields: dict[str, str] = {}
        self.path, self.arguments, self.query = self._way_in()
        if self.path:
            self._explore()

    def run(self) -> None:
        """Send all hostile values: in the path, as all parameters and fields, and as one."""
        for path in self._hostile_paths():
            self._get(path, self.query)
            self._post(path, {})
        for text in TEXTS:
            self._get(self.path, dict.fromkeys(self.parameters, text))
        for name, text in product(_alone(self.parameters), ALONE):
            self._get(self.path, {**self.query, name: text})
        if self.fields:
            self._run_fields()

    def _run_fields(self) -> None:
        for text in TEXTS:
            self._post(self.path, dict.fromkeys(self.fields, text))
        self._post(self.path, {name: SimpleUploadedFile("x", b"\xff") for name in self.fields})
        has_own = self.view.name.rpartition(":")[2] not in SAME_FORM
        for name, text in product(_alone(self.fields) if has_own else (), ALONE):
            self._post(self.path, {**self.fields, name: text})

    def _get(self, path: str, query: Mapping[str, str]) -> Any:
        return self._send("get", path, query)

    def _post(self, path: str, data: Mapping[str, Any]) -> Any:
        query = f"?{urlencode(self.query)}" if self.query else ""
        return self._send("post", path + query, data)

    def _send(self, method: str, path: str, data: Any) -> Any:
        """Return the response, or None after a server error. What the request did is undone."""
        try:
            with undone():
                response = getattr(self.client, method)(path, data)
                if response.streaming:
                    b"".join(response)
                _run_after_commit()
            assert response.status_code < 500, response.status_code
        except Exception as error:  # noqa: BLE001  # Every error is a finding.
            request = f"{method} {path[:200]} {str(data)[:500]}"
            trace = "".join(traceback.format_exception(error))
            self.faults.setdefault(_place(error), Fault(request, trace, FOLDER in trace))
            return None
        return response

    def _way_in(self) -> tuple[str, dict[str, Any], dict[str, str]]:
        """Return the path to something that exists, its arguments and the parameters it needs."""
        names = self.view.arguments
        choices: list[Any] = [_choices().get(name, self.keys) for name in names]
        way = "", dict[str, Any](), dict[str, str]()
        for *values, key in product(*choices, self.keys if self.view.needs else [None]):
            arguments = dict(zip(names, values, strict=True))
            query = {self.view.needs: str(key)} if self.view.needs else self.view.query(arguments)
            path = self.view.url(arguments)
            response = self._get(path, query) if path else None
            if response is not None and response.status_code in (200, 405):
                return path, arguments, query
            if response is not None and response.status_code == 302 and not way[0]:
                way = path, arguments, query
        return way

    def _explore(self) -> None:
        """Find the parameters and the fields, with the values that the view itself gives them."""
        Parameters.read.clear()
        Fields.read.clear()
        self.fields = controls_of(self._get(self.path, self.query))
        # After a choice, a view may show another form.
        for name in _alone(sorted(Parameters.read)):
            query = {**self.query, name: str(self.keys[-1])}
            self.fields |= controls_of(self._get(self.path, query))
        if page := self.view.page(self.arguments):
            self.fields |= page_form(page)
        self._post(self.path, self.fields)
        self.parameters = sorted(Parameters.read)
        self.fields = dict.fromkeys(sorted(Fields.read), "") | self.fields
        self.fields.pop("csrfmiddlewaretoken", None)

    def _hostile_paths(self) -> Iterator[str]:
        for value in self.arguments.values():
            before, found, after = self.path.rpartition(f"/{value}/")
            for text in TEXTS if found else ():
                yield f"{before}/{quote(text[:3_000], safe='')}/{after}"


@contextmanager
def undone() -> Iterator[None]:
    """Take back what happens in this context at its end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _alone(names: Iterable[str]) -> list[str]:
    """Return the names to try alone: of a field that many blocks of a stream have, one."""
    chosen = {}
    for name in names:
        if not WAGTAILS.fullmatch(name):
            chosen[_PLACE.sub("", name)] = name
    return list(chosen.values())


def _choices() -> dict[str, list[Any]]:
    """Return the values of the arguments in paths that are not keys of the model."""
    return {
        "host": [HOST],
        "action_name": ["approve"],
        "revision_id_a": ["live", "earliest"],
        "revision_id_b": ["latest"],
        "parent_page_id": keys(),
    }


def _run_after_commit() -> None:
    callbacks, connection.run_on_commit = connection.run_on_commit, []
    for _savepoints, callback, _robust in callbacks:
        callback()


def _place(error: BaseException) -> str:
    """Return the kind of ``error``, and the innermost function that is not of Django."""
    frames = [frame for frame, _line in traceback.walk_tb(error.__traceback__)]
    names = [f"{each.f_globals.get('__name__')}.{each.f_code.co_name}" for each in frames]
    known = [name for name in names if name.startswith(("wagtail", "modelcluster"))]
    return f"{type(error).__name__} in {(known or names)[-1]}"
