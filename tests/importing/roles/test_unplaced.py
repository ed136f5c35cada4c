"""What a post has besides its content: on the page where the map says so, else named."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.factories import RoleCategoryFactory
from tests.importing.conftest import Result
from tests.importing.posts import export, item, markdown
from wagtail_careers.blocks.registry import SectionKind
from wagtail_careers.importing.reading.posts import read_field
from wagtail_careers.importing.roles import account
from wagtail_careers.importing.roles.fields import places, with_fields
from wagtail_careers.importing.roles.sections import Section
from wagtail_careers.importing.sources.conventions import DEFAULTS
from wagtail_careers.importing.sources.posts import Field
from wagtail_careers.models import ImportRecord, RoleTrait, SharedLink
from wagtail_careers.pages.models import RolePage

Import = Callable[..., Result]

HTML = "<p>A cook makes meals.</p><h2>What will I be doing?</h2><p>You cook.</p>"


@pytest.fixture(autouse=True)
def careers(db: None) -> None:
    RoleCategoryFactory(name="Careers", slug="careers")


@pytest.fixture
def import_item(import_roles: Import, tmp_path: Path) -> Callable[..., Any]:
    """A function that imports an item with more elements, and returns its part of the report."""

    def run(more: str = "", table: str = "", html: str = HTML, **fields: str) -> Any:
        source, map_file = tmp_path / "export.xml", tmp_path / "map.toml"
        written = item(1, "Cook", html=html, **fields).replace("</item>", f"{more}</item>")
        source.write_text(export([written]), encoding="utf-8")
        map_file.write_text(table, encoding="utf-8")
        result = import_roles(source, map=map_file, publish=True)
        return result.post(1) if result.report else result

    return run


def meta(key: str, value: str) -> str:
    return (
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key>"
        f"<wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
    )


def term(taxonomy: str, name: str) -> str:
    return f'<category domain="{taxonomy}" nicename="{name.lower()}">{name}</category>'


def flags(post: Any, *codes: str) -> list[Any]:
    return [flag for flag in post["flags"] if flag["code"] in codes]


def body() -> dict[str, Any]:
    return {block["type"]: block["value"] for block in RolePage.objects.get().body.raw_data}


def test_a_field_is_named_with_its_words_and_its_addresses(import_item: Callable[..., Any]) -> None:
    value = '<p>Write to <a href="https://jobs.example/">us</a>.</p><p>Soon.</p>'
    post = import_item(meta("how", value))
    assert post["unplaced"] == [
        {
            "kind": "field",
            "name": "how",
            "number": 1,
            "words": 4,
            "text": "Write to us. Soon.",
            "addresses": ["https://jobs.example/"],
        }
    ]
    (flag,) = flags(post, "field")
    assert flag["review"]
    assert flag["message"] == (
        "The field “how” is not on the page: “Write to us. Soon.” (words: 4; links: "
        "https://jobs.example/)."
    )


def test_addresses_of_images_and_embedded_objects_are_named(
    import_item: Callable[..., Any],
) -> None:
    value = '<img src="https://a.example/1.png"><iframe src="https://b.example/map"></iframe>Hi'
    (part,) = import_item(meta("how", value))["unplaced"]
    assert part["addresses"] == ["https://a.example/1.png", "https://b.example/map"]


def test_a_long_field_is_shortened_in_the_flag_alone(import_item: Callable[..., Any]) -> None:
    post = import_item(meta("how", "words " * 500))
    assert flags(post, "field")[0]["parameters"]["text"] == f"{'words ' * 32}words…"
    assert len(post["unplaced"][0]["text"].split()) == 500


def test_a_field_without_a_word_to_see_is_named(import_item: Callable[..., Any]) -> None:
    post = import_item(meta("code", "<script>track()</script>"))
    assert [(each["words"], each["text"]) for each in post["unplaced"]] == [
        (0, "<script>track()</script>")
    ]


def test_a_page_builder_s_copy_of_the_content_is_not_named(
    import_item: Callable[..., Any],
) -> None:
    html = f'{HTML}<p>See <a href="https://jobs.example/">our jobs</a>.</p>'
    copies = ["<b>A cook makes meals.</b>", "You cook.", "https://jobs.example/"]
    texts = [*copies, "Meals makes a cook."]
    post = import_item(meta("_elementor_data", json.dumps(texts)), html=html)
    assert [each["text"] for each in post["unplaced"]] == ["Meals makes a cook."]
    # What somebody typed into a field of its own is named, whatever the content says.
    post = import_item(meta("note", "You cook."), html=html)
    assert [each["name"] for each in post["unplaced"]] == ["note"]


def test_an_element_of_a_plugin_is_a_field(import_item: Callable[..., Any]) -> None:
    post = import_item("<wp:salary>£9 an <b>hour</b></wp:salary>")
    assert [(each["name"], each["text"]) for each in post["unplaced"]] == [("salary", "£9 an hour")]


def test_terms_of_all_taxonomies_are_named(import_item: Callable[..., Any]) -> None:
    post = import_item(term("post_tag", "Calm") + term("post_tag", "Tidy") + term("town", "Leeds"))
    assert [flag["parameters"]["text"] for flag in flags(post, "terms")] == [
        "“Calm”, “Tidy”",
        "“Leeds”",
    ]
    assert post["category"] == {"name": "Careers", "doubt": ""}


def test_categories_that_a_choice_replaces_are_named(import_item: Callable[..., Any]) -> None:
    RoleCategoryFactory(name="Food", slug="food")
    post = import_item(table='[posts.1]\ncategory = "food"')
    assert [flag["parameters"]["text"] for flag in flags(post, "terms")] == ["“Careers”"]


def test_what_readers_and_owners_kept_private_is_counted_and_not_told(
    import_item: Callable[..., Any], tmp_path: Path
) -> None:
    comment = (
        "<wp:comment><wp:comment_author>Zelda Quux</wp:comment_author>"
        "<wp:comment_author_email>zelda@quux.example</wp:comment_author_email>"
        "<wp:comment_author_url>https://quux.example</wp:comment_author_url>"
        "<wp:comment_author_IP>192.0.2.77</wp:comment_author_IP>"
        "<wp:comment_content>Is quuxing needed?</wp:comment_content>"
        "<wp:commentmeta><wp:meta_key>quuxkey</wp:meta_key></wp:commentmeta></wp:comment>"
    )
    secret = meta("member_password", "quuxsesame now")
    post = import_item(comment * 2 + secret, **{"wp:post_password": "quuxpass"})
    told = [{key: each[key] for key in ("kind", "number", "words")} for each in post["unplaced"]]
    assert told == [
        {"kind": "withheld", "number": 1, "words": 2},
        {"kind": "comments", "number": 2, "words": 6},
        {"kind": "protected", "number": 1, "words": 0},
    ]
    record = ImportRecord.objects.get()
    written = f"{record.flags} {record.written} {(tmp_path / 'report.json').read_text()}"
    assert "quux" not in written.lower()
    assert "192.0.2.77" not in written
    assert not RolePage.objects.get().live


def test_links_of_the_excerpt_are_on_the_page_or_named(import_item: Callable[..., Any]) -> None:
    excerpt = '<![CDATA[See <a href="https://a.example/">A</a>.]]>'
    post = import_item(**{"excerpt:encoded": excerpt})
    assert [flag["parameters"]["address"] for flag in flags(post, "excerpt_link")] == [
        "https://a.example/"
    ]
    assert RolePage.objects.get().search_description == "See A."
    post = import_item(
        html="<h2>What will I be doing?</h2><p>Cook.</p>", **{"excerpt:encoded": excerpt}
    )
    assert flags(post, "excerpt_link") == []
    link = SharedLink.objects.get(base_url="https://a.example/")
    assert f'id="{link.pk}"' in body()["heading"]["introduction"]


def test_a_description_is_used_where_there_is_no_excerpt(import_item: Callable[..., Any]) -> None:
    post = import_item(meta("_yoast_wpseo_metadesc", "Join us"))
    assert (post["unplaced"], RolePage.objects.get().search_description) == ([], "Join us")
    import_item(meta("_yoast_wpseo_metadesc", "Join us now"))
    assert RolePage.objects.get().search_description == "Join us now"


def test_bookkeeping_is_no_change_and_fields_are(import_item: Callable[..., Any]) -> None:
    import_item(meta("_edit_lock", "1:1") + meta("pay", "£9"))
    assert import_item(meta("_edit_lock", "2:1") + meta("pay", "£9"))["result"] == "unchanged"
    import_item(meta("pay", "£10"))
    assert ImportRecord.objects.get().flags[-1]["parameters"]["text"] == "£10"


PLACES = """
[fields]
how = "application_links"
"step_*_text" = "training"
skills = "traits"
extra_facts = "text"
blurb = "heading"
seo_text = "ignore"
"""


def test_fields_join_the_sections_that_the_map_chooses(import_item: Callable[..., Any]) -> None:
    fields = [
        meta("how", '<p>Write to <a href="https://jobs.example/7">us</a>.</p>'),
        meta("step_0_text", "Read."),
        meta("step_1_text", "<ul><li>Ask.</li></ul>"),
        meta("skills", "calm, tidy\nquick to learn"),
        meta("extra_facts", "Free meals."),
        meta("blurb", "Come in."),
        meta("seo_text", "Nurse jobs nurse job"),
    ]
    post = import_item("".join(fields), PLACES)
    assert [each["section"] for each in post["sections"]] == [
        "heading",
        "person_spec",
        "duties",
        "training",
        "application_links",
        "text",
    ]
    assert body()["heading"]["introduction"] == "<p>A cook makes meals.</p><p>Come in.</p>"
    assert body()["training"]["prose"] == "<p>Read.</p><ul><li>Ask.</li></ul>"
    assert body()["text"] == {"title": "Extra facts", "prose": "<p>Free meals.</p>"}
    assert "Write to <a" in body()["application_links"]["prose"]
    assert SharedLink.objects.get().base_url == "https://jobs.example/7"
    assert sorted(RoleTrait.objects.values_list("trait__name", flat=True)) == [
        "calm",
        "quick to learn",
        "tidy",
    ]
    assert [(each["name"], each.get("ignored")) for each in post["unplaced"]] == [
        ("seo_text", True)
    ]
    assert flags(post, "field", "unaccounted", "not_shown") == []
    words = {entry["words"]: entry.get("field") for entry in post["account"]}
    assert words["Free meals."] == "extra_facts"
    assert words["You cook."] is None


def test_a_field_joins_the_end_of_a_section_that_is_there(import_item: Callable[..., Any]) -> None:
    import_item(meta("how", "<ul><li>Bake.</li></ul>"), '[fields]\nhow = "duties"')
    assert body()["duties"]["prose"] == "<p>You cook.</p><ul><li>Bake.</li></ul>"


def test_lists_of_the_content_and_of_a_field_keep_their_items(
    import_item: Callable[..., Any],
) -> None:
    html = "<p>Hi.</p><h2>What will I be doing?</h2><ul><li>Cook.</li></ul>"
    import_item(meta("how", "<ul><li>Bake.</li></ul>"), '[fields]\nhow = "duties"', html)
    assert body()["duties"]["prose"].count("<li>") == 2


def test_a_section_of_the_site_can_hold_a_field() -> None:
    kinds = {
        "heading": SectionKind("heading", "Heading", prose="introduction"),
        "study": SectionKind("study", "Study", prose="prose", has_title=True),
        "facts": SectionKind("facts", "Facts"),
    }
    conventions = replace(DEFAULTS, fields={"my_study": "study"})
    blocks = read_field(Field("my_study", ("Ana helps.",))).blocks
    sections = with_fields((Section("heading"),), blocks, kinds, conventions)
    assert [(each.kind, each.title_text) for each in sections] == [
        ("heading", ""),
        ("study", "My study"),
    ]
    assert places(kinds) == ("heading", "study")


def test_a_post_that_has_only_fields_becomes_a_role(import_item: Callable[..., Any]) -> None:
    post = import_item(meta("how", "Bake."), '[fields]\nhow = "duties"', html="")
    assert [each["section"] for each in post["sections"]] == ["heading", "duties"]
    assert flags(post, "unrecognised") == []


def test_taxonomies_that_the_map_chooses_are_categories(import_item: Callable[..., Any]) -> None:
    terms = term("job_type", "Nursing") + term("job_type", "Food") + term("town", "Leeds")
    post = import_item(terms, '[taxonomies]\njob_type = "category"\ntown = "ignore"')
    assert post["category"]["name"] == "Nursing"
    assert "“Food”, “Careers”" in post["category"]["doubt"]
    assert flags(post, "terms") == []
    post = import_item(terms, '[taxonomies]\njob_type = "category"\ncategory = "ignore"')
    assert "Careers" not in post["category"]["doubt"]


def test_a_field_of_front_matter_has_a_place_too(import_roles: Import, tmp_path: Path) -> None:
    source, table = tmp_path / "cook.md", tmp_path / "map.toml"
    source.write_text(markdown(1, "Cook", HTML, acf={"how": "Bake."}), encoding="utf-8")
    table.write_text('[fields]\n"acf.how" = "duties"', encoding="utf-8")
    import_roles(source, map=table)
    assert body()["duties"]["prose"] == "<p>You cook.</p><p>Bake.</p>"


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("fields = 1", "fields: must be a table"),
        ("[fields]\nhow = 1", "fields.how: unknown use “1”. Use one of: heading, person_spec"),
        ('[fields]\nhow = "money"', "fields.how: unknown use “money”"),
        ('[fields.acf]\nhow = "duties"', "fields.acf: put names that have a dot in quotes"),
        ("taxonomies = 1", "taxonomies: must be a table"),
        ('[taxonomies]\ntown = "duties"', "Use one of: category, ignore"),
    ],
)
def test_mistakes_in_the_map_are_refused(
    import_item: Callable[..., Any], table: str, message: str
) -> None:
    result = import_item(table=table)
    assert result.code == 2
    assert message in result.errors[0]
    assert not RolePage.objects.exists()


def test_a_change_of_the_map_is_a_change(import_item: Callable[..., Any]) -> None:
    assert import_item(meta("how", "Bake."))["result"] == "created"
    assert import_item(meta("how", "Bake."), PLACES)["result"] == "updated"
    assert import_item(meta("how", "Bake."), PLACES)["result"] == "unchanged"


def test_the_account_of_a_field_is_closed_by_itself() -> None:
    fields = (Field("how", ("Bake it.", "<b>Now</b>")),)
    placed = [
        account.Placement("Cook"),
        account.Placement("\nBake it.", 2, field="how"),
        account.Placement("\nYou cook.", 1),
        account.Placement("\nNow", 2, field="how"),
    ]
    assert account.difference("Cook", "You cook.", placed, fields) == ""
    assert account.difference("Cook", "You cook.", placed[:-1], fields) == "Bake it. Now"


def test_what_a_text_of_a_field_leaves_open_does_not_reach_the_next() -> None:
    blocks = read_field(Field("how", ("<script>one", "two"))).blocks
    assert [block.text for block in blocks] == ["", "two"]
