"""The pages that are measured."""

from dataclasses import dataclass
from itertools import cycle
from typing import Any

from tests.bare.models import BarePage
from tests.benchmarks.models import DoItYourselfPage
from tests.factories import (
    RoleIndexPageFactory,
    RolePageFactory,
    SharedLinkFactory,
    child,
    link_item,
    shared_link_html,
    step_item,
)
from wagtail_careers.models import SharedLink

SENTENCE = "You help people to move safely, and you tell the team what you have seen. "
TITLES = {
    "person_spec": "What sort of person would I need to be?",
    "duties": "What would I be doing?",
    "training": "What training would I get?",
    "application_links": "How do I apply?",
    "progression": "Where could this role lead?",
}


@dataclass(frozen=True)
class Size:
    """How much is on a page: links in prose and in the list, half each, and traits."""

    links: int
    traits: int
    steps: int = 4


ROLE = Size(links=12, traits=20)
LARGE_ROLE = Size(links=60, traits=100)


def make_pages(home: Any) -> dict[str, Any]:
    """Publish one page of each kind, all at the same depth: Wagtail looks up level by level."""
    index = RoleIndexPageFactory(parent=home, slug="roles")
    links = [SharedLinkFactory() for _number in range(LARGE_ROLE.links)]
    targets = [RolePageFactory(parent=index) for _number in range(ROLE.steps)]
    pages = {
        "Role page: 12 links, 20 traits": RolePageFactory(
            parent=index, body=role_body(ROLE, links, targets)
        ),
        "Role page: 60 links, 100 traits": RolePageFactory(
            parent=index, body=role_body(LARGE_ROLE, links, targets)
        ),
        "Do-it-yourself page: 12 links": index.add_child(
            instance=DoItYourselfPage(
                title="Do it yourself", body=do_it_yourself_body(ROLE, links, targets)
            )
        ),
        "Bare Wagtail page": index.add_child(instance=BarePage(title="Bare")),
    }
    for page in pages.values():
        page.save_revision().publish()
    return pages


def role_body(size: Size, links: list[SharedLink], targets: list[Any]) -> list[dict[str, Any]]:
    in_prose, in_list = _halves(links[: size.links])
    html = {
        name: _prose(marks, [shared_link_html(link, link.name, "a/path") for link in some])
        for (name, marks), some in zip(
            _marks(size).items(), _deal(in_prose, len(TITLES)), strict=True
        )
    }
    return [
        child("heading", {"introduction": _prose(0, [])}),
        *(
            child(name, {"title": TITLES[name], "prose": html[name]})
            for name in ("person_spec", "duties", "training")
        ),
        child(
            "application_links",
            {
                "title": TITLES["application_links"],
                "prose": html["application_links"],
                "links": [link_item(link, "a/path", "A note.") for link in in_list],
            },
        ),
        child(
            "progression",
            {
                "title": TITLES["progression"],
                "prose": html["progression"],
                "steps": [step_item(page=page, note="A note.") for page in targets[: size.steps]],
            },
        ),
    ]


def do_it_yourself_body(
    size: Size, links: list[SharedLink], targets: list[Any]
) -> list[tuple[str, Any]]:
    """The same words. The addresses in prose are typed in, as stock rich text has them."""
    in_prose, in_list = _halves(links[: size.links])
    sections = [
        {
            "title": TITLES[name],
            "text": _prose(
                marks, [f'<a href="{link.base_url}a/path">{link.name}</a>' for link in some]
            ).replace("mark>", "b>"),
        }
        for (name, marks), some in zip(
            _marks(size).items(), _deal(in_prose, len(TITLES)), strict=True
        )
    ]
    return [
        ("introduction", _prose(0, [])),
        *(("section", section) for section in sections),
        ("links", in_list),
        ("steps", [page.title for page in targets[: size.steps]]),
    ]


def _marks(size: Size) -> dict[str, int]:
    return {name: size.traits if name == "person_spec" else 0 for name in TITLES}


def _prose(marks: int, links: list[str]) -> str:
    traits = "".join(f"You have <mark>quality {number}</mark>. " for number in range(marks))
    anchors = "".join(f"Look at {link}. " for link in links)
    return f"<p>{SENTENCE * 4}</p><p>{traits}{anchors}{SENTENCE * 2}</p>"


def _halves(links: list[SharedLink]) -> tuple[list[SharedLink], list[SharedLink]]:
    middle = len(links) // 2
    return links[:middle], links[middle:]


def _deal(links: list[SharedLink], hands: int) -> list[list[SharedLink]]:
    dealt: list[list[SharedLink]] = [[] for _hand in range(hands)]
    for hand, link in zip(cycle(dealt), links, strict=False):
        hand.append(link)
    return dealt
