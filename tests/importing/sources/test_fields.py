"""Custom fields: what plug-ins keep beside the content, as texts under names."""

import json
from typing import Any

import pytest

from wagtail_careers.importing.sources.fields import Metadata, leaves, of_front_matter, of_meta
from wagtail_careers.importing.sources.footnotes import with_footnotes
from wagtail_careers.importing.sources.posts import Field, Post, SourceError
from wagtail_careers.importing.sources.wordpress_markdown import read_post


def meta(*pairs: tuple[str, str], has_excerpt: bool = False) -> Metadata:
    return of_meta(pairs, has_excerpt=has_excerpt)


def post_with(front: str) -> Post:
    return read_post(f"---\ntitle: Porter\n{front}\n---\nYou push beds.", "porter.md")


def test_values_with_one_key_are_one_field() -> None:
    fields = meta(("skill", "calm"), ("town", "Leeds"), ("skill", "tidy")).fields
    assert fields == (Field("skill", ("calm", "tidy")), Field("town", ("Leeds",)))


@pytest.mark.parametrize("key", ["_edit_lock", "_elementor_version", "_yoast_wpseo_primary_team"])
def test_bookkeeping_is_no_field(key: str) -> None:
    assert meta((key, "1538:1")).fields == ()


@pytest.mark.parametrize("key", ["_application", "_job_salary", "st_location", "edit_lock"])
def test_every_other_key_is_a_field(key: str) -> None:
    assert meta((key, "x")).fields == (Field(key, ("x",)),)


def test_a_pointer_of_acf_is_bookkeeping_only_beside_its_field() -> None:
    pointer = ("_pay", "field_5f3a")
    assert meta(("pay", "£9"), pointer).fields == (Field("pay", ("£9",)),)
    assert meta(pointer).fields == (Field("_pay", ("field_5f3a",)),)
    assert meta(("pay", "£9"), ("_pay", "by the hour")).fields[1] == Field("_pay", ("by the hour",))


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ('["calm", {"a": "tidy"}, 3, true, null]', ("calm", "tidy", "3")),
        ('a:2:{i:0;s:4:"calm";i:1;a:1:{s:1:"a";s:4:"tidy";}}', ("calm", "tidy")),
        ("[gallery]", ("[gallery]",)),
        ("{not JSON}", ("{not JSON}",)),
        ('a:1:{i:0;s:9:"calm";}', ('a:1:{i:0;s:9:"calm";}',)),
        ('["\\u0000 a \\ud83d b"]', ("a  b",)),
    ],
)
def test_lists_of_plugins_are_read_and_broken_ones_are_text(
    value: str, texts: tuple[str, ...]
) -> None:
    assert meta(("list", value)).fields == (Field("list", texts),)


def test_settings_of_a_page_builder_are_no_text() -> None:
    widget: dict[str, Any] = {
        "id": "3f2a",
        "elType": "widget",
        "widgetType": "text-editor",
        "settings": {
            "editor": "<p>You steer.</p>",
            "title_color": "#fff",
            "typography_typography": "custom",
            "icon_list": [{"text": "Leeds", "selected_icon": {"value": "fas fa-check"}}],
            "__globals__": {"title_color": "globals/colors?id=primary"},
        },
    }
    fields = meta(("_elementor_data", json.dumps([widget]))).fields
    assert fields == (Field("_elementor_data", ("<p>You steer.</p>", "Leeds")),)
    # Elsewhere, such a name means nothing.
    assert meta(("box", '{"id": "3f2a"}')).fields == (Field("box", ("3f2a",)),)


@pytest.mark.parametrize(
    "key", ["member_password", "Post_Password", "api_key", "comments", "comment_author_email"]
)
def test_secrets_and_what_readers_gave_are_counted_and_not_kept(key: str) -> None:
    assert meta((key, "open sesame")).fields == (Field(key, withheld=2),)
    assert meta(("box", json.dumps({key: "open sesame"}))).fields == (Field("box", withheld=2),)
    front = post_with(f"box:\n  {key}: open sesame").fields
    assert front == (Field(f"box.{key}", withheld=2),)


def test_a_description_for_search_engines_stands_in_for_an_excerpt() -> None:
    pairs = (("_yoast_wpseo_metadesc", "Join &amp; help"), ("rank_math_description", "Other"))
    assert meta(*pairs) == Metadata((Field("rank_math_description", ("Other",)),), "Join & help")
    assert meta(*pairs, has_excerpt=True).description == ""
    assert len(meta(*pairs, has_excerpt=True).fields) == 2


def test_a_description_made_of_variables_stays_a_field() -> None:
    pair = ("_yoast_wpseo_metadesc", "%%title%% %%sep%% us")
    assert meta(pair) == Metadata((Field(pair[0], (pair[1],)),))


def test_front_matter_that_nothing_reads_is_named_with_its_keys() -> None:
    front = "pay: £9\nacf:\n  how: Write to us\n  steps:\n  - text: Call\nlist: [a, b]\ndraft: no"
    fields = {field.name: field.texts for field in post_with(front).fields}
    assert fields == {
        "pay": ("£9",),
        "acf.how": ("Write to us",),
        "acf.steps.0.text": ("Call",),
        "list": ("a", "b"),
    }


def test_names_have_no_control_characters() -> None:
    assert post_with('"p\\0ay": £9').fields == (Field("pay", ("£9",)),)
    assert meta(("pa\x00y", "£9")).fields == (Field("pay", ("£9",)),)


def test_names_are_as_long_as_a_key_of_wordpress_can_be() -> None:
    long = "word" * 100
    (field,) = meta((long, "One two")).fields
    assert (field.name, field.texts) == (long[:255], ("One two",))
    assert list(leaves({long: "One two"})) == [((long[:255],), "One two")]


def test_two_titles_are_one_title_and_a_field() -> None:
    post = post_with("post_title: Head porter")
    assert (post.title, post.fields) == ("Head porter", (Field("title", ("Porter",)),))


def test_a_value_of_another_shape_than_expected_is_not_lost() -> None:
    assert post_with("author: [sam, kim]").fields == (Field("author", ("sam", "kim")),)


def test_categories_and_tags_of_front_matter_are_terms() -> None:
    post = post_with("categories: [Careers, On the wards]\ntags: calm, tidy")
    assert [term.slug for term in post.categories] == ["careers", "on-the-wards"]
    assert [(term.name, term.taxonomy) for term in post.terms] == [
        ("calm", "post_tag"),
        ("tidy", "post_tag"),
    ]
    assert post.fields == ()


def test_aliases_of_yaml_do_not_multiply() -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert of_front_matter({}, has_excerpt=False) == Metadata()
    assert len(post_with("\n".join(lines)).fields) == 1


def test_texts_that_aliases_of_yaml_repeat_too_often_are_an_error() -> None:
    front = f"long: &a {'word ' * 1000}\n" + "\n".join(f"k{i}: *a" for i in range(19))
    assert len(post_with(front).fields) == 20
    with pytest.raises(SourceError, match="repeat too much text"):
        post_with(f"{front}\nmore: [*a, *a]")


def test_keys_of_toml_with_countless_parts_are_an_error() -> None:
    def read(key: str) -> Post:
        return read_post(f'+++\ntitle = "Porter"\n{key} = "One two"\n+++\nYou push.', "a.md")

    assert read("a" + ".b" * 50).fields[0].texts == ("One two",)
    for key in ("a" + ".b" * 100_000, "a" + ' . "b c"' * 100_000):
        with pytest.raises(SourceError, match="a key has too many parts"):
            read(key)


def test_a_value_that_contains_itself_ends() -> None:
    value: list[Any] = ["x"]
    value.append(value)
    assert list(leaves(value)) == [(("0",), "x")]


def test_deep_nesting_is_text_in_a_field_and_an_error_in_front_matter() -> None:
    value = "[" * 200 + '"x"' + "]" * 200
    assert meta(("deep", value)).fields == (Field("deep", (value,)),)
    with pytest.raises(SourceError, match="nested too deeply"):
        post_with(f"deep: {'[' * 120}x{']' * 120}")


NOTES = '[{"content":"Only <b>here</b>.","id":"f1"},{"content":"Not <i>there","id":"f2"}]'
MARK = '<sup data-fn="f1" class="fn"><a href="#f1" id="f1-link">1</a></sup>'
LISTED = "<ol><li>Only <b>here</b>.</li><li>Not <i>there</i></li></ol>"


def test_footnotes_stand_where_their_block_is() -> None:
    html = with_footnotes(f"<p>You cook{MARK} daily.</p><!-- wp:footnotes /--><p>Bye.</p>", NOTES)
    assert html is not None
    assert "cook (1)<sup" in html
    assert "#f1" not in html
    assert f"daily.</p>{LISTED}<p>Bye." in html


def test_footnotes_without_a_block_are_at_the_end() -> None:
    assert with_footnotes("<p>You cook.</p>", NOTES) == f"<p>You cook.</p>\n\n{LISTED}"


@pytest.mark.parametrize(
    "value", ["", "See below", "[]", "{}", "[1]", '[{"id": "f1"}]', "[" * 9999]
)
def test_other_fields_of_that_name_are_no_footnotes(value: str) -> None:
    assert with_footnotes("<p>You cook.</p>", value) is None


def test_words_around_a_nested_number_stay() -> None:
    html = with_footnotes(f'<p><sup data-fn="x">a {MARK} b <a>2</a> c</sup></p>', NOTES) or ""
    assert [word for word in ("a", "(1)", "b", "(2)", "c") if word not in html] == []


def test_texts_with_markup_are_read_one_by_one_and_others_together() -> None:
    field = Field("list", ("calm", "tidy", "<i>kind", "quick", "<b>neat</b>"))
    assert list(field.documents()) == ["calm\n\ntidy", "<i>kind", "quick", "<b>neat</b>"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("smtp_settings", 'a:2:{s:4:"host";s:20:"mail.example";s:8:"password";s:7:"hunter2";}'),
        ("settings", '{"password": "hunter2"'),
        ("mailgun-api-key", "hunter2"),
        ("clientSecret", "hunter2"),
        ("smtp_pass", "hunter2"),
        ("private-key", "hunter2"),
    ],
)
def test_secrets_are_withheld_however_they_are_kept(name: str, value: str) -> None:
    (field,) = of_meta([(name, value)], has_excerpt=False).fields
    assert (field.texts, field.withheld > 0) == ((), True)
