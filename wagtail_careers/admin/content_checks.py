"""The findings of rules about content in Wagtail's own checks.

Wagtail runs axe on the preview of a page, and lists what it finds in the Checks panel of the
editor and in the user bar of the preview. Each rule about content is an axe rule there. A preview
carries its findings as data, and a script marks the elements that they are about. Axe has one
message for all findings of a rule, so another script enters in the panel the words of each.

The rules are imported when a role is previewed or edited, because a site starts without them.
"""

import re
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html, json_script
from wagtail.admin.userbar import AccessibilityItem, ContentCheckerItem

from wagtail_careers.blocks.body import shown_sections
from wagtail_careers.models import RolePageMixin

#: After the hooks of other packages and of the site, whose checker ours extends.
ORDER = 1000
#: The id of the data in the user bar. The script has it, too.
DATA_ID = "careers-findings"
#: The attribute of marked elements, with the ids of their rules. The script has it, too.
ATTRIBUTE = "data-careers-findings"
#: The check of all our rules, which fails for each marked element.
CHECK = "careers-finding"
#: Our tag, for a checker that chooses its rules by tags, and the tags that axe documents.
TAG = "careers"
_AXE_TAGS = re.compile(
    r"wcag\d|cat\.|best-practice$|section508|TTv5|TT\d|EN-|RGAA|ACT$|experimental$|review-item$"
)
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")
_IMPACTS = {"error": "serious", "warning": "moderate", "advice": "minor"}
_PAGE = "_wagtail_careers_previewed"


@dataclass(frozen=True)
class ShownFinding:
    """A finding as the script gets it.

    ``anchor`` is the HTML id of its section, if it has one. ``offset`` is the position of ``text``
    in the text of the section, and ``occurrence`` the number of times that it stands before that.
    ``values`` are those of the placeholders in the message and the fix of the rule.
    """

    rule: str
    section: str
    anchor: str
    text: str
    offset: int
    occurrence: int
    values: dict[str, str]


def add_checks(request: HttpRequest, items: list[Any], page: Any) -> None:
    """Add our checks to those of a role's editor or preview. A ``construct_wagtail_userbar`` hook.

    Other pages get none, and neither do roles outside of previews.
    """
    if not isinstance(page, RolePageMixin):
        return
    is_preview = getattr(request, "is_preview", False)
    for number, item in enumerate(items):
        if isinstance(item, ContentCheckerItem) and (item.in_editor or is_preview):
            if is_preview:
                setattr(request, _PAGE, page)
            items[number] = _extended(type(item))._from(item)


class _FindingsMixin:
    """A content checker with our rules."""

    class Media:
        js = ["wagtail_careers/js/content-checks.js"]

    @classmethod
    def _from(cls, item: Any) -> Any:
        """Return a copy of ``item``, whatever its class keeps in it."""
        extended = cls.__new__(cls)
        extended.__dict__.update(item.__dict__)
        return extended

    def get_axe_run_only(self, request: Any) -> Any:
        chosen = super().get_axe_run_only(request)  # type: ignore[misc]
        if not chosen:
            return chosen  # All rules run.
        if any(_AXE_TAGS.match(each) for each in chosen):
            return [*chosen, TAG]
        return [*chosen, *(axe_id(rule) for rule in _rules())]

    def get_axe_custom_rules(self, request: Any) -> Any:
        given = super().get_axe_custom_rules(request)  # type: ignore[misc]
        return [*given, *map(_axe_rule, _rules())]

    def get_axe_custom_checks(self, request: Any) -> Any:
        return [*super().get_axe_custom_checks(request), {"id": CHECK}]  # type: ignore[misc]

    def get_axe_messages(self, request: Any) -> Any:
        messages = {axe_id(rule): _message(rule) for rule in _rules()}
        return {**super().get_axe_messages(request), **messages}  # type: ignore[misc]

    def render_html(self, parent_context: Any = None) -> Any:
        """Render the item, followed by the data about the previewed page."""
        html = super().render_html(parent_context)  # type: ignore[misc]
        page = getattr((parent_context or {}).get("request"), _PAGE, None)
        if page is None or not html:
            return html
        data = [asdict(each) for each in shown_findings(page)]
        return format_html("{}{}", html, json_script(data, DATA_ID))


@cache
def _extended(base: type[ContentCheckerItem]) -> Any:
    """Return a subclass of the checker that a site or another package uses, with our rules."""
    # Wagtail warns of subclasses of its deprecated class, which adds nothing.
    parent = ContentCheckerItem if base is AccessibilityItem else base
    return type("RoleContentCheckerItem", (_FindingsMixin, parent), {})


def axe_id(rule: Any) -> str:
    """Return the id of a rule in axe, where none of axe's own has the same."""
    return f"careers-{rule.id}"


def shown_findings(page: Any) -> list[ShownFinding]:
    """Return the findings about a previewed page, in few queries."""
    from wagtail_careers.lint.content import read
    from wagtail_careers.lint.publication import preview_findings
    from wagtail_careers.lint.wording import words_of

    sections = shown_sections(page.body, is_preview=True)
    content = read(page.body.stream_block, list(page.body.raw_data))
    texts = {each.section.number: each.text for each in content.sections}
    return [
        ShownFinding(
            rule=axe_id(finding.rule),
            section=finding.section.block_id,
            anchor=sections[number].anchor if number >= 0 else "",
            text=finding.text,
            offset=finding.offset,
            occurrence=texts.get(number, "").count(finding.text, 0, finding.offset)
            if finding.text
            else 0,
            values={key: str(value) for key, value in words_of(finding).items()},
        )
        for finding in preview_findings(page)
        for number in [finding.section.number]
    ]


def _rules() -> list[Any]:
    from wagtail_careers.lint.publication import site_rules

    return [rule for rule in site_rules() if rule.is_concern and not rule.compares_roles]


def _axe_rule(rule: Any) -> dict[str, Any]:
    return {
        "id": axe_id(rule),
        "impact": _IMPACTS[rule.level],
        "selector": f'[{ATTRIBUTE}~="{axe_id(rule)}"]',
        "tags": [TAG, f"{TAG}-{rule.level}"],
        "any": [CHECK],
        "enabled": True,
    }


def _message(rule: Any) -> dict[str, str]:
    """Return a rule in words: without the words of one finding, and with placeholders for them.

    Wagtail shows the former, and our script in the panel the latter.
    """
    name, fix = f"{rule.level.label}: {rule.message}", str(rule.fix)
    return {
        "error_name": _without_values(name),
        "help_text": _without_values(fix),
        "error_template": name,
        "help_template": fix,
    }


def _without_values(message: Any) -> str:
    return _PLACEHOLDER.sub("…", str(message)).replace("%%", "%")
