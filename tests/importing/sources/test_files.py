"""Files as they are: mended where they are broken, and nothing after that place is lost."""

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.importing.conftest import Result
from tests.importing.posts import export, head, item, markdown, write_post
from wagtail_careers.importing.sources import archives, files
from wagtail_careers.importing.sources.posts import Notice, Post, Refusal, Skipped, SourceEntry
from wagtail_careers.importing.sources.wxr_parts import parts
from wagtail_careers.pages.models import RolePage

Import = Callable[..., Result]


def read(path: Path) -> list[SourceEntry]:
    return list(files.read([path]))


def posts_in(path: Path) -> list[Post]:
    entries = read(path)
    assert all(isinstance(each, Post) for each in entries), entries
    return [each for each in entries if isinstance(each, Post)]


def exported(tmp_path: Path, *items: str) -> Path:
    path = tmp_path / "export.xml"
    path.write_text(export(items), encoding="utf-8")
    return path


#: The XML of a title, what it means, and what is said about it.
BROKEN: dict[str, tuple[str, str, str]] = {
    "a bare ampersand": ("Q&A & more", "Q&A & more", "markup"),
    "an entity of HTML": ("A&nbsp;&eacute;", "A é", "markup"),
    "a character that XML does not allow": ("A&#0;&#x1F;B", "A\ufffd\ufffdB", "character"),
    "halves of a character": ("A &#xD83D;&#xDE00;", "A 😀", "character"),
    "a number that is no character": ("A &#9999999;", "A \ufffd", "character"),
    "an open element of HTML": ("A<br>B", "A B", "markup"),
    "a comparison": ("A < B", "A < B", "markup"),
    "the end of CDATA in CDATA": ("<![CDATA[A ]]> B]]>", "A ]]> B", "markup"),
    "CDATA without an end": ("<![CDATA[A", "A", "markup"),
    "an end of CDATA without a beginning": ("A ]]> B", "A ]]> B", "markup"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_item_is_mended_and_flagged(tmp_path: Path, name: str) -> None:
    xml, title, problem = BROKEN[name]
    broken = item(1, title="X").replace("<title>X", f"<title>{xml}")
    first, second = posts_in(exported(tmp_path, broken, item(2, "Nurse")))
    assert first.title.replace("\xa0", " ") == title
    assert [remark.parameters["problem"] for remark in first.remarks] == [problem]
    assert first.content
    assert (second.title, second.remarks) == ("Nurse", ())


@pytest.mark.parametrize(
    "broken",
    [
        item(1).replace("</wp:post_id>", "</wp:post_di>"),
        item(1).replace("<wp:post_id>", "<wp:post_id"),
        "<item><title>A</item>",
        "<item>\n",
        "<item/>",
    ],
)
def test_an_item_beyond_repair_is_refused_alone(tmp_path: Path, broken: str) -> None:
    first, second = read(exported(tmp_path, broken, item(2, "Nurse")))
    assert isinstance(first, Refusal)
    assert "item 1" in first.source
    assert isinstance(second, Post)


def test_an_error_is_found_by_its_line(tmp_path: Path) -> None:
    path = exported(tmp_path, item(1), item(2).replace("</wp:status>", "</wp:statu>"))
    refusal = read(path)[1]
    assert isinstance(refusal, Refusal)
    lines = path.read_text().splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "</wp:statu>" in text)
    assert f"line {line}." in refusal.message


def test_an_item_without_its_end_is_read(tmp_path: Path) -> None:
    path = exported(tmp_path, item(1).replace("</item>", ""), item(2))
    assert [post.post_id for post in posts_in(path)] == ["1", "2"]


@pytest.mark.parametrize("broken", ["<br>", "Q&A", "<b>", "caf\xe9"])
def test_a_channel_whose_beginning_is_broken_has_its_posts(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "export.xml"
    text = export([item(1)], home="http://old.example/blog")
    path.write_text(text.replace("Old site", broken), encoding="cp1252")
    assert [post.home for post in posts_in(path)] == ["http://old.example/blog"]


def test_prefixes_that_are_not_declared_stop_nothing(tmp_path: Path) -> None:
    path = exported(tmp_path, item(1, **{"yoast:score": "9"}), item(2))
    assert [post.post_id for post in posts_in(path)] == ["1", "2"]


def test_elements_in_the_content_are_text_that_was_not_escaped(tmp_path: Path) -> None:
    fields = {"content:encoded": "Before <b>bold</b> &amp; after"}
    (post,) = posts_in(exported(tmp_path, item(1, **fields)))
    assert post.content == "Before <b>bold</b> &amp; after"
    assert [remark.code for remark in post.remarks] == ["repaired"]


@pytest.mark.parametrize("split", ["a ]]]]><![CDATA[> b", "a ]]&gt; b"])
def test_xml_that_is_in_order_is_not_mended(tmp_path: Path, split: str) -> None:
    html = f"<p>{split} &nbsp; &#0; &amp;</p><!-- <item> --><pre></item></channel></rss></pre>"
    (post,) = posts_in(exported(tmp_path, item(1, html=html)))
    assert post.content == html.replace("]]]]><![CDATA[>", "]]>")
    assert post.remarks == ()


def test_bytes_in_an_attribute_are_mended(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    text = export([item(1, html="x")]).replace('nicename="careers"', 'nicename="café"')
    path.write_bytes(text.encode("cp1252"))
    (post,) = posts_in(path)
    assert post.categories[0].slug == "café"
    assert [remark.parameters["words"] for remark in post.remarks] == ["café"]


def test_words_of_private_fields_are_not_repeated(tmp_path: Path) -> None:
    fields = {"wp:post_password": "caf\x01pa55word", "wp:comment": "Ann\x01Other"}
    (post,) = posts_in(exported(tmp_path, item(1, **fields)))
    assert {remark.parameters["field"] for remark in post.remarks} == {"post_password", "comment"}
    assert "pa55word" not in repr(post)
    assert "Other" not in repr(post.remarks)


def test_many_repairs_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    words = " ".join(f"caf{'é'} word{number} " + "x" * 90 for number in range(50))
    path.write_bytes(export([item(1, html=words)]).encode("cp1252"))
    (post,) = posts_in(path)
    assert len(post.remarks) == 21
    assert post.remarks[-1].parameters == {"problem": "more", "number": "30"}


@given(st.lists(st.sampled_from([item(1), "text\n", "<!--", "-->", "<![CDATA[", "]]>"])), st.data())
def test_the_parts_of_an_export_are_all_of_it(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    size = data.draw(st.integers(1, max(1, len(text))))
    texts = (text[start : start + size] for start in range(0, len(text), size))
    divided = list(parts(texts))
    assert "".join(part.text for part in divided) == text
    assert [part.text for part in divided] == [part.text for part in parts([text])]


def test_an_item_that_is_too_long_is_not_kept_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wagtail_careers.importing.sources.wxr_parts.MAX_PART", 100_000)
    path = exported(tmp_path, item(1, html="word " * 100_000), item(2))
    long, post = read(path)
    assert isinstance(long, Refusal)
    assert "too long" in long.message
    assert isinstance(post, Post)


def test_text_before_between_and_after_is_a_warning(import_roles: Import, tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    text = export([item(1), "<b>Warning</b>: out of memory\n", item(2, "Nurse")])
    path.write_text(f"\n Notice: one\n{text}\nDone.", encoding="utf-8")
    result = import_roles(path)
    assert (result.code, result.summary) == (0, {"created": 2})
    before, between = result.report["warnings"]
    assert "Notice: one" in before["message"]
    assert "(words: 5)" in between["message"]
    assert [line.startswith(str(path)) for line in result.errors] == [True, True]


def test_blank_lines_and_comments_around_items_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    path.write_text(f"\ufeff\n\n{export([item(1), '<!-- b -->'])}\n<!-- c -->\n", encoding="utf-8")
    assert len(posts_in(path)) == 1


@pytest.mark.parametrize(
    "cut", ["</channel>\n</rss>\n", "</rss>\n", "</item>\n</channel>\n</rss>\n"]
)
def test_a_file_that_ends_too_early_is_an_error(tmp_path: Path, cut: str) -> None:
    path = exported(tmp_path, item(1), item(2))
    path.write_text(path.read_text().removesuffix(cut))
    *posts, last = read(path)
    assert isinstance(last, Refusal)
    assert f"{len(posts)} item" in last.message


def test_a_zip_has_exports_and_posts(tmp_path: Path) -> None:
    path = tmp_path / "site.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b.xml", export([item(2, "Nurse")]))
        archive.writestr("../../a.md", markdown(1))
        archive.writestr("__MACOSX/a.md", "x")
        archive.writestr("images/a.png", b"\x89PNG\x00")
        archive.writestr("README.md", "# Read me")
    *found, readme, images = sorted(read(path), key=lambda entry: isinstance(entry, Skipped))
    assert [entry.title for entry in found if isinstance(entry, Post)] == ["Porter", "Nurse"]
    assert isinstance(readme, Skipped)
    assert isinstance(images, Skipped)
    assert readme.source == f"{path}/README.md"
    assert images.reason == "1 file is not a post (*.png)."
    assert not (tmp_path.parent / "a.md").exists()


def test_a_compressed_export_is_read(tmp_path: Path) -> None:
    path = tmp_path / "export.xml.gz"
    path.write_bytes(gzip.compress(export([item(1)]).encode()))
    assert [post.source for post in posts_in(path)] == [f"{tmp_path}/export.xml, item 1 (“Porter”)"]


def test_a_folder_has_archives(tmp_path: Path) -> None:
    write_post(tmp_path, 1)
    (tmp_path / "export.xml.gz").write_bytes(gzip.compress(export([item(2)]).encode()))
    with zipfile.ZipFile(tmp_path / "letter.docx", "w") as archive:
        archive.writestr("word/document.xml", "<?xml version='1.0'?><w/>")
    assert sum(isinstance(entry, Post) for entry in read(tmp_path)) == 2
    assert not any(isinstance(entry, Refusal) for entry in read(tmp_path))


@pytest.mark.parametrize("lines", [1, 3_000, 6_552, 6_553, 6_554, 20_000])
def test_an_export_is_found_after_any_number_of_warnings(tmp_path: Path, lines: int) -> None:
    (tmp_path / "export.xml").write_text("Notice: a\n" * lines + export([item(1)]))
    notice, post = read(tmp_path)
    assert isinstance(notice, Notice)
    assert "begins: “Notice: a Notice: a" in notice.message or lines == 1
    assert isinstance(post, Post)


def test_an_export_after_a_novel_is_named(tmp_path: Path) -> None:
    (tmp_path / "export.xml").write_text("Notice: a\n" * 200_000 + export([item(1)]))
    (skipped,) = read(tmp_path)
    assert isinstance(skipped, Skipped)
    assert skipped.source.endswith("export.xml")


def test_an_export_of_nothing_is_said_to_be_empty(tmp_path: Path) -> None:
    (notice,) = read(exported(tmp_path))
    assert isinstance(notice, Notice)
    assert "no items" in notice.message


def test_an_archive_in_an_archive_is_refused_by_name(tmp_path: Path) -> None:
    inner = gzip.compress(export([item(1)]).encode())
    (tmp_path / "twice.gz").write_bytes(gzip.compress(inner))
    with zipfile.ZipFile(tmp_path / "inner.zip", "w") as archive:
        archive.writestr("a.xml", export([item(1)]))
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as archive:
        archive.writestr("a.xml.gz", inner)
        archive.write(tmp_path / "inner.zip", "b.zip")
        archive.writestr("c.md", markdown(2))
    (tmp_path / "inner.zip").unlink()
    first, second, post, third = read(tmp_path)
    assert isinstance(post, Post)
    refused = [each.source for each in (first, second, third) if isinstance(each, Refusal)]
    assert [name.removeprefix(f"{tmp_path}/") for name in refused] == [
        "outer.zip/a.xml.gz",
        "outer.zip/b.zip",
        "twice",
    ]


def test_the_name_of_a_file_is_on_one_line(tmp_path: Path) -> None:
    write_post(tmp_path).rename(tmp_path / "a\nb\x1b[2J.md")
    (post,) = posts_in(tmp_path)
    assert post.source == f"{tmp_path}/a\\x0ab\\x1b[2J.md"


def test_the_name_of_a_file_in_an_archive_is_on_one_line(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "site.zip", "w") as archive:
        archive.writestr("a\nb.md", markdown(1))
    (post,) = posts_in(tmp_path / "site.zip")
    assert post.source == f"{tmp_path}/site.zip/a\\x0ab.md"


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.md", markdown(1))
        archive.writestr("b.xml", head() + "<item>" + " " * 30_000_000)
        archive.writestr("c.md", markdown(2))
    entries = read(path)
    assert isinstance(entries[0], Post)
    assert "far more than text" in entries[1].message if isinstance(entries[1], Refusal) else False


@pytest.mark.parametrize("data", [b"\x1f\x8b\x08\x00nonsense", b"PK\x03\x04nonsense"])
def test_a_damaged_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "damaged"
    path.write_bytes(data)
    (refusal,) = read(path)
    assert isinstance(refusal, Refusal)
    assert "archive cannot be read" in refusal.message


def test_a_truncated_archive_keeps_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "export.xml.gz"
    path.write_bytes(gzip.compress(export([item(1), *[item(2, html="x")]]).encode())[:-20])
    assert any(isinstance(entry, Refusal) for entry in read(path))


def test_an_archive_with_too_many_files_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_FILES", 1)
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.md", markdown(1))
        archive.writestr("b.md", markdown(2))
    (refusal,) = read(path)
    assert isinstance(refusal, Refusal)


def test_an_empty_archive_is_said_to_be_empty(tmp_path: Path) -> None:
    path = tmp_path / "empty.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(".hidden/", "")
        archive.writestr("__MACOSX/x", "x")
    (refusal,) = read(path)
    assert isinstance(refusal, Refusal)


def test_what_is_no_post_is_skipped_in_a_folder_and_refused_alone(
    import_roles: Import, tmp_path: Path
) -> None:
    folder = tmp_path / "posts"
    write_post(folder, 1)
    (folder / "README.md").write_text("# About these posts\n\n---\nTitle: no\n---\n")
    for number in range(3):
        (folder / f"{number}.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    (folder / "page.html").write_text("<p>Just HTML.</p>")
    result = import_roles(folder)
    assert (result.code, result.errors) == (0, [])
    assert result.summary == {"created": 1, "skipped": 3}
    messages = [post["message"] for post in result.report["posts"] if "message" in post]
    assert messages == [
        "The file has no front matter and is not a WordPress export.",
        "1 file is not a post (*.html).",
        "3 files are not posts (*.png).",
    ]
    for name, message in (("README.md", "no front matter"), ("0.png", "binary")):
        alone = import_roles(folder / name)
        assert (alone.code, alone.summary) == (1, {"error": 1})
        assert message in alone.errors[0]


def test_a_post_in_the_wrong_encoding_is_read(import_roles: Import, tmp_path: Path) -> None:
    path = tmp_path / "nurse.md"
    path.write_bytes("---\nID: 7\npost_title: Café\n---\n“Text” with \x01 it".encode("cp1252"))
    result = import_roles(path)
    assert result.summary["created"] == 1
    assert RolePage.objects.get().title == "Café"
    problems = [
        (flag["parameters"]["problem"], flag["parameters"]["words"])
        for flag in result.post(7)["flags"]
        if flag["code"] == "repaired"
    ]
    assert problems == [
        ("bytes", "Café"),
        ("bytes", "“Text” with it"),
        ("character", "“Text” with it"),
    ]


def test_front_matter_can_be_toml(tmp_path: Path) -> None:
    path = tmp_path / "porter.md"
    path.write_text(
        "+++\ntitle = 'Porter'\ndate = 2018-08-06T09:30:00Z\ndraft = true\nid = 7\n+++\nYou push."
    )
    (post,) = posts_in(path)
    assert (post.title, post.post_id, post.status) == ("Porter", "7", "draft")
    assert post.published_at is not None
    assert post.content == "You push."


@pytest.mark.parametrize(
    "front",
    [
        "title: Porter\nmeta: &a\n  meta: *a\ncaf\xe9: \x01",
        "title: Porter\na: &a [x]\n"
        + "".join(
            f"{n}: &{n} [*{p}, *{p}, *{p}, *{p}]\n"
            for p, n in zip("abcdefghijklmno", "bcdefghijklmnop", strict=True)
        )
        + "z: \x01",
    ],
)
def test_front_matter_that_repeats_itself_takes_no_time(tmp_path: Path, front: str) -> None:
    path = tmp_path / "porter.md"
    path.write_text(f"---\n{front}\n---\nText", encoding="latin-1")
    (entry,) = read(path)
    assert not isinstance(entry, Notice)
