"""Front matter: the keys and values at the beginning of a text file, in YAML or TOML.

Every value is the text that somebody typed, so the title “Yes” stays one.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import frontmatter
import yaml
from django.utils.translation import gettext as _
from frontmatter.default_handlers import BaseHandler, YAMLHandler

from wagtail_careers.importing.sources import repairs
from wagtail_careers.importing.sources.posts import SourceError
from wagtail_careers.text import one_line

_BEGINNING = re.compile(r"[\ufeff\s]*(?P<mark>-{3,}|\+{3,})[^\S\n]*$", re.MULTILINE)


#: The most characters that aliases of YAML can repeat. A text of any length has an alias of two.
_MAX_REPEATED = 100_000


class _Loader(yaml.BaseLoader):
    """YAML without types, so that it runs no code, and without floods of repeated texts.

    https://pyyaml.org/wiki/PyYAMLDocumentation
    """

    _repeated = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        is_alias = self.check_event(yaml.AliasEvent)
        node = super().compose_node(parent, index)
        if is_alias and isinstance(node, yaml.ScalarNode):
            self._repeated += len(node.value)
            if self._repeated > _MAX_REPEATED:
                raise yaml.YAMLError(_("its aliases repeat too much text"))
        return node


class _YAML(YAMLHandler):
    """YAML as typed.

    Plain YAML would turn “Yes” into True, “202” into a number, and the zeros that WordPress writes
    for the date of a draft into an error.
    """

    def load(self, fm: str, **kwargs: object) -> Any:
        return yaml.load(fm, Loader=_Loader)  # noqa: S506 - a base loader


#: The parser's work grows with the square of the parts of a key, such as ``a.b.c``.
_LONG_KEY = re.compile(r"""(?:\.[ \t]*+(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+){100}""")


class _TOML(BaseHandler):
    """The TOML of Hugo and Zola, between lines of plus signs."""

    FM_BOUNDARY = re.compile(r"^\+{3,}\s*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"

    def load(self, fm: str, **kwargs: object) -> Any:
        if _LONG_KEY.search(fm):
            raise ValueError(_("a key has too many parts"))
        return _as_typed(tomllib.loads(fm))


def _as_typed(value: Any) -> Any:
    """Return a value of TOML with texts only."""
    if isinstance(value, dict):
        return {key: _as_typed(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_as_typed(each) for each in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def begins(text: str) -> bool:
    """Return True if ``text`` begins with front matter."""
    return _BEGINNING.match(text) is not None


def divided(text: str) -> tuple[Mapping[str, Any], str]:
    """Return the front matter of ``text``, and what follows it. Raises ``SourceError``."""
    beginning = _BEGINNING.match(text)
    if not beginning:
        raise SourceError(_("The file has no front matter and is not a WordPress export."))
    handler = _TOML() if beginning["mark"].startswith("+") else _YAML()
    try:
        front, content = frontmatter.parse(text[beginning.start("mark") :], handler=handler)
    except yaml.YAMLError as error:
        message = _("The front matter is not valid YAML: %(error)s.")
        raise SourceError(message % {"error": one_line(str(error))}) from error
    except (RecursionError, TypeError, ValueError) as error:
        message = _("The front matter cannot be read: %(error)s.")
        raise SourceError(message % {"error": one_line(str(error))}) from error
    if not front:
        raise SourceError(_("The front matter is empty or has no closing line."))
    return front, content


def without_marks(value: Any, done: dict[int, Any] | None = None) -> Any:
    """Return a value of front matter with the marks of repairs taken out of its texts.

    ``done`` has the copies of lists and tables: an alias of YAML stays one, because a few lines
    of aliases would make billions of copies.
    """
    if isinstance(value, str):
        return repairs.without_marks(value)
    done = {} if done is None else done
    if id(value) not in done and isinstance(value, Mapping):
        table = done[id(value)] = {}
        table.update((without_marks(key), without_marks(each, done)) for key, each in value.items())
    elif id(value) not in done and isinstance(value, list):
        texts = done[id(value)] = []
        texts += (without_marks(each, done) for each in value)
    return done.get(id(value), value)
