"""Sections of a role page with as little, as much as is usual, and too much in them."""

from dataclasses import dataclass
from typing import Any

from tests.factories import SECTIONS as NEW_PAGE_SECTIONS
from tests.factories import link_item, shared_link_html, step_item

#: As long as an editor's title may be, without a place to break it.
LONG_WORD = (
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" + "e" * 20
)
SENTENCE = "You help people to move safely, and you tell the team what you have seen. "

SECTIONS = (*NEW_PAGE_SECTIONS, "text")


@dataclass(frozen=True)
class Amount:
    """How much of each thing is in a section."""

    name: str
    sentences: int
    items: int
    traits: int
    links: int
    word: str = ""


MINIMAL = Amount("minimal", sentences=0, items=0, traits=0, links=0)
TYPICAL = Amount("typical", sentences=3, items=5, traits=6, links=4)
LONG = Amount("long", sentences=30, items=30, traits=40, links=60, word=LONG_WORD)
AMOUNTS = (MINIMAL, TYPICAL, LONG)


@dataclass(frozen=True)
class Targets:
    """Ids of what sections link to: shared links, and live role pages."""

    links: tuple[int, ...]
    pages: tuple[int, ...]


def section(name: str, amount: Amount, targets: Targets) -> dict[str, Any]:
    """The value of one section as raw data, with all that the section can hold."""
    if name == "heading":
        return {"introduction": inline(amount, targets)}
    value: dict[str, Any] = {
        "title": amount.word or ("A title" if name == "text" else ""),
        "prose": prose(amount, targets),
    }
    if name == "application_links":
        value["links"] = [
            link_item(pk, note=f"{SENTENCE}{amount.word}") for pk in targets.links[: amount.links]
        ]
    if name == "progression":
        value["steps"] = [
            step_item(title=amount.word, page=pk, note=f"{SENTENCE}{amount.word}")
            for pk in targets.pages[: amount.items]
        ]
    return value


def inline(amount: Amount, targets: Targets) -> str:
    """Paragraphs with traits and with links of each kind."""
    traits = " ".join(f"<mark>{amount.word} trait {n}</mark>," for n in range(amount.traits))
    links = " ".join(
        shared_link_html(pk, f"shared link {n} {amount.word}", path="a/deep/path")
        for n, pk in enumerate(targets.links[: amount.links])
    )
    pages = " ".join(
        f'<a linktype="page" id="{pk}">page {n}</a>'
        for n, pk in enumerate(targets.pages[: amount.links])
    )
    linked = (
        '<a href="https://elsewhere.example/"><mark>linked trait</mark></a>, <mark>trait with '
        '<a href="https://elsewhere.example/">a link</a></mark>'
    ) * bool(amount.traits)
    other = f'<a href="https://elsewhere.example/{amount.word}">elsewhere</a>' * bool(amount.links)
    return (
        f"<p>{SENTENCE * amount.sentences}You help. <b>{amount.word}</b></p>"
        f"<p>You have: {traits} {linked} and <i>more</i>.</p>"
        f"<p>See {links} and {pages} and {other}.</p>"
    )


def prose(amount: Amount, targets: Targets) -> str:
    """``inline`` with sub-headings and lists."""
    items = "".join(f"<li>Item {n} {amount.word}</li>" for n in range(amount.items))
    if not items:
        return "<p>Yes.</p>"
    return (
        f"{inline(amount, targets)}<h3>A sub-heading {amount.word}</h3><ul>{items}</ul>"
        f"<h3>Another</h3><ol>{items}</ol>"
    )
