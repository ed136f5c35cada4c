"""What an editor should know before publication, as values: no test here uses the database."""

from typing import Any

import pytest

from tests.factories import body, child, link_item, shared_link_html, step_item
from wagtail_careers.blocks import RoleBodyBlock
from wagtail_careers.choices import LinkState
from wagtail_careers.lint.content import Content
from wagtail_careers.lint.content import read as read_content
from wagtail_careers.lint.findings import findings
from wagtail_careers.lint.places import LinkPlace, PagePlace
from wagtail_careers.lint.records import Record, Records
from wagtail_careers.lint.registry import all_rules, rules_of
from wagtail_careers.lint.rule import Context, Effect, Finding
from wagtail_careers.lint.wording import EFFECTS, advice, problem

LIVE = Record("NHS Jobs")
DRAFT = Record("NHS Jobs", is_live=False, was_live=False)
UNPUBLISHED = Record("NHS Jobs", is_live=False)
PRIVATE = Record("NHS Jobs", restricted=("00010002",))
ADDRESS = "https://www.jobs.nhs.uk/search?a=1"


def read(raw: list[dict[str, Any]]) -> Content:
    return read_content(RoleBodyBlock(), raw)


def checked(content: Content, records: Records, shown_on: str = "") -> tuple[Finding, ...]:
    """The findings of the rules that every site checks."""
    return findings(content, Context(records, shown_on), rules_of(()))


def found(records: Records, **sections: Any) -> list[Finding]:
    return list(checked(read(body(**sections)), records))


def the(records: Records, **sections: Any) -> tuple[str, str, str, Effect]:
    """The one finding: its rule, its section, its text and its effect on readers."""
    (finding,) = found(records, **sections)
    return finding.rule.id, finding.section.label, finding.text, finding.effect


def in_prose(path: str = "") -> dict[str, str]:
    return {"duties": f"<p>Look at {shared_link_html(3, 'these <b>jobs</b>', path)}.</p>"}


def in_list(path: str = "") -> dict[str, Any]:
    return {"application_links": {"links": [link_item(3, path)]}}


def link(record: Record, state: LinkState, path: str = "") -> Records:
    return Records(links={3: record}, states={(3, path): state})


class TestSharedLinks:
    def test_live_one_is_no_finding(self) -> None:
        records = link(LIVE, LinkState.LIVE)
        assert found(records, **in_prose(), **in_list()) == []

    @pytest.mark.parametrize(
        ("record", "rule", "in_a_list"),
        [
            (DRAFT, "link-never-published", Effect.HIDDEN),
            (UNPUBLISHED, "link-unpublished", Effect.NO_LINK),
        ],
    )
    def test_draft_is_text_in_prose_and_hidden_in_a_list_unless_it_was_live(
        self, record: Record, rule: str, in_a_list: Effect
    ) -> None:
        records = link(record, LinkState.DRAFT)
        assert the(records, **in_prose()) == (rule, "Duties", "these jobs", Effect.NO_LINK)
        assert the(records, **in_list()) == (rule, "Application links", "NHS Jobs", in_a_list)

    def test_draft_with_a_live_translation_is_no_finding(self) -> None:
        assert found(link(LIVE, LinkState.DRAFT), **in_prose()) == []

    def test_replaced_one_names_its_successor(self) -> None:
        record = Record("NHS Jobs", successor="Health Jobs")
        (finding,) = found(link(record, LinkState.RETIRED), **in_list())
        assert (finding.rule.id, finding.effect, finding.link) == ("link-replaced", Effect.NONE, 3)
        assert problem(finding) == "The shared link “NHS Jobs” was replaced by “Health Jobs”."

    def test_dead_one_shows_the_address_with_its_path(self) -> None:
        records = Records(
            links={3: LIVE},
            states={(3, "a"): LinkState.DEAD, (3, ""): LinkState.LIVE},
            urls={(3, "a"): "https://jobs.example/a"},
        )
        (finding,) = found(records, **in_prose("a"), **in_list())
        assert (
            problem(finding) == "The shared link “NHS Jobs” does not work: https://jobs.example/a"
        )

    def test_deleted_one_is_found_by_what_is_missing(self) -> None:
        rule = "link-deleted"
        assert the(Records(), **in_prose()) == (rule, "Duties", "these jobs", Effect.NO_LINK)
        assert the(Records(), **in_list()) == (rule, "Application links", "", Effect.HIDDEN)

    @pytest.mark.parametrize("path", ["../x", "//evil.example", "https://evil.example/"])
    def test_path_that_leads_out_of_the_site_is_a_finding(self, path: str) -> None:
        prose = f"<p>See {shared_link_html(3, 'these jobs', path)}.</p>"
        (finding,) = found(link(LIVE, LinkState.LIVE, path), duties=prose)
        assert (finding.rule.id, finding.effect) == ("link-path-unsafe", Effect.NONE)
        assert problem(finding) == (
            f"The path “{path}” leads out of the site of “NHS Jobs”. "
            "Readers get the link without it."
        )

    def test_same_place_is_said_once(self) -> None:
        once = in_prose()["duties"]
        assert len(found(link(DRAFT, LinkState.DRAFT), duties=once + once)) == 1


class TestPages:
    @pytest.mark.parametrize(
        ("records", "title", "rule", "text", "effect"),
        [
            ({7: DRAFT}, "", "page-never-published", "NHS Jobs", Effect.HIDDEN),
            ({7: DRAFT}, "Nurse", "page-never-published", "Nurse", Effect.NO_LINK),
            ({7: UNPUBLISHED}, "", "page-unpublished", "NHS Jobs", Effect.NO_LINK),
            ({7: PRIVATE}, "", "page-private", "NHS Jobs", Effect.HIDDEN),
            ({7: PRIVATE}, "Nurse", "page-private", "Nurse", Effect.NO_LINK),
            ({}, "", "page-deleted", "", Effect.HIDDEN),
            ({}, "Nurse", "page-deleted", "Nurse", Effect.NO_LINK),
        ],
    )
    def test_step_says_what_readers_see_of_it(
        self, records: Any, title: str, rule: str, text: str, effect: Effect
    ) -> None:
        steps = {"progression": {"steps": [step_item(title, page=7)]}}
        assert the(Records(pages=records), **steps) == (rule, "Progression", text, effect)

    def test_live_page_and_a_title_alone_are_no_findings(self) -> None:
        steps = {"progression": {"steps": [step_item(page=7), step_item("Matron")]}}
        assert found(Records(pages={7: LIVE}), **steps) == []

    def test_step_to_a_private_page_is_no_finding_on_a_page_that_is_as_private(self) -> None:
        steps = read(body(progression={"steps": [step_item(page=7)]}))
        records = Records(pages={7: PRIVATE})
        assert not checked(steps, records, shown_on="000100020001")
        assert checked(steps, records, shown_on="000100030001")

    def test_link_in_prose_to_a_private_page_stays_a_link(self) -> None:
        prose = '<p>Read about <a linktype="page" id="7">nurses</a>.</p>'
        rule = "page-private"
        records = Records(pages={7: PRIVATE})
        assert the(records, training=prose) == (rule, "Training", "nurses", Effect.NONE)

    def test_link_in_prose_is_text_while_its_page_is_not_live(self) -> None:
        prose = '<p>Read about <a linktype="page" id="7">nurses</a>.</p>'
        rule = "page-never-published"
        records = Records(pages={7: DRAFT})
        assert the(records, training=prose) == (rule, "Training", "nurses", Effect.NO_LINK)


class TestPlainLinks:
    PROSE = f'<p>See <a href="{ADDRESS}">jobs</a> or <a href="https://other.example/">it</a>.</p>'

    def test_address_of_a_shared_link_is_a_finding(self) -> None:
        (finding,) = found(Records(managed={ADDRESS: (3, "NHS Jobs")}), duties=self.PROSE)
        assert (finding.rule.id, finding.text, finding.link) == ("plain-link", "jobs", 3)
        assert problem(finding) == (
            f"This address belongs to the shared link “NHS Jobs”: {ADDRESS}"
        )

    def test_other_addresses_are_none(self) -> None:
        assert found(Records(), duties=self.PROSE) == []

    @pytest.mark.parametrize("address", ["javascript:x()", "https://u:p@a.example/", "ftp://a/"])
    @pytest.mark.parametrize(("text", "effect"), [("it", Effect.NO_LINK), ("", Effect.HIDDEN)])
    def test_address_that_readers_do_not_get_is_a_finding(
        self, address: str, text: str, effect: Effect
    ) -> None:
        prose = f'<p>See <a href="{address}">{text}</a>.</p>'
        rule = "plain-link-unsafe"
        assert the(Records(), duties=prose) == (rule, "Duties", text, effect)

    @pytest.mark.parametrize("address", ["/roles/", "#pay", "mailto:a@a.example", "tel:1"])
    def test_link_within_the_site_is_none(self, address: str) -> None:
        assert found(Records(), duties=f'<p>See <a href="{address}">it</a>.</p>') == []


class TestTraits:
    KNOWN = {"kind": "kindness", "patience": "patience"}

    @pytest.mark.parametrize(
        ("phrase", "rule", "trait"),
        [
            ("patience", "trait-known", "patience"),
            ("Kind", "trait-known", "kindness"),
            ("juggling", "trait-new", ""),
            ("patient", "trait-similar", "patience"),
            ("x" * 300, "trait-too-long", ""),
            ("x", "trait-too-short", ""),
        ],
    )
    def test_phrase_is_compared_with_the_known_ones(
        self, phrase: str, rule: str, trait: str
    ) -> None:
        prose = f"<p>Show <mark>{phrase}</mark>.</p>"
        (finding,) = found(Records(traits=self.KNOWN), person_spec=prose)
        assert (finding.rule.id, finding.text, finding.trait) == (rule, phrase, trait)
        assert finding.section.label == "Person spec"
        assert finding.is_concern == (rule != "trait-known")

    def test_phrase_is_found_in_the_first_section_that_has_it(self) -> None:
        prose = "<p>Some <mark>juggling</mark>,</p>"
        assert the(Records(), duties=prose, training=prose.upper())[1] == "Duties"


def test_findings_come_in_the_order_of_the_sections() -> None:
    records = Records(links={3: DRAFT}, states={(3, ""): LinkState.DRAFT})
    order = [
        finding.section.label
        for finding in found(
            records,
            person_spec="<p><mark>juggling</mark></p>",
            **in_prose(),
            progression={"steps": [step_item("Nurse", page=7)]},
            **in_list(),
            text={"title": "A day", "prose": "<p><mark>x</mark></p>"},
        )
    ]
    assert order == ["Person spec", "Duties", "Application links", "Progression", "Text: A day"]


def test_section_is_known_by_the_id_of_its_block() -> None:
    raw = body(**in_prose())
    (finding,) = checked(read(raw), Records())
    assert finding.section.block_id == raw[2]["id"]


def test_impossible_keys_and_paths_that_are_not_text_are_none() -> None:
    keys = (10**30, -1, True, "²", "", None, [3], {"a": 3})
    impossible = [child("item", {"shared_link": pk, "path": "", "page": pk}) for pk in keys]
    odd_path = child("item", {"shared_link": 3, "path": {"a": 1}})
    body_ = body(
        application_links={"links": [*impossible, odd_path]}, progression={"steps": impossible}
    )
    assert [(place.shared_link, place.deep_path) for place in read(body_).places.of(LinkPlace)] == [
        (3, "")
    ]
    assert read(body_).places.of(PagePlace) == []


def test_body_that_is_half_done_has_no_findings() -> None:
    raw = [
        {"type": "duties", "value": {}},
        {"type": "gone", "value": {"prose": in_prose()["duties"]}},
        {"type": "application_links", "value": {"links": [{"value": {}, "type": "item"}]}},
        {"type": "progression", "value": {"prose": None, "steps": [step_item()]}},
    ]
    assert checked(read(raw), Records()) == ()


def test_all_findings_have_words() -> None:
    assert EFFECTS.keys() == set(Effect)
    section = read(body(**in_prose())).sections[0].section
    for rule in all_rules().values():
        finding = Finding(rule, section, "text", Effect.HIDDEN, "100 %(name)s", "%s", trait="%")
        assert problem(finding).endswith(" Readers do not see it.")
        assert bool(advice(finding)) == finding.is_concern
