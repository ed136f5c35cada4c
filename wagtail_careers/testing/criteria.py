"""The success criteria of WCAG 2.2 at levels A and AA, and how far this kit tests each.

4.1.1 Parsing is left out: WCAG 2.2 has removed it. Source: https://www.w3.org/TR/WCAG22/
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Literal

UNDERSTANDING = "https://www.w3.org/WAI/WCAG22/Understanding/"

#: The tags of axe-core for the levels that the kit tests:
#: https://github.com/dequelabs/axe-core/blob/develop/doc/API.md#axe-core-tags
LEVEL_TAGS = frozenset({"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"})

_NUMBER = re.compile(r"\d\.\d\.\d+")


class Reach(Enum):
    """How far the checks of this kit go. None replaces a person who uses the page.

    ``AUTOMATIC``: the checks cover what the criterion asks of a page like a role page.
    ``PARTIAL``: the checks find some failures, and a person looks for the rest.
    ``PERSON``: no check covers the criterion.
    """

    AUTOMATIC = "automatic"
    PARTIAL = "partial"
    PERSON = "person"


@dataclass(frozen=True)
class Criterion:
    """A success criterion.

    ``slug`` is the last part of its address in W3C's "Understanding WCAG 2.2". With
    ``has_axe_rules``, axe-core tests something of it.
    """

    number: str
    name: str
    level: Literal["A", "AA"]
    slug: str
    reach: Reach = Reach.PERSON
    has_axe_rules: bool = False

    @property
    def tag(self) -> str:
        """The tag of axe-core's rules for this criterion: "wcag1412" for 1.4.12."""
        return f"wcag{self.number.replace('.', '')}"

    @property
    def title(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def url(self) -> str:
        return f"{UNDERSTANDING}{self.slug}"


_PARTIAL, _AUTOMATIC = Reach.PARTIAL, Reach.AUTOMATIC

#: All criteria at levels A and AA, in the order of WCAG.
CRITERIA: tuple[Criterion, ...] = (
    Criterion("1.1.1", "Non-text Content", "A", "non-text-content", _PARTIAL, True),
    Criterion(
        "1.2.1",
        "Audio-only and Video-only (Prerecorded)",
        "A",
        "audio-only-and-video-only-prerecorded",
        _PARTIAL,
        True,
    ),
    Criterion("1.2.2", "Captions (Prerecorded)", "A", "captions-prerecorded", _PARTIAL, True),
    Criterion(
        "1.2.3",
        "Audio Description or Media Alternative (Prerecorded)",
        "A",
        "audio-description-or-media-alternative-prerecorded",
    ),
    Criterion("1.2.4", "Captions (Live)", "AA", "captions-live"),
    Criterion("1.2.5", "Audio Description (Prerecorded)", "AA", "audio-description-prerecorded"),
    Criterion("1.3.1", "Info and Relationships", "A", "info-and-relationships", _PARTIAL, True),
    Criterion("1.3.2", "Meaningful Sequence", "A", "meaningful-sequence"),
    Criterion("1.3.3", "Sensory Characteristics", "A", "sensory-characteristics"),
    Criterion("1.3.4", "Orientation", "AA", "orientation", _PARTIAL, True),
    Criterion("1.3.5", "Identify Input Purpose", "AA", "identify-input-purpose", _PARTIAL, True),
    Criterion("1.4.1", "Use of Color", "A", "use-of-color", _PARTIAL, True),
    Criterion("1.4.2", "Audio Control", "A", "audio-control", _PARTIAL, True),
    Criterion("1.4.3", "Contrast (Minimum)", "AA", "contrast-minimum", _PARTIAL, True),
    Criterion("1.4.4", "Resize Text", "AA", "resize-text", _PARTIAL, True),
    Criterion("1.4.5", "Images of Text", "AA", "images-of-text"),
    Criterion("1.4.10", "Reflow", "AA", "reflow", _PARTIAL),
    Criterion("1.4.11", "Non-text Contrast", "AA", "non-text-contrast", _PARTIAL),
    Criterion("1.4.12", "Text Spacing", "AA", "text-spacing", _AUTOMATIC, True),
    Criterion("1.4.13", "Content on Hover or Focus", "AA", "content-on-hover-or-focus"),
    Criterion("2.1.1", "Keyboard", "A", "keyboard", _PARTIAL, True),
    Criterion("2.1.2", "No Keyboard Trap", "A", "no-keyboard-trap", _AUTOMATIC),
    Criterion("2.1.4", "Character Key Shortcuts", "A", "character-key-shortcuts"),
    Criterion("2.2.1", "Timing Adjustable", "A", "timing-adjustable", _PARTIAL, True),
    Criterion("2.2.2", "Pause, Stop, Hide", "A", "pause-stop-hide", _PARTIAL, True),
    Criterion("2.3.1", "Three Flashes or Below Threshold", "A", "three-flashes-or-below-threshold"),
    Criterion("2.4.1", "Bypass Blocks", "A", "bypass-blocks", _PARTIAL, True),
    Criterion("2.4.2", "Page Titled", "A", "page-titled", _PARTIAL, True),
    Criterion("2.4.3", "Focus Order", "A", "focus-order", _PARTIAL),
    Criterion("2.4.4", "Link Purpose (In Context)", "A", "link-purpose-in-context", _PARTIAL, True),
    Criterion("2.4.5", "Multiple Ways", "AA", "multiple-ways"),
    Criterion("2.4.6", "Headings and Labels", "AA", "headings-and-labels", _PARTIAL),
    Criterion("2.4.7", "Focus Visible", "AA", "focus-visible", _AUTOMATIC),
    Criterion(
        "2.4.11", "Focus Not Obscured (Minimum)", "AA", "focus-not-obscured-minimum", _AUTOMATIC
    ),
    Criterion("2.5.1", "Pointer Gestures", "A", "pointer-gestures"),
    Criterion("2.5.2", "Pointer Cancellation", "A", "pointer-cancellation"),
    Criterion("2.5.3", "Label in Name", "A", "label-in-name", _PARTIAL, True),
    Criterion("2.5.4", "Motion Actuation", "A", "motion-actuation"),
    Criterion("2.5.7", "Dragging Movements", "AA", "dragging-movements"),
    Criterion("2.5.8", "Target Size (Minimum)", "AA", "target-size-minimum", _AUTOMATIC, True),
    Criterion("3.1.1", "Language of Page", "A", "language-of-page", _PARTIAL, True),
    Criterion("3.1.2", "Language of Parts", "AA", "language-of-parts", _PARTIAL, True),
    Criterion("3.2.1", "On Focus", "A", "on-focus"),
    Criterion("3.2.2", "On Input", "A", "on-input"),
    Criterion("3.2.3", "Consistent Navigation", "AA", "consistent-navigation"),
    Criterion("3.2.4", "Consistent Identification", "AA", "consistent-identification"),
    Criterion("3.2.6", "Consistent Help", "A", "consistent-help"),
    Criterion("3.3.1", "Error Identification", "A", "error-identification"),
    Criterion("3.3.2", "Labels or Instructions", "A", "labels-or-instructions", _PARTIAL, True),
    Criterion("3.3.3", "Error Suggestion", "AA", "error-suggestion"),
    Criterion(
        "3.3.4",
        "Error Prevention (Legal, Financial, Data)",
        "AA",
        "error-prevention-legal-financial-data",
    ),
    Criterion("3.3.7", "Redundant Entry", "A", "redundant-entry"),
    Criterion(
        "3.3.8",
        "Accessible Authentication (Minimum)",
        "AA",
        "accessible-authentication-minimum",
    ),
    Criterion("4.1.2", "Name, Role, Value", "A", "name-role-value", _PARTIAL, True),
    Criterion("4.1.3", "Status Messages", "AA", "status-messages"),
)

#: The criteria by number.
BY_NUMBER = {criterion.number: criterion for criterion in CRITERIA}

_BY_TAG = {criterion.tag: criterion for criterion in CRITERIA}


def of_tags(tags: Iterable[str]) -> Criterion | None:
    """Return the criterion of a rule of axe-core, from the tags of the rule.

    A rule with several criteria counts for the one that axe names first. Returns None for a best
    practice, and for a rule at level AAA.
    """
    return next((_BY_TAG[tag] for tag in tags if tag in _BY_TAG), None)


def find(text: str) -> Criterion | None:
    """Return the criterion with the number that ``text`` begins with, as "1.4.10 Reflow" does."""
    number = _NUMBER.match(text)
    return BY_NUMBER.get(number[0]) if number else None
