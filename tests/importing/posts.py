"""Makes posts and exports as WordPress would write them, in words of our own."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import yaml

INTRODUCTION = "A porter moves patients and equipment around the hospital."
SECTIONS = {
    "What sort of person would I need to be?": (
        "You are <strong>patient</strong> and <strong>friendly, punctual</strong>."
    ),
    "What will I be doing?": "You move beds.\n\nYou talk to patients.",
    "Training provided by the organisation to support me in my role?": "You get an induction.",
    "I am interested in this role – what do I do?": (
        'See <a href="http://www.jobs.example/">Example Jobs</a>.'
    ),
    "What next – where will this role lead to?": "You could become a Head Porter.",
}


def content(
    sections: Mapping[str, str] | None = None,
    introduction: str = INTRODUCTION,
    kind: str = "career",
) -> str:
    """The content of a post in the shape that the old site gave its careers."""
    blocks = [f'<div class="blocktext-{kind}-heading">{introduction}</div>']
    for heading, text in (SECTIONS if sections is None else sections).items():
        blocks.append(f'<div class="blocktext">\n<h2>{heading}</h2>\n{text}\n\n</div>')
    return "\n".join(blocks)


def changed(**sections: str) -> dict[str, str]:
    """The usual sections with some changed, by the beginning of their heading."""
    result = dict(SECTIONS)
    for start, text in sections.items():
        (heading,) = [name for name in SECTIONS if name.lower().startswith(start)]
        result[heading] = text
    return result


def markdown(post_id: Any = 1, title: str = "Porter", html: str | None = None, **front: Any) -> str:
    """A post with its front matter; a field that is None is left out."""
    slug = title.lower().replace(" ", "-")
    fields = {
        "ID": post_id,
        "post_title": title,
        "author": "sam",
        "post_date": "2018-08-06 09:30:00",
        "post_excerpt": "",
        "layout": "post",
        "permalink": f"http://old.example/2018/08/06/{slug}/",
        "published": True,
        **front,
    }
    told = {name: value for name, value in fields.items() if value is not None}
    return (
        f"---\n{yaml.safe_dump(told, allow_unicode=True)}---\n{content() if html is None else html}"
    )


def write_post(folder: Path, post_id: Any = 1, title: str = "Porter", **kwargs: Any) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{post_id}.md"
    path.write_text(markdown(post_id, title, **kwargs), encoding="utf-8")
    return path


def item(post_id: Any = 1, title: str = "Porter", html: str | None = None, **fields: str) -> str:
    """An item of an export. A field that is empty stays as an empty element."""
    slug = title.lower().replace(" ", "-")
    told = {
        "title": escape(title),
        "link": f"http://old.example/2018/08/06/{slug}/",
        "dc:creator": "<![CDATA[sam]]>",
        "content:encoded": f"<![CDATA[{content() if html is None else html}]]>",
        "excerpt:encoded": "<![CDATA[]]>",
        "wp:post_id": str(post_id),
        "wp:post_date": "2018-08-06 09:30:00",
        "wp:post_date_gmt": "2018-08-06 08:30:00",
        "wp:post_name": slug,
        "wp:status": "publish",
        "wp:post_type": "post",
        **fields,
    }
    inside = "".join(f"<{name}>{value}</{name}>\n" for name, value in told.items())
    category = '<category domain="category" nicename="careers"><![CDATA[Careers]]></category>'
    return f"<item>\n{inside}{category}\n</item>\n"


def head(version: str = "1.2", declared: str | None = None, home: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        f' xmlns:excerpt="http://wordpress.org/export/{version}/excerpt/"'
        f' xmlns:wp="http://wordpress.org/export/{version}/">\n<channel>\n<title>Old site</title>\n'
        f"<wp:wxr_version>{declared or version}</wp:wxr_version>\n"
        f"<wp:base_blog_url>{escape(home)}</wp:base_blog_url>\n"
    )


def export(
    items: Iterable[str], version: str = "1.2", declared: str | None = None, home: str = ""
) -> str:
    return f"{head(version, declared, home)}{''.join(items)}</channel>\n</rss>\n"
