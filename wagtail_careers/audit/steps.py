"""What a person does on a role page for each criterion that no check covers fully.

By the number of the criterion. The wording is here and not beside the criteria, because the testing
tools work without Django, which translates it. Source: "Understanding WCAG 2.2",
https://www.w3.org/WAI/WCAG22/Understanding/
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STEPS: Mapping[str, "str | Promise"] = {
    "1.1.1": _(
        "Read the text alternative of each image. It must say what the image says, and be empty "
        "for decoration."
    ),
    "1.2.1": _(
        "If the page has a sound recording or a silent film, check that a transcript or a "
        "description stands beside it."
    ),
    "1.2.2": _(
        "If the page has a film with sound, play it with captions. They must have all that is "
        "said, and sounds that matter."
    ),
    "1.2.3": _(
        "If the page has a film with sound, check that it has an audio description or a full text "
        "of what it shows."
    ),
    "1.2.4": _("If the page shows a live broadcast with sound, check that it has captions."),
    "1.2.5": _(
        "If the page has a film with sound, play its audio description. It must say what is shown "
        "and not said."
    ),
    "1.3.1": _(
        "Compare what you see with the headings, lists and tables in the HTML. What looks like "
        "a heading or a list must be one."
    ),
    "1.3.2": _(
        "Read the page in the order of its HTML, for example with a screen reader. The order must "
        "make sense."
    ),
    "1.3.3": _(
        "Look for instructions such as “the link on the right” or “the round button”. Each must "
        "also give a name."
    ),
    "1.3.4": _("Turn a phone. The page must work upright and on its side."),
    "1.3.5": _(
        "If the page asks for details of the reader, check that each field has the right "
        "“autocomplete” value."
    ),
    "1.4.1": _(
        "Look at the page in shades of grey. Links, traits, errors and states must still be told "
        "apart."
    ),
    "1.4.2": _(
        "If sound starts by itself, check that it stops within 3 seconds or can be stopped."
    ),
    "1.4.3": _("Check the contrast of text on pictures and gradients, which no tool can measure."),
    "1.4.4": _(
        "Zoom to 200%. Nothing may be lost, cut off or covered, and everything must still work."
    ),
    "1.4.5": _("Look for pictures of text. Only logos may be."),
    "1.4.10": _(
        "Open the page at a width of 320 CSS pixels. Everything must still be there, and nothing "
        "but tables and maps may scroll sideways."
    ),
    "1.4.11": _(
        "Check that icons, borders of fields and states have a contrast of at least 3:1 to what "
        "is around them."
    ),
    "1.4.13": _(
        "Point at and tab to everything that opens something. What opens must stay while you "
        "point at it, and close with Escape."
    ),
    "2.1.1": _(
        "Use the page with the keyboard alone. All that a mouse can do must work, menus and "
        "dialogs included."
    ),
    "2.1.4": _(
        "If a script reacts to single letters, check that this can be turned off or changed."
    ),
    "2.2.1": _("If the page ends something after a time, check that readers can have more time."),
    "2.2.2": _(
        "If anything moves, blinks or changes by itself for over 5 seconds, check that it can be "
        "stopped."
    ),
    "2.3.1": _("If anything flashes, check that it does so at most three times a second."),
    "2.4.1": _(
        "Press Tab once and then Enter. The skip link must lead to the main content, past the "
        "header."
    ),
    "2.4.2": _("Read the title in the browser's tab. It must name the role and the organisation."),
    "2.4.3": _(
        "Tab through the page, and through menus and dialogs. The order must follow the meaning."
    ),
    "2.4.4": _(
        "Read each link with the sentence or the list around it. It must be clear where it leads."
    ),
    "2.4.5": _(
        "Check that there are two ways to each role, for example the list of roles and search."
    ),
    "2.4.6": _("Read all headings and labels. Each must say what it is above or beside."),
    "2.5.1": _("If something reacts to a swipe or a pinch, check that a single tap can do it too."),
    "2.5.2": _(
        "Press a button, move away and let go. Nothing may happen until you let go on the button."
    ),
    "2.5.3": _(
        "Say the visible name of each button and link to a voice control, such as “Click Apply”. "
        "It must react."
    ),
    "2.5.4": _("If the page reacts to movement of the phone, check that a button does the same."),
    "2.5.7": _("If something can be dragged, check that a tap or a click can do it too."),
    "3.1.1": _("Check that the language of the page, in “lang”, is the one that it is written in."),
    "3.1.2": _(
        "Look for words in another language. Each passage must be marked with its language."
    ),
    "3.2.1": _("Tab through the page. Nothing may open, close or send by itself."),
    "3.2.2": _(
        "Change each field and choice. Nothing may open or be sent until you press a button, "
        "unless the page says so first."
    ),
    "3.2.3": _(
        "Compare several pages. Menus and links that they share must stand in the same order."
    ),
    "3.2.4": _("Compare several pages. What does the same must have the same name."),
    "3.2.6": _(
        "If pages offer help, such as a phone number or a form, check that it stands in the same "
        "place on each."
    ),
    "3.3.1": _(
        "If the page has a form, make a mistake. A text must name the field and say what is wrong."
    ),
    "3.3.2": _(
        "If the page has a form, check that each field says what to enter, and in what form."
    ),
    "3.3.3": _("If the page has a form, make a mistake. The message must say how to put it right."),
    "3.3.4": _(
        "If the page sends an application or personal data, check that readers can look through, "
        "correct or withdraw it."
    ),
    "3.3.7": _("If a form has several steps, check that nothing is asked for twice."),
    "3.3.8": _(
        "If readers log in, check that they can do so without a test of memory or a puzzle, for "
        "example by a password manager."
    ),
    "4.1.2": _(
        "Use each control with a screen reader. It must say the name, the kind and the state of "
        "the control."
    ),
    "4.1.3": _(
        "Do what changes the page, such as a search. A screen reader must say the result though "
        "the focus does not move."
    ),
}
