"""Every address at which readers could reach a post, whatever its permalink is today.

WordPress answers ``/?p=12`` for every post, and an earlier slug in place of the present one
(https://developer.wordpress.org/reference/functions/wp_old_slug_redirect/).
"""

from collections.abc import Iterator
from urllib.parse import quote, unquote, urljoin, urlsplit

from wagtail_careers.importing.sources import static_sites, wordpress
from wagtail_careers.importing.sources.posts import Post
from wagtail_careers.plain_permalinks import id_in


def old_addresses(post: Post) -> tuple[str, ...]:
    """Return the addresses of ``post``, its permalink first, without that of a blog itself."""
    found = (post.permalink, *post.aliases, *_plain_permalinks(post), *_with_old_slugs(post))
    return tuple(dict.fromkeys(each for each in found if each and not _is_home(each, post)))


def linked_addresses(post: Post) -> tuple[str, ...]:
    """Return the addresses by which other posts can link to ``post``: those, and its file."""
    own_file = [static_sites.file_address(post.file)] if post.file else []
    return (*old_addresses(post), *own_file)


def _plain_permalinks(post: Post) -> Iterator[str]:
    if not post.post_id:
        return
    if home := _home(post):
        yield f"{home}?p={post.post_id}"
        if post.kind == "page":
            yield f"{home}?page_id={post.post_id}"
    # A blog that moved to another host keeps the old one in the guid.
    same_host = wordpress.host(post.guid) == wordpress.host(post.permalink)
    if same_host and id_in(post.guid) == post.post_id:
        yield post.guid


def _with_old_slugs(post: Post) -> Iterator[str]:
    """Yield the permalink with each slug that the post had before, unless it is a plain one."""
    if id_in(post.permalink) or not wordpress.path(post.permalink).strip("/"):
        return
    folder = post.permalink.rstrip("/").rpartition("/")[0]
    for slug in post.old_slugs:
        yield f"{folder}/{quote(unquote(slug), safe='')}/"


def _home(post: Post) -> str:
    """Return the address of the blog with a final slash; empty if it is not known.

    A permalink whose only folders are dates is that of a blog at the root of its site.
    """
    if wordpress.blog(post.home):
        return f"{post.home.rstrip('/')}/"
    is_at_root = wordpress.host(post.permalink) and not wordpress.folders(post.permalink)
    return urljoin(post.permalink, "/") if is_at_root else ""


def _is_home(address: str, post: Post) -> bool:
    """Return True for the start page of a blog. It is never the address of one post."""
    try:
        has_query = bool(urlsplit(address).query)
    except ValueError:
        return True
    if has_query:
        return False
    home = wordpress.blog(post.home)
    return not wordpress.path(address).strip("/") or bool(home and wordpress.blog(address) == home)
