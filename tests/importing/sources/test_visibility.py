"""Private posts stay private, in every spelling of every exporter."""

from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.importing.conftest import Result
from tests.importing.posts import content, export, item, write_post
from wagtail_careers.importing.sources.visibility import has_password, reads, status_of
from wagtail_careers.importing.sources.wordpress_markdown import read_post
from wagtail_careers.models import ImportRecord
from wagtail_careers.pages.models import RolePage

Import = Callable[..., Result]

#: Fixed, because they are in the names of tests, which all processes have to agree on.
SOON = datetime(2999, 11, 30, 9, 30, tzinfo=UTC)
LATELY = datetime(2019, 11, 26, 9, 30, tzinfo=UTC)

NOT_PUBLIC = [
    "build:\n  render: link",
    "encrypted: true",
    "secret: true",
    "render: false",
    "output: false",
    "exclude: true",
    "cascade:\n  draft: true",
    "cascade:\n  - _target: {kind: page}\n    draft: true",
    "cascade:\n  params:\n    draft: true",
    "params:\n  params:\n    draft: true",
    "members_area: true",
    "params:\n  restrict_content: plan",
    "live: false",
    "active: false",
    "hide: true",
    "wip: true",
    "confidential: true",
    "internal: true",
    "members: true",
    "deleted: true",
    "access:\n  site.login: true",
    "publish_status: draft",
    "workflow_state: draft",
    "wp_status: private",
    "audience: members",
    "visible_to: staff",
    "restricted_to: [staff]",
    "access: paid",
    "expiry: 2020-01-01",
    "expires_on: 2020-01-01",
    "embargo: 2999-01-01",
    "publish_from: 2999-01-01",
    "draft: true",
    "draft: yes",
    "draft: 1",
    "draft: perhaps",
    "Draft: TRUE",
    "is_draft: on",
    "isDraft: true",
    "draft: [yes]",
    "published: no",
    "published: false",
    "published: 0",
    "published: off",
    "published: perhaps",
    "publish: false",
    "dg-publish: false",
    "public: false",
    "visible: no",
    "listed: false",
    "status: draft",
    "Status: Private",
    "status: pending",
    "status: anything",
    "status: [publish]",
    "post_status: future",
    "post_status: private",
    "visibility: private",
    "visibility: members",
    "visibility: password protected",
    "access: private",
    "state: unpublished",
    "private: true",
    "is-private: true",
    "protected: true",
    "hidden: true",
    "unlisted: true",
    "unpublished: true",
    "archived: true",
    "expired: true",
    "members_only: true",
    "headless: true",
    "password: pa55word",
    "password: no",
    "post_password: pa55word",
    "Post-Password: pa55word",
    "passphrase: {a: pa55word}",
    "permalink: false",
    "build:\n  render: never",
    "_build:\n  list: false",
    "params:\n  draft: true",
    "extra:\n  private: true",
    "meta:\n  status: draft",
    f"date: {SOON:%Y-%m-%d %H:%M:%S}",
    f"date: {SOON:%Y-%m-%d %H:%M:%S} +0000",
    f"post_date: {SOON.isoformat()}",
    f"publishDate: {SOON:%Y-%m-%d}",
    f"publish_on: {SOON:%a, %d %b %Y %H:%M:%S} +0000",
    f"published: {SOON:%Y-%m-%dT%H:%M:%SZ}",
    "date: 2999-01-01",
    "date: 1 March 2999",
    "publishDate: next week",
    "scheduled: true",
    "expiryDate: 2019-01-01",
    "expires: 2019-01-01 09:00",
    "expires: soon",
    f"unpublish_date: {LATELY.isoformat()}",
]

PUBLIC = [
    "layout: post",
    "draft: false",
    "draft: no",
    "draft:",
    "draft: ~",
    "published: true",
    "published: yes",
    "published:",
    "published: 2018-08-06",
    f"published: {LATELY.isoformat()}",
    "publish: true",
    "status: publish",
    "status: Published",
    "status:",
    "visibility: public",
    "state: Texas",
    "private: false",
    "password:",
    "password: ''",
    "hidden: 0",
    "sticky: true",
    "wp:is_sticky: 1",
    "date: 2018-08-06 09:30:00 +0100",
    "date: Mon, 06 Aug 2018 09:30:00 +0000",
    "date: March 4, 2019",
    "date: 0000-00-00 00:00:00",
    f"date: {LATELY:%Y-%m-%d}",
    f"expiryDate: {SOON.isoformat()}",
    "expiryDate:",
    "build:\n  render: always",
    "comments:\n  enabled: false",
    "toc:\n  visible: false",
]


def post_with(front: str) -> str:
    return f"---\ntitle: Porter\n{front}\n---\n<p>You push beds.</p>"


@pytest.mark.parametrize("front", NOT_PUBLIC)
def test_a_post_that_was_not_public_is_a_draft(front: str) -> None:
    post = read_post(post_with(front), "porter.md")
    assert not post.is_public
    assert "pa55word" not in repr(post)


@pytest.mark.parametrize("front", PUBLIC)
def test_a_post_that_was_public_is_public(front: str) -> None:
    assert read_post(post_with(front), "porter.md").is_public


@pytest.mark.parametrize(
    ("front", "status"),
    [
        ({"status": "Pending"}, "pending"),
        ({"draft": "true"}, "draft"),
        ({"password": "x"}, "password"),
        ({"date": "2999-01-01"}, "future"),
        ({"expires": "2001-01-01"}, "expired"),
        ({"unlisted": "yes"}, "unlisted"),
    ],
)
def test_the_status_says_why(front: dict[str, str], status: str) -> None:
    assert status_of(front) == status


def test_the_folder_of_drafts_has_drafts() -> None:
    assert status_of({}, "site/_drafts/porter.md") == "draft"
    assert status_of({}, "site\\_Drafts\\porter.md") == "draft"
    assert status_of({}, "site/_posts/_drafts.md") == "publish"


def test_keys_of_visibility_are_no_fields() -> None:
    assert all(reads(name, "x") for name in ("draft", "Post_Status", "expiryDate", "password"))
    assert not reads("state", "Texas")
    assert not reads("pay", "£9")
    assert has_password({"Post Password": "x"})
    assert not has_password({"password": ""})


@pytest.mark.parametrize(
    "fields",
    [
        {"wp:status": "draft"},
        {"wp:status": "private"},
        {"wp:status": "pending"},
        {"wp:status": "future"},
        {"wp:status": "of-a-plug-in"},
        {"wp:status": ""},
        {"wp:post_password": "pa55word"},
        {"wp:post_date_gmt": f"{SOON:%Y-%m-%d %H:%M:%S}"},
        {"wp:post_date_gmt": "", "wp:post_date": "2999-01-01 09:00:00"},
        {"wp:status": "publish</wp:status><wp:status>draft"},
    ],
)
def test_no_live_page_comes_of_an_item_that_was_not_public(
    import_roles: Import, tmp_path: Path, fields: dict[str, str]
) -> None:
    path = tmp_path / "export.xml"
    path.write_text(export([item(3, **fields)]), encoding="utf-8")
    result = import_roles(path, publish=True)
    assert not RolePage.objects.get().live
    assert "status" in [flag["code"] for flag in result.post(3)["flags"]]
    assert "pa55word" not in f"{result}{ImportRecord.objects.values()}"


def test_no_live_page_comes_of_a_post_whose_date_is_to_come(
    import_roles: Import, tmp_path: Path
) -> None:
    import_roles(write_post(tmp_path, post_date="2999-01-01 09:00:00"), publish=True)
    assert not RolePage.objects.get().live


RESTRICTED = [
    "[members_only]Secret[/members_only]",
    "[private]Secret[/private]",
    "[is_user_logged_in]Secret[/is_user_logged_in]",
    "[wpmem_logged_in]Secret[/wpmem_logged_in]",
    '[restrict userlevel="editor"]Secret[/restrict]',
    '[groups_member group="Premium"]Secret[/groups_member]',
    '[vc_row disable_element="yes"]Secret[/vc_row]',
    '[et_pb_section disabled="on" disabled_on="on|on|on"]Secret[/et_pb_section]',
    "[s2If current_user_can(access_s2member_level1)]Secret[/s2If]",
    '[access role="editor"]Secret[/access]',
    '[ppwp passwords="pa55word"]Secret[/ppwp]',
    '[MM_Member_Decision isMember="true"]Secret[/MM_Member_Decision]',
    '[timed-content-server show="2031-01-01"]Secret[/timed-content-server]',
    '[fusion_builder_container status="draft"]Secret[/fusion_builder_container]',
    '[fusion_builder_container status="published" publish_date="2931-01-01 00:00:00"]Secret'
    "[/fusion_builder_container]",
    "[protect]Secret[/protect]",
    "[logged]Secret[/logged]",
    "[premium_content]Secret[/premium_content]",
    "[members_area]Secret[/members_area]",
    "[staff_only]Secret[/staff_only]",
    '<!-- wp:group {"visibility":"enrolled"} --><p>Secret</p><!-- /wp:group -->',
    '<!-- wp:group {"visibility":"logged-in"} --><p>Secret</p><!-- /wp:group -->',
    '<!-- wp:group {"scheduling":{"start":"2031-01-01"}} --><p>Secret</p><!-- /wp:group -->',
    '<!-- wp:group {"showToLoggedIn":true} --><p>Secret</p><!-- /wp:group -->',
    '<!-- wp:group {"userRoles":["editor"]} --><p>Secret</p><!-- /wp:group -->',
    "<!-- wp:premium-content/container --><p>Secret</p><!-- /wp:premium-content/container -->",
    "<!-- wp:pmpro/membership --><p>Secret</p><!-- /wp:pmpro/membership -->",
    '<!-- wp:group {"um_is_restrict":true} --><p>Secret</p><!-- /wp:group -->',
    '<!-- wp:group {"a":"1 > 0","hideBlock":true} --><p>Secret</p><!-- /wp:group -->',
    '<!-- wp:group {"x":{"controlSets":[{"id":1}]}} --><p>Secret</p><!-- /wp:group -->',
    '<!-- wp:group {"blockVisibility":{"hideBlock":true}} --><p>Secret</p><!-- /wp:group -->',
    '<!-- wp:heading {"metadata":{"blockVisibility":false}} --><h3>Secret</h3><!-- /wp:heading -->',
]


@pytest.mark.parametrize("part", RESTRICTED)
def test_a_post_with_a_part_for_members_stays_a_draft(
    import_roles: Import, tmp_path: Path, part: str
) -> None:
    path = write_post(tmp_path, html=f"{content()}\n\n{part}")
    for _time in range(2):
        result = import_roles(path, publish=True)
        codes = [flag["code"] for flag in result.post(1)["flags"] if flag["review"]]
        assert "restricted" in codes
        assert not RolePage.objects.get().live
        assert "pa55word" not in f"{result}{ImportRecord.objects.values()}"


@pytest.mark.parametrize(
    "text",
    [
        "[private]",
        "Only members.",
        '[vc_row disable_element="no"]x',
        '[et_pb_team_member name="Sam"]x[/et_pb_team_member]',
        "[member_list]x[/member_list]",
        "<!-- wp:group {} --><p>x</p><!-- /wp:group -->",
        '<!-- wp:group {"visibility":"visible"} --><p>x</p><!-- /wp:group -->',
        '<!-- wp:group {"scheduling":{},"userRoles":[]} --><p>x</p><!-- /wp:group -->',
        '<!-- wp:group {"scheduling":{"enabled":false}} --><p>x</p><!-- /wp:group -->',
    ],
)
def test_a_post_for_everybody_is_published(import_roles: Import, tmp_path: Path, text: str) -> None:
    import_roles(write_post(tmp_path, html=f"{content()}\n\n{text}"), publish=True)
    assert RolePage.objects.get().live


def with_field(folder: Path, key: str, value: str) -> Path:
    """Write an export of one post with a custom field."""
    meta = f"<wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value>"
    path = folder / "export.xml"
    path.write_text(export([item(**{"wp:postmeta": meta})]), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("private", "1"),
        ("_visibility", "private"),
        ("is_private", "true"),
        ("status", "draft"),
        ("_job_expires", "2010-01-01"),
        ("_expiration-date", "1262304000"),
        ("_membership_level", "1"),
        ("member_access", "gold"),
        ("is_protected", "1"),
        ("restrict_x", "a:1:{i:0;i:1;}"),
        ("_access_role", "editor"),
        ("pms-content-restrict-all", "yes"),
        ("memberful_acl", "plan"),
        ("subscribersOnly", "true"),
    ],
)
def test_a_field_can_say_that_a_post_was_not_public(
    import_roles: Import, tmp_path: Path, key: str, value: str
) -> None:
    result = import_roles(with_field(tmp_path, key, value), publish=True)
    assert "status" in [flag["code"] for flag in result.post(1)["flags"]]
    assert not RolePage.objects.get().live


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("status", "open"),
        ("date", "29310101"),
        ("_expiration-date", "4070908800"),
        ("_wp_page_template", "default"),
        ("pms-content-restrict-type", "default"),
        ("restrict_x", "a:0:{}"),
        ("force_public", "1"),
        ("_members_count", "12"),
        ("professional_membership", "HCPC"),
        ("access_to_work", "yes"),
        ("age_restriction", "18"),
        ("registered_nurse", "yes"),
        ("protected_title", "yes"),
        ("professional_membership_required", "yes"),
    ],
)
def test_other_fields_do_not(import_roles: Import, tmp_path: Path, key: str, value: str) -> None:
    import_roles(with_field(tmp_path, key, value), publish=True)
    assert RolePage.objects.get().live


@pytest.mark.parametrize(
    "key",
    ["_members_access_role", "members-only", "groups-read", "pms-content-restrict-user-status"],
)
def test_a_post_that_a_plug_in_keeps_for_members_stays_a_draft(
    import_roles: Import, tmp_path: Path, key: str
) -> None:
    result = import_roles(with_field(tmp_path, key, "editor"), publish=True)
    assert "restricted" in [flag["code"] for flag in result.post(1)["flags"]]
    assert not RolePage.objects.get().live


def test_html_that_a_page_builder_has_encoded_is_read(import_roles: Import, tmp_path: Path) -> None:
    html = b64encode(quote("<p>Raw words.</p>").encode()).decode()
    raw = f"{content()}\n\n[vc_raw_html]{html}[/vc_raw_html]"
    import_roles(write_post(tmp_path, html=raw))
    assert "Raw words." in str(RolePage.objects.get().body.raw_data[-1])
