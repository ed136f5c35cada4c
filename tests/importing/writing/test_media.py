"""Images and documents: what comes into Wagtail's libraries, and what is named."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from tests.importing.conftest import Result
from tests.importing.posts import content, export, item, write_post
from wagtail_careers.importing.planning.media_folder import MediaFolder
from wagtail_careers.importing.writing.media import Library
from wagtail_careers.models import ImportRecord
from wagtail_careers.pages.models import RolePage

Import = Callable[..., Result]

CASES = Path(__file__).parents[1] / "cases"
UPLOADS = "http://old.example/wp-content/uploads/2018/08"
IMG = f'<img src="{UPLOADS}/bed-300x200.png" alt="A bed">'
LINK = f'<a href="{UPLOADS}/form.pdf">Form</a>'


def png(*, width: int = 640) -> bytes:
    data: bytes = get_test_image_file(size=(width, 480)).file.getvalue()
    return data


def flags(result: Result, post_id: Any = 1) -> dict[str, dict[str, str]]:
    """The parameters of the flags about media, by code."""
    kinds = ("image", "featured", "document", "old_host", "file_")
    told = result.post(post_id)["flags"]
    return {flag["code"]: flag["parameters"] for flag in told if flag["code"].startswith(kinds)}


def prose(page: RolePage) -> str:
    return str(page.body.raw_data)


def newest(page: RolePage) -> str:
    return prose(RolePage.objects.get(pk=page.pk).get_latest_revision_as_object())


@pytest.fixture
def media(tmp_path: Path, settings: Any) -> Path:
    """A folder as WordPress has it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "uploads" / "2018" / "08").mkdir(parents=True)
    return tmp_path / "uploads"


@pytest.fixture
def add(media: Path) -> Callable[[str, bytes], Path]:
    """A function that puts a file into the folder."""

    def put(name: str, data: bytes) -> Path:
        path = media / "2018" / "08" / name
        path.write_bytes(data)
        return path

    return put


@pytest.fixture
def post(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a post with HTML added to the usual."""

    def write(html: str, **kwargs: Any) -> Path:
        return write_post(tmp_path / "posts", html=content() + html, **kwargs)

    return write


Add = Callable[[str, bytes], Path]
Write = Callable[..., Path]


class TestImages:
    def test_without_files_they_are_reported(self, import_roles: Import, post: Write) -> None:
        result = import_roles(post(IMG))
        src = f"{UPLOADS}/bed-300x200.png"
        assert flags(result) == {"image_missing": {"alt": "A bed", "src": src}}
        (image,) = result.post(1)["images"]
        assert (image["src"], image["alt"]) == (src, "A bed")
        assert "<img" not in str(RolePage.objects.get().body.render_as_block())

    def test_files_come_into_the_library_once(
        self, import_roles: Import, post: Write, add: Add, media: Path
    ) -> None:
        add("bed.png", png())
        assert flags(import_roles(post(IMG), media=media))["image"]["title"] == "bed"
        image = get_image_model().objects.get()
        assert (image.title, image.description) == ("bed", "A bed")
        # As Wagtail's own form would have it, which looks for duplicates by these.
        known = image.file_size, image.file_hash
        image._set_image_file_metadata()
        assert known == (image.file_size, image.file_hash)
        import_roles(post(IMG + "more"), media=media)
        assert get_image_model().objects.count() == 1

    def test_the_largest_copy_that_wordpress_shows_is_taken(
        self, import_roles: Import, post: Write, add: Add, media: Path
    ) -> None:
        add("bed-300x200.png", png(width=300))
        add("bed.png", png(width=900))
        add("bed-scaled.png", png(width=800))
        import_roles(post(IMG), media=media)
        assert get_image_model().objects.get().width == 800

    def test_two_posts_with_equal_files_share_one_image(
        self, import_roles: Import, tmp_path: Path, add: Add, media: Path
    ) -> None:
        add("bed.png", png())
        add("cot.png", png())
        folder = tmp_path / "posts"
        write_post(folder, 1, html=content() + IMG)
        write_post(folder, 2, "Cook", html=content() + IMG.replace("bed", "cot"))
        result = import_roles(folder, media=media)
        assert [flags(result, pk)["image"]["title"] for pk in (1, 2)] == ["bed", "bed"]
        assert get_image_model().objects.count() == 1

    def test_a_dry_run_adds_none(
        self, import_roles: Import, post: Write, add: Add, media: Path
    ) -> None:
        add("bed.png", png())
        add("form.pdf", b"%PDF-1.4")
        import_roles(post(IMG + LINK), media=media, dry_run=True)
        assert not get_image_model().objects.exists()
        assert not get_document_model().objects.exists()
        assert not (media.parent / "media").exists()

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("bed.png", b"not an image"),
            ("bed.png", b""),
            ("bed.gif", png()),
            ("bed.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'),
            *(("bed.png", png()[:length]) for length in (8, 20, 40, 200)),
        ],
    )
    def test_a_file_that_wagtail_would_refuse_is_left_out(
        self, import_roles: Import, post: Write, add: Add, media: Path, name: str, data: bytes
    ) -> None:
        add(name, data)
        html = IMG.replace("bed-300x200.png", name)
        result = import_roles(post(html), media=media)
        assert result.summary["created"] == 1
        assert flags(result).keys() <= {"image_refused", "image"}
        assert get_image_model().objects.count() == ("image" in flags(result))

    def test_an_image_that_is_too_big_is_left_out_unread(
        self,
        import_roles: Import,
        post: Write,
        add: Add,
        media: Path,
        settings: Any,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10
        monkeypatch.setattr("willow.Image.open", None)
        add("bed.png", png())
        assert "image_refused" in flags(import_roles(post(IMG), media=media))

    def test_an_image_of_an_earlier_import_is_taken_when_its_file_is_there(
        self, import_roles: Import, post: Write, add: Add, media: Path
    ) -> None:
        path = post(IMG)
        import_roles(path)
        add("bed.png", png())
        assert import_roles(path).summary["unchanged"] == 1
        assert "image" in flags(import_roles(path, media=media))
        assert get_image_model().objects.count() == 1

    def test_other_formats_and_sizes_are_one_image(
        self, import_roles: Import, post: Write, add: Add, media: Path
    ) -> None:
        add("bed.png", png())
        html = (
            f'<a href="{UPLOADS}/bed.png"><picture><source srcset="{UPLOADS}/bed.webp 2x">'
            f'<img data-src="{UPLOADS}/bed-30x20.png" src="data:image/gif;base64,R0" alt="A bed">'
            f"</picture></a><noscript>{IMG}</noscript>"
        )
        result = import_roles(post(html), media=media)
        assert [image["alt"] for image in result.post(1)["images"]] == ["A bed"]
        assert get_image_model().objects.count() == 1

    def test_a_file_of_another_site_with_the_same_path_is_not_taken(
        self, import_roles: Import, post: Write, add: Add, media: Path
    ) -> None:
        add("bed.png", png())
        other = IMG.replace("http://old.example", "https://other.example")
        result = import_roles(post(other), media=media)
        assert flags(result).keys() == {"image_missing"}
        assert not get_image_model().objects.exists()
        result = import_roles(post(other + IMG.replace("A bed", "Ours")), media=media)
        assert [image["alt"] for image in result.post(1)["images"]] == ["A bed", "Ours"]
        assert get_image_model().objects.get().description == "Ours"

    @pytest.mark.parametrize(
        "src",
        [
            "https://www.old.example/wp-content/uploads/2018/08/bed.png",
            "//old.example/wp-content/uploads/2018/08/bed.png",
            "https://i2.wp.com/old.example/wp-content/uploads/2018/08/bed.png?w=300",
            "https://cdn.example/q_80/https://old.example/wp-content/uploads/2018/08/bed.png",
        ],
    )
    def test_other_addresses_of_a_file_of_the_old_site_are_its_own(
        self, import_roles: Import, post: Write, add: Add, media: Path, src: str
    ) -> None:
        add("bed.png", png())
        assert "image" in flags(import_roles(post(f'<img src="{src}" alt="A bed">'), media=media))

    def test_what_the_export_says_about_a_file_is_not_said_of_another_site(
        self, import_roles: Import, tmp_path: Path
    ) -> None:
        address = f"{UPLOADS}/bed.png"
        attachment = item(2, "A bed", "", **{"wp:post_type": "attachment"}).replace(
            "</item>", f"<wp:attachment_url>{address}</wp:attachment_url></item>"
        )
        other = address.replace("old.example", "other.example")
        html = f'{content()}<img src="{other}">'
        path = tmp_path / "export.xml"
        path.write_text(export([attachment, item(1, html=html)]), encoding="utf-8")
        result = import_roles(path)
        assert [image["title"] for image in result.post(1)["images"]] == [""]
        (skipped,) = (each for each in result.report["posts"] if each["title"] == "A bed")
        assert "No post shows or links to this file" in skipped["message"]

    def test_a_role_that_fails_leaves_no_file_behind(
        self,
        import_roles: Import,
        post: Write,
        add: Add,
        media: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        add("bed.png", png())
        add("form.pdf", b"%PDF-1.4")
        path = post(IMG + LINK)

        def fail(*_args: Any) -> None:
            raise OSError("The disk is full.")

        with monkeypatch.context() as patch:
            patch.setattr("wagtail_careers.importing.writing.creation.keep_record", fail)
            with pytest.raises(AssertionError):  # A dry run keeps no record.
                import_roles(path, media=media)
        stored = media.parent / "media"
        assert not [each for each in stored.rglob("*") if each.is_file()]
        assert import_roles(path, media=media).summary["created"] == 1
        assert sorted(each.name for each in stored.rglob("*.p*")) == ["bed.png", "form.pdf"]


def test_a_file_that_cannot_be_deleted_hides_no_error() -> None:
    deleted: list[str] = []

    def delete(name: str) -> None:
        deleted.append(name)
        if name == "bed.png":
            raise OSError("The storage is away.")

    library = Library(MediaFolder(None, []), Mock(), str, is_dry=False)
    stored = [Mock(storage=Mock(delete=delete)) for _number in range(2)]
    stored[0].name, stored[1].name = "bed.png", "form.pdf"

    def fail() -> None:
        with library.keeping_files():
            library._stored += stored
            raise ValueError("The role fails.")

    with pytest.raises(ValueError, match="The role fails"):
        fail()
    assert deleted == ["bed.png", "form.pdf"]


class TestDocuments:
    def test_a_linked_file_becomes_a_document_with_its_link(
        self, import_roles: Import, post: Write, add: Add, media: Path, client: Any
    ) -> None:
        add("form.pdf", b"%PDF-1.4 form")
        result = import_roles(post(LINK), media=media, publish=True)
        document = get_document_model().objects.get()
        assert (document.title, document.file.read()) == ("form", b"%PDF-1.4 form")
        assert document.file_hash
        page = RolePage.objects.get()
        shown = f'<a href="{document.url}" class="careers-short-link">Form</a>'
        assert shown in client.get(page.url).content.decode()
        assert flags(result).keys() == {"document"}
        (link,) = [link for link in result.post(1)["links"] if link["text"] == "Form"]
        assert (link["becomes"], link["url"]) == ("document link", f"{UPLOADS}/form.pdf")

    def test_the_same_file_is_taken_once(
        self, import_roles: Import, post: Write, add: Add, media: Path
    ) -> None:
        add("form.pdf", b"%PDF-1.4")
        add("copy.pdf", b"%PDF-1.4")
        html = LINK + LINK.replace("form", "copy")
        import_roles(post(html), media=media)
        import_roles(post(html + "more"), media=media)
        assert get_document_model().objects.count() == 1

    def test_a_file_block_has_two_links_to_one_document(
        self, import_roles: Import, add: Add, media: Path
    ) -> None:
        (media / "jd.pdf").write_bytes(b"%PDF-1.4")
        path = CASES / "shortcode-links.md"
        result = import_roles(path, media=media)
        links = [link["text"] for link in result.post(78)["links"] if "old" in link["address"]]
        assert links == ["Job description", "Download"]
        pk = get_document_model().objects.get().pk
        assert prose(RolePage.objects.get()).count(f'linktype="document" id="{pk}"') == 2

    def test_without_files_the_link_is_reported(self, import_roles: Import, post: Write) -> None:
        result = import_roles(post(LINK))
        address = f"{UPLOADS}/form.pdf"
        assert flags(result) == {"old_host": {"text": "Form", "address": address}}
        assert result.post(1)["links"][-1]["becomes"] == "shared link"

    def test_a_later_import_without_files_keeps_the_link(
        self, import_roles: Import, post: Write, add: Add, media: Path
    ) -> None:
        add("form.pdf", b"%PDF-1.4")
        import_roles(post(LINK), media=media)
        before = prose(RolePage.objects.get())
        result = import_roles(post(LINK + "\n\n<p>And more.</p>"))
        assert flags(result).keys() == {"document"}
        page = RolePage.objects.get().get_latest_revision_as_object()
        assert 'linktype="document"' in prose(page)
        assert prose(page) != before

    def test_a_link_of_an_earlier_import_changes_when_the_file_is_there(
        self, import_roles: Import, post: Write, add: Add, media: Path
    ) -> None:
        path = post(LINK)
        import_roles(path)
        add("form.pdf", b"%PDF-1.4")
        assert import_roles(path, media=media).summary["updated"] == 1
        page = RolePage.objects.get().get_latest_revision_as_object()
        pk = get_document_model().objects.get().pk
        assert f'<a linktype="document" id="{pk}">Form</a>' in prose(page)
        assert import_roles(path, media=media).summary == {"unchanged": 1}

    def test_a_document_that_was_deleted_is_no_target(
        self, import_roles: Import, post: Write, add: Add, media: Path
    ) -> None:
        add("form.pdf", b"%PDF-1.4")
        import_roles(post(LINK), media=media)
        get_document_model().objects.all().delete()
        assert flags(import_roles(post(LINK + "more"))).keys() == {"old_host"}

    @pytest.mark.parametrize(
        ("name", "setting"),
        [
            ("form.html", None),
            ("form.svg", None),
            ("form.php", None),
            ("form.pdf", ["docx"]),
        ],
    )
    def test_a_type_that_is_not_allowed_is_refused(
        self,
        import_roles: Import,
        post: Write,
        add: Add,
        media: Path,
        settings: Any,
        name: str,
        setting: Any,
    ) -> None:
        settings.WAGTAILDOCS_EXTENSIONS = setting
        add(name, b"<script>alert(1)</script>")
        result = import_roles(post(LINK.replace("form.pdf", name)), media=media)
        assert flags(result).keys() == {"document_refused"}
        assert "not allowed" in flags(result)["document_refused"]["errors"]
        assert not get_document_model().objects.exists()

    def test_a_file_of_another_site_is_not_taken(
        self, import_roles: Import, post: Write, add: Add, media: Path
    ) -> None:
        add("form.pdf", b"%PDF-1.4")
        result = import_roles(post(LINK.replace("old.example", "gov.example")), media=media)
        assert not flags(result)
        assert not get_document_model().objects.exists()

    def test_links_to_pages_of_the_old_site_are_reported(
        self, import_roles: Import, post: Write
    ) -> None:
        result = import_roles(post('<a href="/contact/">Contact</a>'))
        address = {"text": "Contact", "address": "/contact/"}
        assert flags(result) == {"old_host": address}

    @pytest.mark.parametrize(
        ("address", "is_reported"),
        [
            ("http://old.example/jobs/contact/", True),
            ("https://www.old.example/jobs", True),
            ("http://old.example/jobs/?p=99", True),
            ("http://old.example/wp-content/uploads/sites/2/map.pdf", True),
            ("http://old.example/jobsearch/", False),
            ("http://old.example/contact/", False),
            ("http://other.example/jobs/contact/", False),
            ("http://other.example/wp-content/uploads/map.pdf", False),
        ],
    )
    def test_only_links_to_the_blog_itself_are_reported(
        self, import_roles: Import, tmp_path: Path, address: str, is_reported: bool
    ) -> None:
        html = f'{content()}<a href="{address}">There</a>'
        text = export([item(1, html=html, link="http://old.example/jobs/porter/")])
        home = "<wp:base_blog_url>http://old.example/jobs</wp:base_blog_url><item>"
        (tmp_path / "export.xml").write_text(text.replace("<item>", home, 1))
        result = import_roles(tmp_path / "export.xml")
        assert ("old_host" in flags(result)) == is_reported

    def test_a_site_without_documents_imports_all_the_same(
        self,
        import_roles: Import,
        post: Write,
        add: Add,
        media: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        from django.apps import apps

        is_installed = apps.is_installed
        absent = {"wagtail.documents", "wagtail.images"}
        monkeypatch.setattr(
            apps, "is_installed", lambda app: app not in absent and is_installed(app)
        )
        add("form.pdf", b"%PDF-1.4")
        add("bed.png", png())
        result = import_roles(post(LINK + IMG), media=media)
        assert flags(result).keys() == {"old_host", "image_missing"}


class TestLibraryOfTheOldSite:
    """Exports list the files, with what people said about them."""

    def attachment(self, pk: int, name: str, **fields: str) -> str:
        meta = fields.pop("alt", "")
        alt = (
            "<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key>"
            f"<wp:meta_value>{meta}</wp:meta_value></wp:postmeta>"
        )
        told = {
            "link": f"http://old.example/?attachment_id={pk}",
            "content:encoded": "",
            "wp:post_type": "attachment",
            "wp:status": "inherit",
            "wp:attachment_url": f"{UPLOADS}/{name}",
            **fields,
        }
        return item(pk, f"File {pk}", **told).replace("</item>", f"{alt}</item>")

    @pytest.fixture
    def run(self, import_roles: Import, tmp_path: Path, media: Path) -> Callable[..., Result]:
        def run(html: str, *attachments: str, **kwargs: Any) -> Result:
            path = tmp_path / "export.xml"
            path.write_text(export([item(1, html=content() + html), *attachments]))
            return import_roles(path, media=media, **kwargs)

        return run

    def test_a_gallery_shows_images_by_id(self, run: Any, add: Add) -> None:
        add("bed.png", png())
        add("cot.png", png(width=500))
        result = run(
            'Pictures [gallery ids="7,8"]',
            self.attachment(7, "bed.png", alt="A bed"),
            self.attachment(8, "cot.png"),
        )
        images = get_image_model().objects.order_by("pk")
        told = [(image.title, image.description) for image in images]
        assert told == [("File 7", "A bed"), ("File 8", "")]
        assert [image["attachment"] for image in result.post(1)["images"]] == ["7", "8"]

    def test_a_gallery_without_ids_shows_the_images_of_its_post(self, run: Any, add: Add) -> None:
        add("bed.png", png())
        result = run(
            "[gallery]",
            self.attachment(7, "bed.png", **{"wp:post_parent": "1"}),
            self.attachment(8, "cot.png", **{"wp:post_parent": "2"}),
            self.attachment(9, "notes.pdf", **{"wp:post_parent": "1"}),
        )
        assert [image["attachment"] for image in result.post(1)["images"]] == ["7"]

    def test_what_is_said_about_an_image_is_named(self, run: Any) -> None:
        result = run(
            IMG,
            self.attachment(
                7, "bed.png", **{"excerpt:encoded": "Our bed", "content:encoded": "In ward 3"}
            ),
        )
        assert flags(result)["image_text"]["text"] == "Our bed – In ward 3"

    def test_each_alternative_text_is_named(self, run: Any, add: Add) -> None:
        again = IMG.replace("A bed", "The way out")
        attachment = self.attachment(7, "bed.png", alt="Ours")
        assert flags(run(IMG + again, attachment))["image_text"]["text"] == "The way out – Ours"

    def test_each_text_is_named_however_the_image_is_addressed(self, run: Any) -> None:
        here = IMG.replace(UPLOADS, UPLOADS.removeprefix("http://old.example"))
        texts = (here, "A door"), (here, "A bell"), (IMG, "A lamp"), (IMG, "A chair")
        result = run("".join(img.replace("A bed", text) for img, text in texts))
        src = here.split('"')[1]
        assert flags(result) == {
            "image_missing": {"alt": "A door", "src": src},
            "image_text": {"src": src, "text": "A bell – A lamp – A chair"},
        }

    def test_a_caption_in_the_post_is_not_named_again(self, run: Any) -> None:
        result = run(
            f"<figure>{IMG}<figcaption>Our bed</figcaption></figure>",
            self.attachment(7, "bed.png", **{"excerpt:encoded": "Our bed"}),
        )
        assert "image_text" not in flags(result)
        assert result.post(1)["images"][0]["caption"] == "Our bed"
        assert "Our bed" in prose(RolePage.objects.get())

    def test_an_image_that_is_not_in_the_export_is_named(self, run: Any) -> None:
        assert flags(run('[gallery ids="7"]')) == {"image_unknown": {"id": "7"}}

    def test_a_document_has_its_title(self, run: Any, add: Add) -> None:
        add("form.pdf", b"%PDF-1.4")
        run(LINK, self.attachment(7, "form.pdf"))
        assert get_document_model().objects.get().title == "File 7"

    def test_a_file_that_no_post_uses_is_named_and_not_taken(self, run: Any, add: Add) -> None:
        add("bed.png", png())
        add("cot.png", png(width=500))
        result = run(IMG, self.attachment(7, "bed.png"), self.attachment(8, "cot.png"))
        used, unused = (post for post in result.report["posts"] if post["result"] == "skipped")
        assert f"{UPLOADS}/cot.png" in unused["message"]
        assert "No post" in unused["message"]
        assert "No post" not in used["message"]
        assert [image.title for image in get_image_model().objects.all()] == ["File 7"]

    def test_two_files_with_one_id_are_not_mixed_up(self, run: Any, add: Add) -> None:
        add("bed.png", png())
        result = run(
            '[gallery ids="7"]', self.attachment(7, "bed.png"), self.attachment(7, "cot.png")
        )
        assert flags(result).keys() == {"image_unknown"}


class TestFilesOfPrivatePosts:
    """Everybody who knows the address of a file in the libraries can open it."""

    @pytest.mark.parametrize(
        ("html", "front"),
        [
            ("", {"status": "private"}),
            ("", {"password": "x"}),
            ("", {"date": "soon"}),
            ("<p>[members_only]Text[/members_only]</p>", {}),
        ],
    )
    def test_stay_where_they_are(
        self,
        import_roles: Import,
        post: Write,
        add: Add,
        media: Path,
        html: str,
        front: dict[str, str],
    ) -> None:
        add("bed.png", png())
        add("form.pdf", b"%PDF-1.4")
        result = import_roles(post(IMG + LINK + html, **front), media=media)
        assert flags(result) == {
            "image_withheld": {"src": f"{UPLOADS}/bed-300x200.png", "alt": "A bed"},
            "file_withheld": {"src": f"{UPLOADS}/form.pdf"},
        }
        assert not get_image_model().objects.exists()
        assert not get_document_model().objects.exists()
        assert f'"{UPLOADS}/form.pdf"' in prose(RolePage.objects.get()).replace("\\", "")

    def test_are_added_when_the_post_is_public(
        self, import_roles: Import, post: Write, add: Add, media: Path
    ) -> None:
        add("bed.png", png())
        add("form.pdf", b"%PDF-1.4")
        import_roles(post(IMG + LINK, status="private"), media=media)
        import_roles(post(IMG + LINK), media=media)
        assert get_image_model().objects.count() == 1
        document = get_document_model().objects.get()
        page = RolePage.objects.get()
        assert f'linktype="document" id="{document.pk}"' in newest(page)
        # What readers could open stays where the pages link to it.
        import_roles(post(IMG + LINK, status="private"), media=media)
        assert f'linktype="document" id="{document.pk}"' in newest(page)


def test_records_of_earlier_releases_have_no_documents(import_roles: Import, post: Write) -> None:
    import_roles(post(LINK))
    record = ImportRecord.objects.get()
    del record.written["documents"]
    record.save()
    assert import_roles(post(LINK + "more")).summary["updated"] == 1


def test_truncated_photos_stop_nothing(
    import_roles: Import, post: Write, add: Add, media: Path
) -> None:
    data = BytesIO()
    Picture.new("RGB", (60, 40)).save(data, "JPEG")
    html = ""
    for length in range(0, len(data.getvalue()), 37):
        add(f"photo{length}.jpg", data.getvalue()[:length])
        html += f'<img src="{UPLOADS}/photo{length}.jpg">'
    assert import_roles(post(html), media=media).summary["created"] == 1
