"""Inputs that stand for a kind of site, each with what must become of it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from tests.factories import RoleCategoryFactory
from tests.importing.conftest import Result
from wagtail_careers.models import ImportRecord
from wagtail_careers.pages.models import RolePage

Import = Callable[..., Result]

CASES = Path(__file__).with_name("cases")


@pytest.fixture(autouse=True)
def careers(db: None) -> None:
    RoleCategoryFactory(name="Careers", slug="careers")


def test_a_heading_with_only_a_form_below_it_is_kept(import_roles: Import) -> None:
    result = import_roles(CASES / "empty-section.md", category="careers", publish=True)
    assert result.summary == {"created": 1, "needs_review": 1}
    page = RolePage.objects.get()
    assert not page.live
    last = page.body.raw_data[-1]
    assert (last["type"], last["value"]["title"]) == ("application_links", "How do I apply?")
    flags = {flag["code"]: flag["parameters"] for flag in result.post(77)["flags"]}
    assert "incomplete" in flags
    assert flags["empty_section"] == {
        "heading": "How do I apply?",
        "left_out": '[contact-form-7 id="9" title="Apply"]',
    }


def test_text_in_custom_fields_and_footnotes_is_placed_or_named(import_roles: Import) -> None:
    result = import_roles(CASES / "postmeta-sections.xml", category="careers")
    parts = {each["name"]: each["text"] for each in result.post(901)["unplaced"]}
    assert parts == {
        "how_do_i_apply": "Write to the ward manager by 1 May.",
        "_application": "https://jobs.example/apply/2",
        "job_location": "“Leeds”",
    }
    page = ImportRecord.objects.get(source_title="Ward cook (footnotes)").page.specific
    assert page.body.raw_data[-1]["value"]["prose"] == (
        "<p>You feed patients (1) daily.</p><ol><li>Only on wards with a kitchen.</li></ol>"
    )
    assert result.post(902)["unplaced"] == []


def test_everything_beside_the_content_is_named(import_roles: Import) -> None:
    result = import_roles(CASES / "custom-fields.xml")
    named = {
        number: [(each["name"], each["words"]) for each in result.post(number)["unplaced"]]
        for number in (1, 2, 3, 4, 5)
    }
    assert named == {
        1: [
            ("_job_location", 1),
            ("_application", 1),
            ("_company_name", 2),
            ("_job_salary", 1),
            ("_job_expires", 1),
            ("job_listing_category", 1),
            ("job_listing_type", 2),
        ],
        2: [("sections_0_heading", 5), ("sections_0_text", 5), ("sections", 1)],
        3: [("_elementor_data", 4)],
        4: [
            ("salary", 3),
            ("closing_date", 2),
            ("_yoast_wpseo_metadesc", 4),
            ("_yoast_wpseo_title", 3),
            ("excerpt", 1),
            ("department", 1),
            ("post_tag", 2),
            ("comments", 4),
        ],
        5: [],
    }
    told = json.dumps(result.report)
    assert "https://learn.example/" in told
    assert "A reader" not in told
    assert "part time" not in told


def test_links_of_shortcodes_and_numbers_of_lists(import_roles: Import) -> None:
    result = import_roles(CASES / "shortcode-links.md", category="careers")
    page = RolePage.objects.get()
    links = [(link["address"], link["text"]) for link in result.post(78)["links"]]
    assert links == [
        ("https://jobs.example/apply", "Apply now"),
        ("https://jobs.example/online", "Apply online"),
        ("https://jobs.example/click", "Apply here"),
        ("https://old.example/uploads/jd.pdf", "Job description"),
        ("https://old.example/uploads/jd.pdf", "Download"),
    ]
    body = {child["type"]: child["value"] for child in page.body.raw_data}
    assert list(body) == ["heading", "duties", "application_links"]
    assert body["duties"]["prose"] == (
        "<p>Band 2<br/>£20k</p><p>Training<br/>Two weeks</p>"
        "<ul><li>4. Fourth</li></ul><p>Then:</p><ol><li>a</li></ol>"
        "<p></p><ol><li>b</li></ol>"
    )
    assert "list_numbers" in [flag["code"] for flag in result.post(78)["flags"]]


def test_media_is_taken_with_the_files_or_named_one_by_one(
    import_roles: Import, tmp_path: Path, settings: Any
) -> None:
    address = "http://old.example/wp-content/uploads/2018/08"
    result = import_roles(CASES / "media.xml", category="careers")
    named = {
        number: [
            (flag["code"], *flag["parameters"].values())
            for flag in result.post(number)["flags"]
            if flag["code"].startswith(("document", "featured", "image", "old_host"))
        ]
        for number in range(100, 105)
    }
    photo = ("Nurses at a desk", f"{address}/pic5.png")
    told = "Caption of the photo – A long description of the photo"
    assert named == {
        100: [
            ("old_host", "Rota", f"{address}/pic1-300x200.png"),
            ("image_missing", "Rota", f"{address}/pic1-300x200.png"),
        ],
        101: [("old_host", "Form", f"{address}/form.pdf")],
        102: [
            ("image_text", photo[1], told),
            ("image_missing", *photo),
            ("image_missing", "Two", f"{address}/pic2.png"),
        ],
        103: [
            ("image_missing", "lazy", f"{address}/pic4.png"),
            ("image_missing", "lazy", f"{address}/pic3.png"),
        ],
        104: [
            ("featured_image", photo[1]),
            ("image_text", photo[1], told),
            ("image_missing", *photo),
        ],
    }
    settings.MEDIA_ROOT = tmp_path / "media"
    media = tmp_path / "uploads" / "2018" / "08"
    media.mkdir(parents=True)
    for number in range(1, 6):
        picture = get_test_image_file(size=(300 + number, 200)).file.getvalue()
        (media / f"pic{number}.png").write_bytes(picture)
    (media / "form.pdf").write_bytes(b"%PDF-1.4")
    result = import_roles(CASES / "media.xml", category="careers", media=media.parents[1])
    images = get_image_model().objects.order_by("title")
    assert list(images.values_list("title", "description")) == [
        ("Ward photo", "Nurses at a desk"),
        ("pic1", "Rota"),
        ("pic2", "Two"),
        ("pic3", "lazy"),
        ("pic4", "lazy"),
    ]
    titles = {document.title for document in get_document_model().objects.all()}
    assert titles == {"form", "pic1"}
    codes = {flag["code"] for post in result.report["posts"] for flag in post.get("flags", ())}
    assert {"featured_image", "image", "image_text", "document"} <= codes
    assert not codes & {"image_missing", "old_host", "image_unknown"}


@pytest.mark.parametrize(
    ("name", "problem", "words", "text"),
    [
        ("cp1252-bytes.xml", "bytes", "A cook makes “hot” meals.", "makes “hot” meals"),
        ("cesu8-emoji.xml", "bytes", "A cook 😀 makes meals.", "cook 😀 makes"),
        ("ufffe.xml", "character", "A cook makes meals.", "A cook makes meals"),
    ],
)
def test_an_export_that_is_not_utf_8_is_read_to_its_end(
    import_roles: Import, name: str, problem: str, words: str, text: str
) -> None:
    result = import_roles(CASES / name, category="careers")
    assert (result.code, result.summary["created"]) == (0, 3)
    (flag,) = [flag for flag in result.post(901)["flags"] if flag["code"] == "repaired"]
    assert flag["parameters"]["problem"] == problem
    assert flag["parameters"]["words"].startswith(words)
    assert text in str(RolePage.objects.get(slug="ward-cook-fields").body)
    for post_id in (902, 903):
        assert "repaired" not in [flag["code"] for flag in result.post(post_id)["flags"]]


def test_text_before_an_export_is_a_warning(import_roles: Import) -> None:
    result = import_roles(CASES / "text-before-xml.xml", category="careers")
    assert (result.code, result.summary["created"]) == (0, 1)
    (warning,) = result.report["warnings"]
    assert "Warning: something in /x.php on line 3" in warning["message"]
    assert "text-before-xml.xml: Text before the XML" in result.errors[0]


def test_a_draft_of_hugo_stays_a_draft(import_roles: Import) -> None:
    result = import_roles(CASES / "hugo-draft.md", category="careers", publish=True)
    assert result.summary["created"] == 1
    assert not RolePage.objects.get().live
    (entry,) = result.report["posts"]
    assert [flag["code"] for flag in entry["flags"]].count("status") == 1
    assert entry["unplaced"] == []


def test_markdown_is_read_as_markdown(import_roles: Import) -> None:
    result = import_roles(CASES / "real-markdown.md", category="careers")
    assert result.summary["created"] == 1
    sections = {child["type"]: child["value"] for child in RolePage.objects.get().body.raw_data}
    introduction = sections["heading"]["introduction"]
    assert introduction == "<p>You move <i>clean</i> linen round the wards.</p>"
    assert "<mark>patient</mark>" in sections["person_spec"]["prose"]
    assert sections["person_spec"]["title"] == "What sort of person would I need to be?"
    links = [(link["address"], link["text"]) for link in result.post(501)["links"]]
    assert links == [
        ("https://jobs.example/linen", "Example Jobs"),
        ("https://guide.example/apply", "our guide"),
    ]


def test_an_untitled_post_has_a_title_of_its_first_words(
    import_roles: Import, tmp_path: Path
) -> None:
    told = tmp_path / "map.toml"
    result = import_roles(CASES / "untitled.xml", category="careers")
    assert result.summary["created"] == 5
    assert "untitled" in [flag["code"] for flag in result.post(5)["flags"]]
    assert RolePage.objects.filter(title="Untitled but with words").exists()
    told.write_text("[posts.5]\ntitle = 'Porter'")
    result = import_roles(CASES / "untitled.xml", category="careers", map=told)
    assert "untitled" not in [flag["code"] for flag in result.post(5)["flags"]]


#: What is left out or changed in each post, by the title of the post.
MEANING = {
    "olstart": ["list_numbers"],
    "quote": ["attribute", "markup"],
    "imgalt": ["image_missing"],
    "caption": ["image_missing", "image_unknown", "shortcode"],
    "vc": [],
    "shortattr": ["shortcode"],
    "brackets": [],
    "table": ["markup"],
    "dl": ["markup"],
    "forms": ["attribute"],
    "ruby": [],
    "sup": ["raised_digits"],
    "strike": ["struck_out"],
    "iframe": ["attribute", "embed", "shortcode"],
    "video": ["attribute", "embed", "empty_section", "incomplete"],
    "pdf": ["old_host"],
    "anchors": ["link", "old_host"],
    "hiddenish": ["attribute", "markup"],
    "gut_button": ["block", "markup", "old_host"],
    "linked_heading": ["doubtful_section"],
    "langs": ["direction"],
    "pre": ["markup"],
    "entities": [],
    "cdata": [],
    "more": [],
    "smart": [],
    "mojibake": [],
}


def test_meaning_in_markup_is_kept_or_flagged(import_roles: Import) -> None:
    result = import_roles(CASES / "meaning-in-markup.xml", category="careers", publish=True)
    flagged = {
        post["title"]: sorted({flag["code"] for flag in post["flags"]})
        for post in result.report["posts"]
    }
    assert flagged == MEANING
    prose = {
        page.title: " ".join(
            word
            for section in page.body.raw_data
            for word in section["value"].get("prose", "").split()
        )
        for page in RolePage.objects.all()
    }
    kept = {
        "olstart": ["<li>5. Fill the form</li><li>9. Post it</li>", "a. letter a", "2. three"],
        "quote": ["She said “come in” and left."],
        "vc": ["You push beds.", ">Apply now</a>"],
        "shortattr": [">Apply here</a>", "Four on, four off"],
        "brackets": ["Band [2] pays [more]. Contact [sam=lead] or [HR/] or [see note a=b]."],
        "ruby": ["看護師(かんごし)の仕事です。"],
        "strike": ["Closing date 8 May"],
        "gut_button": [">Apply now</a>", ">The form</a>", ">Download</a>"],
        "entities": ["Tom &amp;amp; Co &lt;b&gt;not bold&lt;/b&gt; 😀 café ¬anentity; 5 &lt; 6"],
        "cdata": ["The code is ]]&gt; and arr[b[0]]&gt;x end."],
        "more": ["<p>first</p><p>second</p><p>third</p>"],
        "smart": ['10 x 20, "quoted" -- dash ... (c) 1/2'],
    }
    for title, texts in kept.items():
        assert [text for text in texts if text not in prose[title]] == [], prose[title]
