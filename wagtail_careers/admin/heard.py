"""The side panel “As heard”: the spoken transcript of a page, with what is not saved yet.

The browser makes the transcript from the preview. It has the roles, and the form of a line, of
``wagtail_careers.testing.transcript``, but names and states are found by axe-core, which Wagtail
brings for its own checks: a page cannot read the browser's accessibility tree.
"""

from typing import Any

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel

from wagtail_careers.testing import roles

#: The words of a transcript that are not roles. ``%s`` is a number, a name or a quotation.
STATES = (
    gettext_noop("no name"),
    gettext_noop("level %s"),
    gettext_noop("current"),
    gettext_noop("current %s"),
    gettext_noop("expanded"),
    gettext_noop("collapsed"),
    gettext_noop("checked"),
    gettext_noop("not checked"),
    gettext_noop("partly checked"),
    gettext_noop("pressed"),
    gettext_noop("not pressed"),
    gettext_noop("partly pressed"),
    gettext_noop("selected"),
    gettext_noop("disabled"),
    gettext_noop("read-only"),
    gettext_noop("required"),
    gettext_noop("modal"),
    gettext_noop("invalid"),
    gettext_noop("has popup"),
    gettext_noop("value %s"),
    gettext_noop("description %s"),
    gettext_noop("not included"),
    gettext_noop("%s item"),
    gettext_noop("%s items"),
    gettext_noop("%s row"),
    gettext_noop("%s rows"),
    gettext_noop("%s column"),
    gettext_noop("%s columns"),
    gettext_noop("%s of %s"),
    gettext_noop("language %s"),
    gettext_noop("partly in %s"),
)

ROLES = (
    gettext_noop("alert"),
    gettext_noop("alert dialog"),
    gettext_noop("article"),
    gettext_noop("audio"),
    gettext_noop("banner"),
    gettext_noop("blockquote"),
    gettext_noop("button"),
    gettext_noop("cell"),
    gettext_noop("check box"),
    gettext_noop("column header"),
    gettext_noop("combo box"),
    gettext_noop("complementary"),
    gettext_noop("content information"),
    gettext_noop("definition"),
    gettext_noop("description list"),
    gettext_noop("dialog"),
    gettext_noop("disclosure"),
    gettext_noop("feed"),
    gettext_noop("figure"),
    gettext_noop("form"),
    gettext_noop("frame"),
    gettext_noop("grid"),
    gettext_noop("group"),
    gettext_noop("heading"),
    gettext_noop("image"),
    gettext_noop("item"),
    gettext_noop("link"),
    gettext_noop("list"),
    gettext_noop("list box"),
    gettext_noop("log"),
    gettext_noop("main"),
    gettext_noop("menu"),
    gettext_noop("menu bar"),
    gettext_noop("menu item"),
    gettext_noop("meter"),
    gettext_noop("navigation"),
    gettext_noop("note"),
    gettext_noop("number field"),
    gettext_noop("option"),
    gettext_noop("page"),
    gettext_noop("progress bar"),
    gettext_noop("radio button"),
    gettext_noop("radio group"),
    gettext_noop("region"),
    gettext_noop("row"),
    gettext_noop("row header"),
    gettext_noop("search"),
    gettext_noop("search field"),
    gettext_noop("separator"),
    gettext_noop("slider"),
    gettext_noop("status"),
    gettext_noop("switch"),
    gettext_noop("tab"),
    gettext_noop("tab list"),
    gettext_noop("tab panel"),
    gettext_noop("table"),
    gettext_noop("term"),
    gettext_noop("text"),
    gettext_noop("text field"),
    gettext_noop("toolbar"),
    gettext_noop("tree"),
    gettext_noop("tree item"),
    gettext_noop("treegrid"),
    gettext_noop("video"),
)

_SENTENCES = (
    gettext_noop("Loading the transcript…"),
    gettext_noop("The transcript has %s lines."),
    gettext_noop("The transcript did not change."),
    gettext_noop(
        "The page has errors, so the transcript is out of date. Save a draft to see the errors."
    ),
    gettext_noop(
        "The preview cannot be read, because it is on another site. "
        "Ask your developer to serve previews from this site."
    ),
    gettext_noop("The preview could not be loaded. Check your connection, then try again."),
)


class HeardSidePanel(BaseSidePanel):
    """The side panel, and its button at the top of the form."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle as heard")  # type: ignore[assignment]
        icon_name = "careers-heard"
        has_counter = False

    name = "careers-heard"
    title = _("As heard")
    template_name = "wagtail_careers/admin/heard_panel.html"

    @property
    def vocabulary(self) -> dict[str, Any]:
        """The parts that roles play, and the words of a transcript in the user's language."""
        return {
            "kinds": {role: kind.value for role, kind in roles.KIND_OF.items()},
            "onlyIfNamed": sorted(roles.ONLY_IF_NAMED),
            "roles": roles.WORDS,
            "words": {word: gettext(word) for word in (*ROLES, *STATES, *_SENTENCES)},
        }
