"""The findings that are known already, from the report of an earlier audit."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from html.parser import HTMLParser

from wagtail_careers.audit.results import Audit, Finding, PageAudit

#: The attributes that say what an element is. Others change with the text: addresses, labels.
_IDENTIFYING = ("id", "class", "name", "role", "type")
_POSITION = re.compile(r":nth-[a-z-]+\([^)]*\)")
#: A part of an id that a program counted or drew by chance.
_GENERATED = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+")


Identity = tuple[str, str, str, str]


def identity(page: PageAudit, finding: Finding) -> Identity:
    """Return what stays the same of a finding when the page changes elsewhere.

    That is the rule, the criterion, the path of the page, and the element: its start tag without
    what changes with the text, or else its selector without positions.
    """
    element = _start_tag(finding.html) or _POSITION.sub("", finding.target)
    return finding.rule, finding.criterion, page.path, _GENERATED.sub("0", element)


def new_findings(audit: Audit, baseline: Audit) -> list[tuple[PageAudit, Finding]]:
    """Return the findings that the baseline does not have.

    Elements that are alike are counted: with two pale links in the baseline, a third is new.
    """
    known = Counter(identity(page, finding) for page, finding in baseline.findings)
    exact = {(page.path, finding.rule, finding.target) for page, finding in baseline.findings}
    alike: defaultdict[Identity, list[tuple[PageAudit, Finding]]] = defaultdict(list)
    for page, finding in audit.findings:
        alike[identity(page, finding)].append((page, finding))
    new: list[tuple[PageAudit, Finding]] = []
    for each, found in alike.items():
        # Those at a place of the baseline are the known ones.
        found.sort(key=lambda pair: (pair[0].path, pair[1].rule, pair[1].target) not in exact)
        new += found[known[each] :]
    return _in_order(audit, new)


def _in_order(
    audit: Audit, found: Iterable[tuple[PageAudit, Finding]]
) -> list[tuple[PageAudit, Finding]]:
    wanted = {(page.path, id(finding)) for page, finding in found}
    return [pair for pair in audit.findings if (pair[0].path, id(pair[1])) in wanted]


class _StartTag(HTMLParser):
    """Keeps the first start tag."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.text:
            return
        given = dict(attrs)
        parts = [
            f"{name}={' '.join(sorted((given[name] or '').split()))}"
            for name in _IDENTIFYING
            if name in given
        ]
        self.text = " ".join([tag, *parts])


def _start_tag(html: str) -> str:
    parser = _StartTag()
    parser.feed(html)
    return parser.text
