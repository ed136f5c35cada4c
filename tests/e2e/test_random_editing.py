"""Random sequences of an editor's actions end in stored text equal to what the editor showed.

What is shown is read from the page: the elements and their computed style. It is compared with the
form's field, with the HTML that the server stores, and with what the editor shows of it later.
"""

import json
import random
import re
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag

from tests.e2e.admin import Admin
from tests.factories import SharedLinkFactory, body, child, shared_link_html
from wagtail_careers.models import SharedLink
from wagtail_careers.pages.models import RolePage

pytestmark = [pytest.mark.e2e]

SEQUENCES = 200
#: Each editor of a page takes one sequence. A page opens and is saved once for all of them.
EDITORS = 40
ACTIONS = 7
#: Longer than an editor takes to write its content to its field.
FIELD_SECONDS = 5

#: A piece of text, and whether it is shown as a trait and as a link.
Run = tuple[str, bool, bool]
#: A kind of block and its runs.
Shown = tuple[str, tuple[Run, ...]]

KINDS = {"unstyled": "p", "header-three": "h3"}
KINDS |= {"unordered-list-item": "ul", "ordered-list-item": "ol"}

CTRL, SHIFT = 2, 8
KEY_CODES = {"Enter": 13, "Backspace": 8, "Delete": 46, "End": 35, "Home": 36}
KEY_CODES |= {"ArrowLeft": 37, "ArrowRight": 39, "ArrowUp": 38, "ArrowDown": 40}
KEY_CODES |= {letter: ord(letter.upper()) for letter in "abhz"}

WORDS = ("You care ", "kind", " and patient", "😀", " & <b>", "“quoted” ", "é", "- ", ".")
PASTED = (
    {"text/plain": "two words"},
    {"text/plain": "one line\nanother line"},
    {"text/html": "<p>A <b>bold</b> word</p><ul><li>first</li><li>second</li></ul>"},
    {"text/html": '<p>See <a href="https://elsewhere.example/x?a=1&amp;b=2">elsewhere</a> now</p>'},
    {"text/html": "<h3>Heading</h3><p>Text &amp; 😀</p>"},
)

#: Puts the caret at the end of a text.
FOCUS = """
const editor = document.getElementById(arguments[0]).draftailEditor;
editor.onChange(window.DraftJS.EditorState.moveFocusToEnd(editor.getEditorState()));
"""

PASTE = """
const data = new DataTransfer();
Object.entries(arguments[0]).forEach(([type, text]) => data.setData(type, text));
document.activeElement.dispatchEvent(
  new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
"""

#: What the modal of shared links does at its end.
LINK = """
const [fieldId, data] = arguments;
const { RichUtils } = window.DraftJS;
const editor = document.getElementById(fieldId).draftailEditor;
const state = editor.getEditorState();
if (state.getSelection().isCollapsed()) return;
const content = state.getCurrentContent().createEntity('SHARED-LINK', 'MUTABLE', data);
editor.onChange(
  RichUtils.toggleLink(state, state.getSelection(), content.getLastCreatedEntityKey()));
"""

#: The blocks that the editors show, each with its kind and its runs.
READ_SHOWN = """
const isTrait = (element) => {
  const style = getComputedStyle(element);
  return style.borderBottomWidth === '2px' && style.backgroundColor !== 'rgba(0, 0, 0, 0)';
};
const kindOf = (block) => {
  if (block.tagName === 'LI') return block.parentElement.tagName.toLowerCase();
  return block.tagName === 'H3' ? 'h3' : 'p';
};
const runsOf = (block) => {
  const runs = [];
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    let [trait, link] = [false, false];
    for (let each = walker.currentNode.parentElement; each !== block; each = each.parentElement) {
      trait = trait || isTrait(each);
      link = link || each.classList.contains('TooltipEntity');
    }
    runs.push([walker.currentNode.data, trait, link]);
  }
  return runs;
};
return arguments[0].map((fieldId) =>
  [...document.getElementById(fieldId).parentElement
    .querySelectorAll('.public-DraftEditor-content [data-block="true"]')]
    .map((block) => [kindOf(block), runsOf(block)]));
"""

ARE_OPEN = """
return arguments[0].every((id) =>
  document.getElementById(id)?.parentElement.querySelector('[data-block="true"]'));
"""

READ_FIELDS = "return arguments[0].map((id) => document.getElementById(id).value);"

SAVE = """
const done = arguments[0];
const form = document.querySelector('form[data-edit-form]');
fetch(form.action, { method: 'POST', body: new FormData(form), redirect: 'manual' })
  .then((response) => done(response.type));
"""


class Keyboard:
    """Keys that are pressed in the browser, without waiting for anything."""

    def __init__(self, admin: Admin) -> None:
        self.driver = admin.driver

    def press(self, key: str, modifiers: int = 0) -> None:
        event: dict[str, Any] = {"key": key, "windowsVirtualKeyCode": KEY_CODES[key]}
        event |= {"type": "rawKeyDown", "modifiers": modifiers}
        if len(key) == 1:
            event["code"] = f"Key{key.upper()}"
        if key == "Enter":
            event |= {"type": "keyDown", "text": "\r"}
        self.driver.execute_cdp_cmd("Input.dispatchKeyEvent", event)
        if key.startswith("Arrow") or key in ("Home", "End"):
            # The editor learns of the new selection when the key is released.
            self.driver.execute_cdp_cmd("Input.dispatchKeyEvent", {**event, "type": "keyUp"})

    def type(self, text: str) -> None:
        self.driver.execute_cdp_cmd("Input.insertText", {"text": text})


class Hand:
    """One editor's random actions in one rich-text field, the same for the same seed."""

    def __init__(self, admin: Admin, field_id: str, link: SharedLink, seed: int) -> None:
        self.driver, self.keys = admin.driver, Keyboard(admin)
        self.field_id, self.link, self.random = field_id, link, random.Random(seed)  # noqa: S311 - the same on each run
        self.log: list[str] = []

    def act(self) -> None:
        self.driver.execute_script(FOCUS, self.field_id)
        actions: tuple[Callable[[], None], ...] = (
            *(self.type, self.type, self.type, self.enter, self.trait, self.trait, self.bold),
            *(self.make_link, self.undo, self.redo, self.paste, self.move, self.move, self.select),
            *(self.erase, self.select_and_trait),
        )
        for action in self.random.choices(actions, k=ACTIONS):
            self.log.append(action.__name__)
            action()

    def type(self) -> None:
        self.keys.type(self.random.choice(WORDS))

    def enter(self) -> None:
        self.keys.press("Enter", self.random.choice((0, 0, 0, SHIFT)))

    def trait(self) -> None:
        self.keys.press("h", CTRL | SHIFT)

    def bold(self) -> None:
        self.keys.press("b", CTRL)

    def undo(self) -> None:
        self.keys.press("z", CTRL)

    def redo(self) -> None:
        self.keys.press("z", CTRL | SHIFT)

    def move(self) -> None:
        key = self.random.choice(("ArrowLeft", "ArrowRight", "ArrowUp", "Home", "End"))
        self.keys.press(key, self.random.choice((0, CTRL)))

    def select(self) -> None:
        key = self.random.choice(("ArrowLeft", "ArrowLeft", "ArrowRight", "Home"))
        self.keys.press(key, SHIFT | self.random.choice((0, CTRL, CTRL)))

    def select_and_trait(self) -> None:
        self.keys.press("ArrowLeft", SHIFT | CTRL)
        self.trait()

    def erase(self) -> None:
        self.keys.press(self.random.choice(("Backspace", "Backspace", "Delete")))

    def paste(self) -> None:
        self.driver.execute_script(PASTE, self.random.choice(PASTED))

    def make_link(self) -> None:
        self.keys.press("ArrowLeft", SHIFT | CTRL)
        data = {"sharedLink": str(self.link.pk), "path": "x", "address": "", "name": "NHS Jobs"}
        self.driver.execute_script(LINK, self.field_id, data)


def joined(runs: Iterable[Any]) -> tuple[Run, ...]:
    """The runs without empty ones, neighbours that look the same as one.

    Line breaks at the end are left out: nobody sees them, and the editor adds one for the caret.
    """
    shown = [(text, bool(trait), bool(link)) for text, trait, link in runs if text]
    while shown and shown[-1][0].endswith("\n"):
        text, *look = shown.pop()
        shown += [(text[:-1], *look)] if text[:-1] else []
    grouped = groupby(shown, key=lambda run: run[1:])
    return tuple(("".join(run[0] for run in group), *look) for look, group in grouped)


def in_page(admin: Admin, fields: list[str]) -> list[list[Shown]]:
    shown = admin.driver.execute_script(READ_SHOWN, fields)
    return [or_nothing([(kind, joined(runs)) for kind, runs in blocks]) for blocks in shown]


def or_nothing(blocks: list[Shown]) -> list[Shown]:
    """The blocks, or none if there is no text in them: the editor stores nothing then."""
    return blocks if any(runs for _kind, runs in blocks) else []


def in_field(value: str) -> list[Shown]:
    content = json.loads(value) or {"blocks": []}
    return [(KINDS[block["type"]], joined(_characters(block))) for block in content["blocks"]]


def _characters(block: Any) -> Iterator[Run]:
    def covers(ranges: Any, position: int) -> bool:
        return any(r["offset"] <= position < r["offset"] + r["length"] for r in ranges)

    traits = [each for each in block["inlineStyleRanges"] if each["style"] == "TRAIT"]
    for position, character in enumerate(block["text"]):
        yield character, covers(traits, position), covers(block["entityRanges"], position)


def in_html(html: str) -> list[Shown]:
    soup = BeautifulSoup(html, "html.parser")
    return [
        (tag.parent.name if tag.name == "li" else tag.name, joined(_pieces(tag)))
        for tag in soup.find_all(["p", "h3", "li"])
    ]


def _pieces(block: Tag) -> Iterator[Run]:
    for piece in block.descendants:
        names = {parent.name for parent in piece.parents}
        nearest = piece.find_parent(["p", "h3", "li"])
        if nearest is block and (isinstance(piece, NavigableString) or piece.name == "br"):
            yield "\n" if piece.name == "br" else str(piece), "mark" in names, "a" in names


def as_html_keeps_it(blocks: list[Shown]) -> list[Shown]:
    """The blocks without spaces at the edges of lines, and with each run of spaces as one.

    A space at the edge of a trait or a link can be in it or outside.
    """
    return [(kind, joined(_collapsed(runs))) for kind, runs in blocks]


def _collapsed(runs: tuple[Run, ...]) -> Iterator[Run]:
    text = "".join(run[0] for run in runs)
    looks = [run[1:] for run in runs for _character in run[0]]
    for match in re.finditer(r"[^ ]|(?<=[^ \n]) +(?=[^ \n])", text):
        plain = match[0].isspace()
        yield (match[0][0], False, False) if plain else (match[0], *looks[match.start()])


def as_stored(blocks: list[Shown]) -> list[Shown]:
    """The blocks with text. What nobody sees in them is neither a trait nor a link."""
    return [
        (kind, joined(run if run[0].strip() else (run[0], False, False) for run in runs))
        for kind, runs in blocks
        if any(run[0].strip() for run in runs)
    ]


def start(link: SharedLink) -> list[dict[str, Any]]:
    html = f"<p>Start with <mark>care</mark> and {shared_link_html(link, 'all jobs')}.</p>"
    return [
        *body(),
        *(child("text", {"title": f"Text {n}", "prose": html}) for n in range(EDITORS)),
    ]


def test_random_sequences_end_in_what_the_editor_showed(
    admin: Admin, publish_role: Any, settings: Any
) -> None:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    link = SharedLinkFactory(name="NHS Jobs", base_url="https://www.jobs.nhs.uk/")
    fields = [f"body-{6 + number}-value-prose" for number in range(EDITORS)]
    seen: set[Any] = set()
    for first in range(0, SEQUENCES, EDITORS):
        page = publish_role(title=f"Porter {first}", body=start(link))
        open_editors(admin, page, fields)
        hands = [Hand(admin, field, link, first + n) for n, field in enumerate(fields)]
        for hand in hands:
            hand.act()
        shown = in_page(admin, fields)
        compare(hands, shown, wait_for_fields(admin, fields, shown))
        compare(hands, shown, in_page(admin, fields))
        assert admin.driver.execute_async_script(SAVE) == "opaqueredirect"
        kept = [as_stored(blocks) for blocks in shown]
        compare(hands, kept, [as_stored(in_html(html)) for html in stored_html(page)])
        open_editors(admin, page, fields)
        as_kept = [as_html_keeps_it(blocks) for blocks in kept]
        opened = [as_stored(blocks) for blocks in in_page(admin, fields)]
        compare(hands, as_kept, [as_html_keeps_it(blocks) for blocks in opened])
        seen.update(run[1:] for blocks in shown for _kind, runs in blocks for run in runs)
    assert seen == {(False, False), (True, False), (False, True), (True, True)}


def open_editors(admin: Admin, page: RolePage, fields: list[str]) -> None:
    admin.open(f"/admin/pages/{page.pk}/edit/")
    admin.wait(lambda driver: driver.execute_script(ARE_OPEN, fields))


def wait_for_fields(admin: Admin, fields: list[str], shown: list[list[Shown]]) -> Any:
    """What the fields hold, once it is what is shown or after a while."""

    def read() -> list[list[Shown]]:
        return [in_field(value) for value in admin.driver.execute_script(READ_FIELDS, fields)]

    deadline = time.monotonic() + FIELD_SECONDS
    while read() != shown and time.monotonic() < deadline:
        time.sleep(0.1)
    return read()


def compare(hands: list[Hand], shown: list[list[Shown]], stored: list[list[Shown]]) -> None:
    """Compare sequence by sequence, and say which actions ended in a difference."""
    for hand, expected, found in zip(hands, shown, stored, strict=True):
        assert found == expected, hand.log


def stored_html(page: RolePage) -> list[str]:
    draft: Any = RolePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return [section.value["prose"].source for section in draft.body if section.block_type == "text"]
