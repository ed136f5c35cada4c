"""The rules of the kit's own checks: what axe-core does not test, or not in every case.

Each has the success criterion of WCAG 2.2 that it is about (https://www.w3.org/TR/WCAG22/) and the
way to fix it. A rule without a criterion is good practice, or a promise about privacy.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One thing that a check looks for. ``criterion`` is its number and name, or empty."""

    criterion: str
    fix: str


#: By id, which is what ``Problem.rule`` has and what ``ignore`` takes.
RULES = {
    "second-title": Rule(
        "1.3.1 Info and Relationships",
        "Make it an <h2>, or remove it. The title of the page is its only <h1>.",
    ),
    "stolen-label": Rule(
        "4.1.2 Name, Role, Value",
        "Give each element an id of its own, and use it in the label's “for”.",
    ),
    "placeholder-label": Rule(
        "3.3.2 Labels or Instructions",
        "Add a <label>. Keep the placeholder for an example, if at all.",
    ),
    "click-without-keyboard": Rule(
        "2.1.1 Keyboard", "Use a <button> or a link with an address instead of this element."
    ),
    "click-without-role": Rule(
        "4.1.2 Name, Role, Value",
        "Use a <button> or a link with an address instead of this element, or give it a role.",
    ),
    "invisible-link": Rule(
        "2.4.4 Link Purpose (In Context)", "Enter a text for the link that can be seen."
    ),
    "invisible-button": Rule(
        "4.1.2 Name, Role, Value", "Enter a text for the button that can be seen."
    ),
    "invisible-heading": Rule(
        "2.4.6 Headings and Labels", "Enter the text of the heading, or remove it."
    ),
    "same-name": Rule(
        "2.4.4 Link Purpose (In Context)",
        "Say in each link's text where it leads, so that no two links are alike.",
    ),
    "same-heading": Rule("", "Give each section a heading of its own."),
    "keyboard-unreachable": Rule(
        "2.1.1 Keyboard", "Let Tab reach it. Look for scripts that move the focus past it."
    ),
    "keyboard-trap": Rule(
        "2.1.2 No Keyboard Trap",
        "Let Tab and Shift+Tab leave it. A dialog can keep the focus until Escape closes it.",
    ),
    "focus-order": Rule(
        "2.4.3 Focus Order",
        "Put the elements into the HTML in the order in which they are read, and remove positive "
        "values of “tabindex”.",
    ),
    "focus-visible": Rule(
        "2.4.7 Focus Visible", "Give it an outline when it has the focus: “:focus-visible”."
    ),
    "focus-contrast": Rule(
        "1.4.11 Non-text Contrast", "Give the outline a colour with more contrast."
    ),
    "focus-obscured": Rule(
        "2.4.11 Focus Not Obscured (Minimum)",
        "Leave room for what covers it: “scroll-padding”, or a banner that does not stick.",
    ),
    "horizontal-scroll": Rule(
        "1.4.10 Reflow", "Let it wrap, limit its width to 100%, or let it scroll by itself."
    ),
    "text-cut": Rule(
        "1.4.4 Resize Text", "Let the box grow with its text: no fixed height, no hidden overflow."
    ),
    "text-spacing": Rule(
        "1.4.12 Text Spacing",
        "Let the box grow with its text: no fixed height, no hidden overflow.",
    ),
    "small-target": Rule(
        "2.5.8 Target Size (Minimum)", "Make it at least 24 by 24 CSS px, or add space around it."
    ),
    "motion": Rule(
        "2.2.2 Pause, Stop, Hide",
        "Stop it under “@media (prefers-reduced-motion: reduce)”, or add a button that does.",
    ),
    "needs-scripts": Rule("", "Put the text into the HTML, and let scripts add to it."),
    "print-width": Rule("", "Limit its width to that of the paper: “@media print”."),
    "third-party": Rule(
        "", "Serve the file from your own site, or ask readers before the page loads it."
    ),
    "content-security-policy": Rule(
        "", "Remove what the policy blocks from the page, or allow it in the policy."
    ),
    "console-error": Rule("", "Open the page with the browser's console, and mend the error."),
}
