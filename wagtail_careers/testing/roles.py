"""The roles of the accessibility tree: their words, and what a screen reader says of each.

Most are of WAI-ARIA (https://www.w3.org/TR/wai-aria-1.2/#role_definitions), some the browser's.
The editor uses them too, so they need no browser.
"""

from enum import Enum

TEXT = "text"


class Kind(Enum):
    """The part that a node plays in a transcript."""

    #: Its children are said, but nothing of its own.
    THROUGH = "through"
    #: Neither it nor its children are said.
    SILENT = "silent"
    TEXT = "text"
    BREAK = "break"
    PAGE = "page"
    #: Said with its name, and its content inside.
    CONTAINER = "container"
    #: A container whose name, if any, comes from its author. It takes a single text as its name.
    ENTRY = "entry"
    LIST = "list"
    ITEM = "item"
    TABLE = "table"
    #: Named by its content, in which other elements are said again, but texts are not.
    NAMED_FROM_CONTENT = "named from content"
    #: Said with its name, and nothing inside.
    WHOLE = "whole"

    @property
    def has_name(self) -> bool:
        return self not in {Kind.ENTRY, Kind.ITEM}

    @property
    def is_named_from_content(self) -> bool:
        return self is Kind.NAMED_FROM_CONTENT

    @property
    def folds(self) -> bool:
        return self in {Kind.ENTRY, Kind.ITEM}

    @property
    def needs_name(self) -> bool:
        return self in {Kind.NAMED_FROM_CONTENT, Kind.WHOLE}


#: Where the word for a role is not the role itself.
WORDS = {
    "Audio": "audio",
    "DescriptionList": "description list",
    "DisclosureTriangle": "disclosure",
    "Iframe": "frame",
    "IframePresentational": "frame",
    "RootWebArea": "page",
    "Video": "video",
    "alertdialog": "alert dialog",
    "checkbox": "check box",
    "columnheader": "column header",
    "combobox": "combo box",
    "contentinfo": "content information",
    "gridcell": "cell",
    "img": "image",
    "listbox": "list box",
    "listitem": "item",
    "menubar": "menu bar",
    "menuitem": "menu item",
    "menuitemcheckbox": "menu item",
    "menuitemradio": "menu item",
    "progressbar": "progress bar",
    "radio": "radio button",
    "radiogroup": "radio group",
    "rowheader": "row header",
    "searchbox": "search field",
    "spinbutton": "number field",
    "tablist": "tab list",
    "tabpanel": "tab panel",
    "textbox": "text field",
    "treeitem": "tree item",
}

FRAMES = frozenset({"Iframe", "IframePresentational"})

_KINDS = {
    Kind.TEXT: "StaticText",
    Kind.BREAK: "LineBreak",
    Kind.PAGE: "RootWebArea",
    Kind.SILENT: "InlineTextBox ListMarker caption Legend",
    Kind.LIST: "list",
    Kind.ITEM: "listitem",
    Kind.TABLE: "table grid treegrid",
    Kind.ENTRY: "term definition cell gridcell columnheader rowheader blockquote status alert",
    Kind.CONTAINER: "banner navigation main contentinfo complementary search article figure"
    " dialog alertdialog DescriptionList row tablist tabpanel toolbar menu menubar radiogroup"
    " listbox tree feed log note",
    Kind.NAMED_FROM_CONTENT: "link button heading tab menuitem menuitemcheckbox menuitemradio"
    " option checkbox radio switch DisclosureTriangle treeitem",
    Kind.WHOLE: "textbox searchbox combobox spinbutton slider progressbar meter image img"
    " separator Iframe IframePresentational Video Audio",
}
KIND_OF = {role: kind for kind, names in _KINDS.items() for role in names.split()}
#: Said where the author gave it a name, and otherwise only a wrapper.
ONLY_IF_NAMED = frozenset({"region", "form", "group"})


def kind(role: str, name: str) -> Kind:
    """Return the part that an element plays. One whose role is not known is read through."""
    if role in ONLY_IF_NAMED:
        return Kind.CONTAINER if name else Kind.THROUGH
    return KIND_OF.get(role, Kind.THROUGH)


def word(role: str) -> str:
    """Return the word for a role in a transcript."""
    return WORDS.get(role, role)
