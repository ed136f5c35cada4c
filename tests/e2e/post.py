"""Reads a post of the old site into what an editor would type: text, traits, links."""

import re
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Link:
    text: str
    url: str


@dataclass(frozen=True)
class Section:
    title: str
    paragraphs: tuple[str, ...]
    traits: tuple[str, ...]
    links: tuple[Link, ...]


def read_sections(path: Path) -> list[Section]:
    """The introduction, with no title, and the sections of a post, in order."""
    _front, _dashes, html = path.read_text(encoding="utf-8").split("---\n", 1)[1].partition("---\n")
    divs = BeautifulSoup(html, "html.parser").find_all("div", class_=re.compile("^blocktext"))
    return [_read_section(div) for div in divs]


def _read_section(div: Tag) -> Section:
    heading = div.find("h2")
    title = _one_line(heading.get_text()) if heading else ""
    if heading:
        heading.extract()
    # In WordPress a blank line is what separates paragraphs.
    paragraphs = (_one_line(text) for text in re.split(r"\n\s*\n", div.get_text()))
    return Section(
        title=title,
        paragraphs=tuple(text for text in paragraphs if text),
        traits=tuple(_one_line(strong.get_text()) for strong in div.find_all("strong")),
        links=tuple(Link(_one_line(a.get_text()), a["href"]) for a in div.find_all("a")),
    )


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
