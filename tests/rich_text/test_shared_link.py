import json
from typing import Any

import pytest
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.converters.editor_html import EditorHTMLConverter
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea
from wagtail.models import ReferenceIndex
from wagtail.rich_text import expand_db_html, extract_references_from_rich_text
from wagtail.rich_text import features as registry

from tests.factories import RoleIndexPageFactory, SharedLinkFactory, body, shared_link_html
from wagtail_careers.models import SharedLink
from wagtail_careers.rich_text import INLINE_FEATURES, PROSE_FEATURES
from wagtail_careers.rich_text.shared_link_feature import SharedLinkHandler


@pytest.fixture
def link(db: None) -> SharedLink:
    return SharedLinkFactory(name="NHS Jobs", base_url="https://jobs.example/careers")


@pytest.fixture
def converter() -> ContentstateConverter:
    return ContentstateConverter(features=list(PROSE_FEATURES))


def paragraph(inner: str) -> str:
    return f'<p data-block-key="a1b2c">{inner}</p>'


def entity(converter: ContentstateConverter, html: str) -> dict[str, Any]:
    """The one entity in the editor's form of ``html``."""
    state = json.loads(converter.from_database_format(html))
    (found,) = state["entityMap"].values()
    return dict(found)


class TestEditorForm:
    @pytest.mark.parametrize(
        ("text", "path"),
        [
            ("NHS Jobs", ""),
            ("their site", "explore-roles/nursing"),
            ("search", "jobs?q=nurse&amp;page=2#top"),
            ("Q&amp;A", "a/%C3%A9"),
        ],
    )
    def test_link_survives_the_editor(
        self, link: SharedLink, converter: ContentstateConverter, text: str, path: str
    ) -> None:
        html = paragraph(f"Look at {shared_link_html(link, text, path)}.")
        assert converter.to_database_format(converter.from_database_format(html)) == html

    def test_links_and_traits_survive_together(
        self, link: SharedLink, converter: ContentstateConverter
    ) -> None:
        inner = f"<mark>patience</mark>, {shared_link_html(link, 'one')}, "
        inner += f'{shared_link_html(link, "two", "deep")} and <a linktype="page" id="1">home</a>'
        html = paragraph(inner)
        assert converter.to_database_format(converter.from_database_format(html)) == html

    def test_trait_within_a_link_survives(
        self, link: SharedLink, converter: ContentstateConverter
    ) -> None:
        html = paragraph(shared_link_html(link, "<mark>patience</mark> matters"))
        assert converter.to_database_format(converter.from_database_format(html)) == html

    def test_editor_knows_name_and_whole_address_for_the_tooltip(
        self, link: SharedLink, converter: ContentstateConverter
    ) -> None:
        found = entity(converter, paragraph(shared_link_html(link, "x", "nursing")))
        assert found["type"] == "SHARED-LINK"
        assert found["mutability"] == "MUTABLE"
        assert found["data"] == {
            "sharedLink": link.pk,
            "path": "nursing",
            "address": "https://jobs.example/careers/nursing",
            "name": "NHS Jobs",
        }

    def test_link_is_not_taken_for_one_of_wagtails(
        self, link: SharedLink, converter: ContentstateConverter
    ) -> None:
        """Wagtail's editor reads ``id`` and ``url`` of any entity as a page's and an address."""
        for pk in (link.pk, 4040):
            data = entity(converter, paragraph(shared_link_html(pk, "x", "nursing")))["data"]
            assert not {"id", "url"} & set(data)

    def test_link_from_an_editor_before_the_update_is_saved(
        self, link: SharedLink, converter: ContentstateConverter
    ) -> None:
        html = paragraph(shared_link_html(link, "x", "nursing"))
        state = json.loads(converter.from_database_format(html))
        state["entityMap"]["0"]["data"] = {
            "id": str(link.pk),
            "path": "nursing",
            "url": "https://jobs.example/careers/nursing",
            "title": "NHS Jobs",
        }
        assert converter.to_database_format(json.dumps(state)) == html

    def test_link_whose_record_is_gone_is_kept_with_its_path(
        self, db: None, converter: ContentstateConverter
    ) -> None:
        html = paragraph(shared_link_html(4040, "gone", "nursing"))
        data = entity(converter, html)["data"]
        assert data == {"sharedLink": 4040, "path": "nursing", "name": "Missing shared link"}
        assert converter.to_database_format(converter.from_database_format(html)) == html

    @pytest.mark.parametrize("pk", ["", "x", "1.5", "-1", "9" * 30])
    def test_link_with_no_possible_id_keeps_its_text(
        self, db: None, converter: ContentstateConverter, pk: str
    ) -> None:
        html = paragraph(f'<a linktype="shared-link" id="{pk}">text</a>')
        assert ">text<" in converter.to_database_format(converter.from_database_format(html))

    @pytest.mark.parametrize(
        "path",
        [
            "//evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "../x",
            "%2e%2e/x",
            "a b",
        ],
    )
    def test_unsafe_path_that_the_editor_posts_is_left_out(
        self, link: SharedLink, converter: ContentstateConverter, path: str
    ) -> None:
        state = json.loads(converter.from_database_format(paragraph(shared_link_html(link, "x"))))
        state["entityMap"]["0"]["data"]["path"] = path
        assert converter.to_database_format(json.dumps(state)) == paragraph(
            shared_link_html(link, "x")
        )

    def test_path_with_quotes_cannot_leave_its_attribute(
        self, link: SharedLink, converter: ContentstateConverter
    ) -> None:
        state = json.loads(converter.from_database_format(paragraph(shared_link_html(link, "x"))))
        state["entityMap"]["0"]["data"]["path"] = '"><script>alert(1)</script>'
        html = converter.to_database_format(json.dumps(state))
        assert "<script>" not in html
        assert "<script>" not in expand_db_html(html)

    def test_field_without_the_feature_keeps_the_words(self, link: SharedLink) -> None:
        plain = ContentstateConverter(features=["bold"])
        html = paragraph(f"Look at {shared_link_html(link, 'NHS <b>Jobs</b>', 'x')} today")
        assert plain.to_database_format(plain.from_database_format(html)) == paragraph(
            "Look at NHS <b>Jobs</b> today"
        )


class TestHTML:
    def test_link_leads_to_the_address_with_its_path(self, link: SharedLink) -> None:
        html = expand_db_html(shared_link_html(link, "x", "nursing?page=2&amp;all=1"))
        assert html == '<a href="https://jobs.example/careers/nursing?page=2&amp;all=1">x</a>'

    def test_stored_path_that_is_not_safe_is_ignored(self, link: SharedLink) -> None:
        html = expand_db_html(shared_link_html(link, "x", "//evil.example"))
        assert html == '<a href="https://jobs.example/careers">x</a>'

    def test_link_that_is_not_live_has_no_address(self, link: SharedLink) -> None:
        SharedLink.objects.update(live=False)
        assert expand_db_html(shared_link_html(link, "x")) == "<a>x</a>"

    @pytest.mark.parametrize("attrs", ['id="4040"', 'id="x"', 'id=""', "", f'id="{"9" * 30}"'])
    def test_link_without_a_record_has_no_address(self, db: None, attrs: str) -> None:
        assert expand_db_html(f'<a linktype="shared-link" {attrs}>x</a>') == "<a>x</a>"

    def test_all_links_of_a_text_cost_one_query(
        self, db: None, django_assert_num_queries: Any
    ) -> None:
        html = "".join(shared_link_html(link, "x") for link in SharedLinkFactory.create_batch(9))
        with django_assert_num_queries(1):
            assert expand_db_html(html).count('<a href="https://link') == 9

    def test_one_link_expands_as_many_do(self, link: SharedLink) -> None:
        tag = SharedLinkHandler.expand_db_attributes({"id": str(link.pk), "path": "a"})
        assert tag == '<a href="https://jobs.example/careers/a">'


class TestEditorHTML:
    """The form that Wagtail's API sanitises rich text with."""

    @pytest.fixture
    def converter(self) -> EditorHTMLConverter:
        return EditorHTMLConverter(features=list(PROSE_FEATURES))

    @pytest.mark.parametrize("path", ["", "nursing?page=2"])
    def test_link_survives(
        self, link: SharedLink, converter: EditorHTMLConverter, path: str
    ) -> None:
        html = f"<p>At {shared_link_html(link, 'x', path)}</p>"
        editor_html = converter.from_database_format(html)
        assert f'data-id="{link.pk}"' in editor_html
        assert f'href="{link.url_for(path)}"' in editor_html
        back = converter.to_database_format(editor_html)
        assert 'linktype="shared-link"' in back
        assert f'id="{link.pk}"' in back
        assert (f'path="{path}"' in back) is bool(path)
        assert "href" not in back

    def test_unsafe_path_is_left_out(
        self, link: SharedLink, converter: EditorHTMLConverter
    ) -> None:
        html = f'<p><a data-linktype="shared-link" data-id="{link.pk}" data-path="//evil">x</a></p>'
        back = converter.to_database_format(html)
        assert "evil" not in back
        assert f'id="{link.pk}"' in back

    def test_link_that_is_gone_survives(self, db: None, converter: EditorHTMLConverter) -> None:
        html = f"<p>{shared_link_html(4040, 'x', 'a')}</p>"
        back = converter.to_database_format(converter.from_database_format(html))
        assert 'id="4040"' in back
        assert 'path="a"' in back


class TestReferences:
    def test_each_link_in_a_text_is_a_reference(self, link: SharedLink) -> None:
        html = f"<p>{shared_link_html(link, 'x', 'a')} {shared_link_html(4040, 'y')}</p>"
        assert list(extract_references_from_rich_text(html)) == [
            (SharedLink, str(link.pk), "", ""),
            (SharedLink, "4040", "", ""),
        ]

    @pytest.mark.parametrize("attrs", ["", 'id="x"'])
    def test_link_without_an_id_is_none(self, attrs: str) -> None:
        html = f'<a linktype="shared-link" {attrs}>x</a>'
        assert list(extract_references_from_rich_text(html)) == []

    def test_page_that_uses_a_link_is_in_the_reference_index(
        self, link: SharedLink, publish_role: Any
    ) -> None:
        role = publish_role(body=body(duties=f"<p>{shared_link_html(link, 'x')}</p>"))
        references = ReferenceIndex.get_references_to(link)
        assert [int(reference.object_id) for reference in references] == [role.pk]

    def test_rich_text_field_that_uses_a_link_is_in_the_reference_index(
        self, link: SharedLink, home: Any
    ) -> None:
        index = RoleIndexPageFactory(parent=home, introduction=shared_link_html(link, "x"))
        references = ReferenceIndex.get_references_to(link)
        assert [int(reference.object_id) for reference in references] == [index.pk]


class TestButton:
    @pytest.mark.parametrize("features", [INLINE_FEATURES, PROSE_FEATURES])
    def test_editor_offers_it_with_an_icon_and_the_chooser(self, db: None, features: Any) -> None:
        widget = DraftailRichTextArea(features=list(features))
        types = widget.options["entityTypes"]
        (button,) = [kind for kind in types if kind["type"] == "SHARED-LINK"]
        assert button["icon"] == "careers-shared-link"
        (plugin,) = [each for each in widget.options["plugins"] if each["type"] == "SHARED-LINK"]
        assert str(plugin["options"]["chooserUrl"]) == reverse("careers_shared_link_chooser:choose")
        assert str(plugin["options"]["resolveUrl"]) == reverse(
            "careers_shared_link_chooser:resolve"
        )

    @pytest.mark.parametrize(
        "names", [("sharedLink", "path", "address", "name"), ("id", "path", "url", "title")]
    )
    def test_pasted_link_keeps_its_data_by_its_names_and_by_the_earlier_ones(
        self, db: None, names: tuple[str, ...]
    ) -> None:
        types = DraftailRichTextArea(features=["shared-link"]).options["entityTypes"]
        assert set(names) <= set(types[0]["attributes"])

    def test_scripts_come_after_those_that_they_use(self, db: None) -> None:
        widget = DraftailRichTextArea(features=["shared-link"])
        media = str(widget.media)
        assert media.index("chooser-modal.js") < media.index("wagtail_careers/js/shared-link.js")

    def test_feature_is_registered_under_its_name(self) -> None:
        assert registry.get_editor_plugin("draftail", "shared-link") is not None
        handler = registry.get_link_types()["shared-link"]
        assert issubclass(handler, SharedLinkHandler)
        assert handler.get_model() is SharedLink
