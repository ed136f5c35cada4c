"""Real servers on this machine play every part; a check tells them apart."""

import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from ipaddress import ip_network
from itertools import chain
from pathlib import Path
from socket import EAI_AGAIN, EAI_NONAME, gaierror
from typing import Any

import pytest
import trustme
from werkzeug import Request, Response

from tests.web.hostile import HOSTILE_IPS, HOSTILE_URLS
from tests.web.servers import Crowd, Web, serving
from wagtail_careers.choices import Verdict
from wagtail_careers.link_checks.check import (
    BATCH,
    MAX_EVIDENCE,
    CheckRequest,
    CheckResult,
    check_urls,
    credible,
)
from wagtail_careers.web import client, connections
from wagtail_careers.web.addresses import AddressPolicy
from wagtail_careers.web.client import Limits, Network

SITE = "https://careers.example"
#: Systems other than Linux and Windows may not have it.
APART = "127.7.7.7"
EMPTY = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


class TestCredible:
    DEAD = CheckResult("https://a.example/", Verdict.UNREACHABLE, detail="Network is unreachable")
    UNSAFE = CheckResult("https://b.example/", Verdict.UNSAFE)
    GONE = CheckResult("https://c.example/", Verdict.GONE, status=410)
    NO_HOST = CheckResult("https://d.example/", Verdict.NO_SUCH_HOST)

    def test_faults_are_believed_once_a_site_has_answered(self) -> None:
        found = [self.DEAD, self.UNSAFE, self.GONE, self.DEAD]
        expected = [self.UNSAFE, self.DEAD, self.GONE, self.DEAD]
        assert list(chain.from_iterable(credible([found]))) == expected
        assert list(chain.from_iterable(credible([each] for each in found))) == expected

    @pytest.mark.parametrize("number", [1, 2, 1000])
    def test_nothing_was_checked_where_no_site_answered(self, number: int) -> None:
        unsafe, *cut_off = chain.from_iterable(credible([[self.DEAD] * number, [self.UNSAFE]]))
        assert unsafe == self.UNSAFE
        assert [each.verdict for each in cut_off] == [Verdict.NOT_CHECKED] * number

    def test_name_that_does_not_exist_is_an_answer(self) -> None:
        assert list(chain.from_iterable(credible([[self.NO_HOST]]))) == [self.NO_HOST]


class TestVerdicts:
    def test_ok(self, web: Web) -> None:
        web.page("/nursing")
        finding = web.check(f"{SITE}/nursing")
        assert (finding.verdict, finding.status) == (Verdict.OK, 200)
        assert (finding.final_url, finding.detail) == ("", "")
        assert web.asked() == ["GET"]

    @pytest.mark.parametrize("status", [301, 308])
    def test_moved(self, web: Web, status: int) -> None:
        web.redirect("/old", "https://other.example/new", status)
        web.page("/new")
        finding = web.check(f"{SITE}/old#apply")
        assert (finding.verdict, finding.status) == (Verdict.MOVED, 200)
        assert finding.final_url == "https://other.example/new#apply"

    def test_moved_by_several_permanent_redirects(self, web: Web) -> None:
        web.redirect("/one", "/two", 301)
        web.redirect("/two", "three", 308)
        web.page("/three")
        assert web.check(f"{SITE}/one").final_url == f"{SITE}/three"
        assert web.check(f"{SITE}/one").verdict == Verdict.MOVED

    @pytest.mark.parametrize(
        ("location", "path"),
        [
            ("/bücher".encode(), "/b%C3%BCcher"),
            (b"/b%C3%BCcher", "/b%C3%BCcher"),
            ("/bücher".encode("latin-1"), "/b%FCcher"),
            (b"\\books\\new", "/books/new"),
            (b"http:\\\\books.example\\new", "/new"),
            (b"  /new books\t", "/new%20books"),
            (b"http:/new", "/new"),
        ],
    )
    def test_moved_to_an_address_as_browsers_read_it(
        self, web: Web, location: bytes, path: str
    ) -> None:
        # Said, because this server answers once: the client would ask again here.
        last = b"Content-Length: 0\r\nConnection: close"
        head = b"HTTP/1.1 301 Moved\r\nLocation: " + location + b"\r\n" + last + b"\r\n\r\n"

        def answer(connection: socket.socket, request: bytes) -> None:
            here = request.split()[1] == path.encode()
            connection.sendall(EMPTY if here else head)

        with serving(answer) as port:
            web.names["books.example"] = [("127.0.0.1", port)]
            finding = web.check("http://books.example/old")
        assert finding.verdict == Verdict.MOVED
        assert finding.final_url == f"http://books.example{path}"

    @pytest.mark.parametrize("status", [302, 303, 307])
    def test_ok_when_a_redirect_is_temporary(self, web: Web, status: int) -> None:
        web.redirect("/old", "/middle", 301)
        web.redirect("/middle", "/new", status)
        web.page("/new")
        finding = web.check(f"{SITE}/old")
        assert (finding.verdict, finding.final_url) == (Verdict.OK, f"{SITE}/new")

    @pytest.mark.parametrize("status", [301, 302])
    @pytest.mark.parametrize(
        "home", ["/", "https://other.example", "/en/", "/en-gb/index.html", "/home"]
    )
    def test_soft_dead(self, web: Web, home: str, status: int) -> None:
        web.redirect("/nursing", home, status)
        for path in ("/", "/en/", "/en-gb/index.html", "/home"):
            web.page(path)
        finding = web.check(f"{SITE}/nursing")
        assert (finding.verdict, finding.status) == (Verdict.SOFT_DEAD, 200)
        assert finding.final_url.startswith("https://")

    def test_home_page_that_moves_to_a_home_page_is_not_dead(self, web: Web) -> None:
        web.redirect("/", "https://other.example/en/")
        web.page("/en/")
        assert web.check(f"{SITE}/").verdict == Verdict.MOVED

    @pytest.mark.parametrize(("asked", "home"), [("/home", "/"), ("/", "/en/"), ("/", "/?lang=en")])
    def test_ok_where_a_home_page_has_another_name(self, web: Web, asked: str, home: str) -> None:
        web.https.expect_ordered_request(asked).respond_with_data(
            status=301, headers={"Location": home}
        )
        web.https.expect_ordered_request(home.partition("?")[0]).respond_with_data("A page")
        finding = web.check(f"{SITE}{asked}")
        assert (finding.verdict, finding.final_url) == (Verdict.OK, f"{SITE}{home}")

    @pytest.mark.parametrize("status", [301, 302])
    @pytest.mark.parametrize(
        ("location", "detail"),
        [
            ("/Error/404?aspxerrorpath=/nursing", "what looks like an error page"),
            ("/page-not-found", "what looks like an error page"),
            ("/?from=nursing", "a home page, with a query"),
            ("https://other.example/en/?ref=1", "a home page, with a query"),
        ],
    )
    def test_check_manually_where_the_page_is_replaced_by_one_of_another_kind(
        self, web: Web, location: str, detail: str, status: int
    ) -> None:
        web.redirect("/nursing", location, status)
        for path in ("/Error/404", "/page-not-found", "/", "/en/"):
            web.page(path)
        finding = web.check(f"{SITE}/nursing")
        assert (finding.verdict, finding.status) == (Verdict.CHECK_MANUALLY, 200)
        assert detail in finding.detail

    @pytest.mark.parametrize("redirected", [False, True])
    def test_check_manually_where_the_page_says_that_it_was_not_found(
        self, web: Web, redirected: bool
    ) -> None:
        web.redirect("/old", "/nursing")
        for server in (web.http, web.https):
            server.expect_request("/nursing").respond_with_data(
                "<title>Nid yw’r dudalen hon ar gael – Gyrfaoedd</title>".encode("utf-16"),
                headers={"ETag": '"v1"'},
                content_type="text/html; charset=utf-16",
            )
        finding = web.check(f"{SITE}/{'old' if redirected else 'nursing'}")
        assert (finding.verdict, finding.status, finding.etag) == (Verdict.CHECK_MANUALLY, 200, "")
        assert finding.detail == "The title or the first heading says that there is no such page."

    @pytest.mark.parametrize(
        ("fragment", "verdict"),
        [("apply", Verdict.OK), ("b%C3%BCro", Verdict.OK), ("pay", Verdict.CHECK_MANUALLY)],
    )
    @pytest.mark.parametrize("path", ["nursing", "old"])
    def test_check_manually_where_the_page_lacks_the_place(
        self, web: Web, path: str, fragment: str, verdict: Verdict
    ) -> None:
        web.redirect("/old", "/nursing", 302)
        for server in (web.http, web.https):
            server.expect_request("/nursing").respond_with_data(
                "<h1 id='apply'>Nursing</h1><a name='büro'></a>",
                content_type="text/html; charset=utf-8",
            )
        finding = web.check(f"{SITE}/{path}#{fragment}")
        assert finding.verdict == verdict
        assert ("has no place “#pay”" in finding.detail) == (verdict == Verdict.CHECK_MANUALLY)

    @pytest.mark.parametrize("status", [301, 302])
    def test_refused_robots_where_readers_have_to_log_in(self, web: Web, status: int) -> None:
        web.redirect("/nursing", "/account/login?returnUrl=/nursing", status)
        web.page("/account/login")
        finding = web.check(f"{SITE}/nursing")
        assert (finding.verdict, finding.status) == (Verdict.REFUSED_ROBOTS, 200)
        assert finding.detail == "The address redirects to what looks like a log-in page."

    def test_http_only_where_https_gives_the_same(self, web: Web) -> None:
        web.page("/nursing")
        finding = web.check("http://careers.example/nursing")
        assert finding.verdict == Verdict.HTTP_ONLY
        assert finding.final_url == f"{SITE}/nursing"

    @pytest.mark.parametrize("status", [301, 302])
    def test_http_only_where_http_redirects_to_https(self, web: Web, status: int) -> None:
        web.http.expect_request("/nursing").respond_with_data(
            status=status, headers={"Location": f"{SITE}/nursing"}
        )
        web.https.expect_request("/nursing").respond_with_data("A page")
        finding = web.check("http://careers.example/nursing")
        assert (finding.verdict, finding.final_url) == (Verdict.HTTP_ONLY, f"{SITE}/nursing")

    def test_ok_where_https_does_not_work(self, web: Web) -> None:
        web.http.expect_request("/nursing").respond_with_data("A page")
        web.https.expect_request("/nursing").respond_with_data(status=404)
        assert web.check("http://careers.example/nursing").verdict == Verdict.OK
        # The certificate is for other names.
        web.page("/x")
        assert web.check("http://other.careers.example.example/x").verdict == Verdict.OK

    def test_ok_where_https_sends_back_to_http(self, web: Web) -> None:
        web.http.expect_request("/nursing").respond_with_data("A page")
        web.https.expect_request("/nursing").respond_with_data(
            status=301, headers={"Location": "http://careers.example/nursing"}
        )
        assert web.check("http://careers.example/nursing").verdict == Verdict.OK

    def test_gone(self, web: Web) -> None:
        web.page("/nursing", 410)
        finding = web.check(f"{SITE}/nursing")
        assert (finding.verdict, finding.status) == (Verdict.GONE, 410)

    def test_not_found(self, web: Web) -> None:
        web.page("/nursing", 404)
        finding = web.check(f"{SITE}/nursing")
        assert (finding.verdict, finding.status) == (Verdict.NOT_FOUND, 404)

    @pytest.mark.parametrize("status", [400, 409, 418, 421, 422, 431, 444, 498])
    def test_check_manually_where_the_status_does_not_say_that_the_page_is_gone(
        self, web: Web, status: int
    ) -> None:
        web.page("/nursing", status)
        finding = web.check(f"{SITE}/nursing")
        assert (finding.verdict, finding.status) == (Verdict.CHECK_MANUALLY, status)
        assert finding.detail == "The site did not accept the request."

    def test_not_found_behind_a_redirect(self, web: Web) -> None:
        web.redirect("/old", "/new")
        web.page("/new", 404)
        finding = web.check(f"{SITE}/old")
        assert (finding.verdict, finding.final_url) == (Verdict.NOT_FOUND, f"{SITE}/new")

    @pytest.mark.parametrize("status", [500, 501, 502, 503, 504, 526])
    def test_server_error(self, web: Web, status: int) -> None:
        web.page("/nursing", status)
        finding = web.check(f"{SITE}/nursing")
        assert (finding.verdict, finding.status) == (Verdict.SERVER_ERROR, status)

    def test_server_error_of_a_redirect_to_nowhere(self, web: Web) -> None:
        web.page("/nursing", 301)
        assert web.check(f"{SITE}/nursing").verdict == Verdict.SERVER_ERROR

    @pytest.mark.parametrize("status", [401, 403, 406, 429, 451, 999])
    def test_refused_robots(self, web: Web, status: int) -> None:
        web.page("/nursing", status)
        finding = web.check(f"{SITE}/nursing")
        assert (finding.verdict, finding.status) == (Verdict.REFUSED_ROBOTS, status)

    def test_timed_out(self, web: Web) -> None:
        with serving(lambda connection, _request: time.sleep(1)) as port:
            web.names["slow.example"] = [("127.0.0.1", port)]
            finding = web.check("http://slow.example/", url_seconds=0.2)
        assert (finding.verdict, finding.status) == (Verdict.TIMED_OUT, None)

    def test_unreachable_where_nobody_listens(self, web: Web) -> None:
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            web.names["off.example"] = [closed.getsockname()]
            finding = web.check("http://off.example/")
        assert (finding.verdict, finding.status) == (Verdict.UNREACHABLE, None)
        assert finding.detail

    def test_no_such_host_where_the_name_is_not_known_when_asked_twice(self, web: Web) -> None:
        finding = web.check("http://careers.unknown/")
        assert (finding.verdict, finding.status) == (Verdict.NO_SUCH_HOST, None)
        assert finding.detail == "Name or service not known"
        assert web.looked_up == ["careers.unknown", "careers.unknown", "a.root-servers.net"]

    def test_not_checked_where_this_machine_finds_no_name_at_all(self, web: Web) -> None:
        """As without a network on some systems, or behind a name server that knows none."""

        async def find_none(host: str, port: int) -> Any:
            raise gaierror(EAI_NONAME, "Name or service not known")

        ((finding,),) = check_urls(
            [CheckRequest(SITE)],
            user_agent="x",
            network=Network(web.network.policy, find_none),
            limits=Limits(retry_pause_seconds=0),
        )
        assert (finding.verdict, finding.status) == (Verdict.NOT_CHECKED, None)
        assert finding.detail == "No names can be looked up. Check the connection of this server."

    def test_ok_where_the_name_is_known_when_asked_again(self, web: Web) -> None:
        answers = iter([EAI_NONAME, None, None])

        async def shaky(host: str, port: int) -> Any:
            if error := next(answers):
                raise gaierror(error, "Name or service not known")
            return [("127.0.0.1", web.https.port)]

        web.page("/")
        ((finding,),) = check_urls(
            [CheckRequest(f"{SITE}/")],
            user_agent="x",
            network=Network(web.network.policy, shaky, web.trusting),
            limits=Limits(retry_pause_seconds=0),
        )
        assert finding.verdict == Verdict.OK

    @pytest.mark.parametrize(
        ("error", "verdict"),
        [
            ("EAI_NODATA", Verdict.UNREACHABLE),
            ("EAI_FAIL", Verdict.NOT_CHECKED),
            ("EAI_SYSTEM", Verdict.NOT_CHECKED),
            ("EAI_MEMORY", Verdict.NOT_CHECKED),
        ],
    )
    def test_unreachable_or_not_checked_where_a_look_up_fails_in_another_way(
        self, web: Web, error: str, verdict: Verdict
    ) -> None:
        if not hasattr(socket, error):
            pytest.skip(f"this system has no {error}")

        async def resolve(host: str, port: int) -> Any:
            raise gaierror(getattr(socket, error), "It failed")

        ((finding,),) = check_urls(
            [CheckRequest(SITE)],
            user_agent="x",
            network=Network(web.network.policy, resolve),
            limits=Limits(retry_pause_seconds=0),
        )
        assert finding.verdict == verdict

    def test_not_checked_where_nobody_can_be_asked_for_the_name(self, web: Web) -> None:
        looked_up = []

        async def cut_off(host: str, port: int) -> Any:
            looked_up.append(host)
            raise gaierror(EAI_AGAIN, "Temporary failure in name resolution")

        network = Network(web.network.policy, cut_off)
        limits = Limits(retry_pause_seconds=0)
        ((finding,),) = check_urls(
            [CheckRequest(SITE)], user_agent="x", network=network, limits=limits
        )
        assert finding.verdict == Verdict.NOT_CHECKED
        assert "Temporary failure in name resolution" in finding.detail
        assert len(looked_up) == 2

    def test_detail_is_cut_to_what_is_worth_keeping(self, web: Web) -> None:
        async def wordy(host: str, port: int) -> Any:
            raise gaierror(EAI_AGAIN, "No such name. " * 1000)

        network = Network(web.network.policy, wordy)
        limits = Limits(retry_pause_seconds=0)
        ((finding,),) = check_urls(
            [CheckRequest(SITE)], user_agent="x", network=network, limits=limits
        )
        assert "No such name." in finding.detail
        assert len(finding.detail) == MAX_EVIDENCE

    @pytest.mark.parametrize(
        "answer",
        [
            b"SSH-2.0\r\n\r\n",
            b"HTTP/1.1 200 OK\r\n" + b"Transfer-Encoding: chunked\r\n" * 2 + b"\r\n0\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nX Powered By: x\r\nContent-Length: 0\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 1\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Note: a\x00b\r\n\r\n",
        ],
    )
    def test_check_manually_where_our_parser_refuses_the_answer(
        self, web: Web, answer: bytes
    ) -> None:
        with serving(lambda connection, _request: connection.sendall(answer)) as port:
            web.names["odd.example"] = [("127.0.0.1", port)]
            finding = web.check("http://odd.example/")
        assert finding.verdict == Verdict.CHECK_MANUALLY
        assert finding.detail.startswith("The answer breaks the rules of HTTP.")

    def test_ok_where_the_body_breaks_off(self, web: Web) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nA page"
        with serving(lambda connection, _request: connection.sendall(head)) as port:
            web.names["short.example"] = [("127.0.0.1", port)]
            finding = web.check("http://short.example/")
        assert (finding.verdict, finding.status) == (Verdict.OK, 200)

    def test_tls_where_the_certificate_is_for_another_name(self, web: Web) -> None:
        web.page("/nursing")
        finding = web.check("https://wrong.example/nursing")
        assert (finding.verdict, finding.status) == (Verdict.TLS, None)
        assert "certificate is not valid for 'wrong.example'" in finding.detail
        assert web.asked() == []

    def test_tls_where_the_certificate_has_expired(self, web: Web) -> None:
        authority = trustme.CA()
        yesterday = datetime.now(UTC) - timedelta(days=1)
        certificate = authority.issue_cert("bad.example", not_after=yesterday)
        authority.configure_trust(web.trusting)  # Of a name that no other test has.
        finding = check_certificate(web, certificate)
        assert finding.verdict == Verdict.TLS
        assert "expired" in finding.detail

    def test_tls_where_the_certificate_is_its_own_authority(self, web: Web) -> None:
        authority = trustme.CA()
        certificate = authority.issue_cert("bad.example")
        finding = check_certificate(web, certificate, authority.cert_pem)
        assert finding.verdict == Verdict.TLS
        assert "self-signed" in finding.detail

    def test_check_manually_where_the_chain_lacks_its_middle(self, web: Web) -> None:
        root = trustme.CA()
        root.configure_trust(web.trusting)
        certificate = root.create_child_ca().issue_cert("bad.example")
        middle = certificate.cert_chain_pems[1]
        assert check_certificate(web, certificate, middle).verdict == Verdict.OK
        finding = check_certificate(web, certificate)
        assert (finding.verdict, finding.status) == (Verdict.CHECK_MANUALLY, None)
        assert "incomplete chain of certificates, which browsers can complete" in finding.detail

    def test_check_manually_where_the_authority_is_not_known(self, web: Web) -> None:
        certificate = trustme.CA().issue_cert("bad.example")
        assert check_certificate(web, certificate).verdict == Verdict.CHECK_MANUALLY

    def test_tls_where_the_server_does_not_speak_it(self, web: Web) -> None:
        web.names["plain.careers.example"] = [("127.0.0.1", web.http.port)]
        assert web.check("https://plain.careers.example/").verdict == Verdict.TLS

    def test_unsafe(self, web: Web) -> None:
        finding = web.check("http://10.0.0.1/")
        assert (finding.verdict, finding.status) == (Verdict.UNSAFE, None)
        assert finding.detail == "“10.0.0.1” is not a public IP address."

    def test_not_checked_when_there_is_no_time(self, web: Web) -> None:
        web.http.expect_request("/slow").respond_with_handler(lambda request: pause(0.5))
        urls = [f"http://careers.example/slow?{number}" for number in range(20)]
        found = web.check_all(*urls, run_seconds=0.2)
        assert {finding.verdict for finding in found.values()} == {Verdict.NOT_CHECKED}
        assert set(found) == set(urls)
        assert len(web.asked()) <= 2

    def test_every_verdict_is_played(self) -> None:
        played = {name.removeprefix("test_") for name in vars(TestVerdicts)}
        assert not [each for each in Verdict if not any(name.startswith(each) for name in played)]


def check_certificate(
    web: Web, certificate: trustme.LeafCert, *others: trustme.Blob
) -> CheckResult:
    """Check a site that sends this certificate, and these others of its chain."""
    sent = [certificate.private_key_pem, certificate.cert_chain_pems[0], *others]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with trustme.Blob(b"".join(pem.bytes() for pem in sent)).tempfile() as path:
        context.load_cert_chain(path)
    with serving(lambda connection, _request: connection.sendall(EMPTY), tls=context) as port:
        web.names["bad.example"] = [("127.0.0.1", port)]
        return web.check("https://bad.example/")


def pause(seconds: float) -> Response:
    time.sleep(seconds)
    return Response("A page")


class TestSafety:
    @pytest.mark.parametrize(
        "url", [url for url in HOSTILE_URLS if url.isprintable() and url != "http:127.0.0.1"]
    )
    def test_redirect_to_a_hostile_address_is_not_followed(self, web: Web, url: str) -> None:
        head = f"HTTP/1.1 302 Found\r\nLocation: {url}\r\nContent-Length: 0\r\n\r\n"
        try:
            server = serving(lambda connection, _: connection.sendall(head.encode()), ip=APART)
            with server as port:
                web.names["evil.example"] = [(APART, port)]
                # Nothing else on this machine is an exception.
                policy = AddressPolicy(exceptions=(ip_network(APART),))
                network = Network(policy, web.resolve)
                target = CheckRequest("http://evil.example/")
                ((finding,),) = check_urls([target], user_agent="x", network=network)
        except OSError:
            pytest.skip(f"this system has no {APART}")
        assert (finding.verdict, finding.status) == (Verdict.UNSAFE, 302), finding
        assert web.looked_up == ["evil.example"]

    @pytest.mark.parametrize("ip", HOSTILE_IPS)
    def test_name_that_leads_to_a_hostile_address_is_not_asked(self, web: Web, ip: str) -> None:
        web.names["evil.example"] = [ip]
        network = Network(resolve=web.resolve)
        target = CheckRequest("http://evil.example/")
        ((finding,),) = check_urls([target], user_agent="x", network=network)
        assert finding.verdict == Verdict.UNSAFE
        assert finding.detail == f"“{ip}” is not a public IP address."
        assert web.looked_up == ["evil.example"]

    def test_one_hostile_address_among_others_is_enough(self, web: Web) -> None:
        web.page("/")
        web.names["mixed.example"] = ["127.0.0.1", "10.0.0.1"]
        assert web.check("http://mixed.example/").verdict == Verdict.UNSAFE
        assert web.asked() == []

    def test_redirect_to_a_name_that_leads_to_a_hostile_address(self, web: Web) -> None:
        web.redirect("/old", "https://inside.careers.example/secret")
        web.names["inside.careers.example"] = ["192.168.0.1"]
        finding = web.check(f"{SITE}/old")
        assert (finding.verdict, finding.status) == (Verdict.UNSAFE, 301)
        assert finding.final_url == "https://inside.careers.example/secret"

    def test_name_that_changes_between_check_and_connection_changes_nothing(self, web: Web) -> None:
        """Each connection is made to an address of the one answer that was checked."""
        asked: list[str] = []
        answers = iter([["127.0.0.1"], ["10.0.0.1"]])

        async def rebinding(host: str, port: int) -> Any:
            asked.append(host)
            return [(ip, web.http.port) for ip in next(answers)]

        web.http.expect_request("/").respond_with_data(status=503, headers={"Connection": "close"})
        network = Network(web.network.policy, rebinding)
        limits = Limits(retry_pause_seconds=0)
        ((finding,),) = check_urls(
            [CheckRequest("http://evil.example/")], user_agent="x", network=network, limits=limits
        )
        # The first attempt went to the first address, though the name led elsewhere by then; the
        # second would have needed another connection.
        assert web.asked() == ["GET"]
        assert asked == ["evil.example"] * 2
        assert finding.verdict == Verdict.UNSAFE

    def test_connection_looks_nothing_up(self, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*args: Any, **kwargs: Any) -> Any:
            raise AssertionError(f"looked up {args}")

        monkeypatch.setattr(socket, "getaddrinfo", refuse)
        web.page("/")
        assert web.check(f"{SITE}/").verdict == Verdict.OK

    def test_site_is_asked_by_its_name(self, web: Web) -> None:
        """The address is pinned, yet TLS and the Host header are for the name."""
        hosts: list[str | None] = []
        web.https.expect_request("/").respond_with_handler(
            lambda request: hosts.append(request.headers.get("Host")) or Response("A page")
        )
        assert web.check("https://www.careers.example/").verdict == Verdict.OK
        assert hosts == ["www.careers.example"]

    def test_environment_names_no_proxy(self, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")
        web.http.expect_request("/").respond_with_data("A page")
        assert web.check("http://careers.careers-x.example/").status == 200

    def test_environment_names_no_authority(
        self, web: Web, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("authority.example").configure_cert(context)
        authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        client._trusting_mozilla.cache_clear()
        network = Network(web.network.policy, web.resolve)
        with serving(lambda connection, _request: connection.sendall(EMPTY), tls=context) as port:
            web.names["authority.example"] = [("127.0.0.1", port)]
            target = CheckRequest("https://authority.example/")
            ((finding,),) = check_urls([target], user_agent="x", network=network)
        client._trusting_mozilla.cache_clear()
        assert finding.verdict == Verdict.CHECK_MANUALLY

    def test_no_cookies_are_kept(self, web: Web) -> None:
        web.redirect("/one", "/two", set_cookie="session=1")
        web.page("/two")
        web.check(f"{SITE}/one")
        assert [request.cookies.to_dict() for request, _answer in web.https.log] == [{}, {}]

    def test_look_up_of_the_system_is_checked_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def getaddrinfo(host: str, port: int, **kwargs: Any) -> Any:
            return [(0, 0, 0, "", ("192.168.0.1", port)), (0, 0, 0, "", ("fe80::1", port, 0, 0))]

        monkeypatch.setattr(connections, "getaddrinfo", getaddrinfo)
        ((finding,),) = check_urls([CheckRequest("https://careers.example/")], user_agent="x")
        assert finding.verdict == Verdict.UNSAFE
        assert finding.detail == "“192.168.0.1” is not a public IP address."


class TestLimits:
    @pytest.mark.parametrize("part", ["status line", "headers", "body"])
    def test_server_that_drips_is_cut_off(self, web: Web, part: str) -> None:
        start = {
            "status line": b"",
            "headers": b"HTTP/1.1 200 OK\r\n",
            "body": b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
        }[part]
        drip = {"status line": b"H", "headers": b"X-Y: z\r\n", "body": b"x"}[part]
        stopped = threading.Event()

        def answer(connection: socket.socket, request: bytes) -> None:
            try:
                connection.sendall(start)
                while True:
                    connection.sendall(drip)
                    time.sleep(0.02)
            finally:
                stopped.set()

        with serving(answer) as port:
            web.names["drip.example"] = [("127.0.0.1", port)]
            finding = web.check("http://drip.example/", url_seconds=0.3)
            assert stopped.wait(5)
        expected = Verdict.UNREACHABLE if part == "status line" else Verdict.TIMED_OUT
        assert finding.verdict in (expected, Verdict.TIMED_OUT)

    def test_connection_is_closed_when_the_handshake_takes_too_long(self, web: Web) -> None:
        closed = threading.Event()

        def answer(connection: socket.socket, request: bytes) -> None:
            while request:
                request = connection.recv(65536)
            closed.set()

        with serving(answer) as port:
            web.names["stuck.example"] = [("127.0.0.1", port)]
            findings = web.check_all("https://stuck.example/", url_seconds=0.2)
            assert closed.wait(2)
        assert [each.verdict for each in findings.values()] == [Verdict.TIMED_OUT]

    def test_redirects_do_not_start_the_clock_again(self, web: Web) -> None:
        def slow(request: Request) -> Response:
            time.sleep(0.15)
            return Response(status=302, headers={"Location": "/x" + request.path})

        for server in (web.http, web.https):
            server.expect_request("/start").respond_with_handler(slow)
            for number in range(1, 5):
                server.expect_request("/x" * number + "/start").respond_with_handler(slow)
            server.expect_request("/x/x/x/x/x/start").respond_with_data("A page")
        assert web.check(f"{SITE}/start", url_seconds=0.4).verdict == Verdict.TIMED_OUT

    def test_body_is_read_up_to_its_limit(self, web: Web) -> None:
        sent = 0
        done = threading.Event()

        def answer(connection: socket.socket, request: bytes) -> None:
            nonlocal sent
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16384)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
            try:
                while True:
                    sent += connection.send(b"x" * 4096)
            finally:
                done.set()

        with serving(answer) as port:
            web.names["large.example"] = [("127.0.0.1", port)]
            finding = web.check("http://large.example/")
            assert done.wait(5)
        assert finding.verdict == Verdict.OK
        # What was read, and what the system's buffers on both sides took.
        assert 256 * 1024 <= sent < 16 * 1024 * 1024

    def test_nothing_is_decompressed(self, web: Web) -> None:
        bomb = b"\x1f\x8b" + b"\x00" * 100
        web.http.expect_request("/").respond_with_data(
            bomb, status=404, headers={"Content-Encoding": "gzip"}
        )
        web.http.expect_request("/").respond_with_data(bomb, headers={"Content-Encoding": "gzip"})
        assert web.check("http://careers.example/").status is not None
        assert {request.headers["Accept-Encoding"] for request, _answer in web.http.log} == {
            "identity"
        }

    def test_as_many_redirects_are_followed_as_browsers_follow(self, web: Web) -> None:
        for number in range(21):
            web.redirect(f"/{number}", f"/{number + 1}")
        web.page("/21")
        assert web.check(f"{SITE}/1").final_url == f"{SITE}/21"
        finding = web.check(f"{SITE}/0")
        assert finding.verdict == Verdict.SERVER_ERROR
        assert finding.detail == "The address redirects more than 20 times."

    def test_redirects_in_a_circle_end(self, web: Web) -> None:
        web.redirect("/a", "/b")
        web.redirect("/b", "/a")
        assert web.check(f"{SITE}/a").verdict == Verdict.SERVER_ERROR
        # Or twice that: on a busy machine a connection may be lost, and is tried again.
        assert 21 <= len(web.asked()) <= 42

    def test_site_that_insists_on_cookies_cannot_be_judged(self, web: Web) -> None:
        web.redirect("/a", "/a", 302, set_cookie="seen=1")
        assert web.check(f"{SITE}/a").verdict == Verdict.REFUSED_ROBOTS

    def test_run_limit_leaves_what_was_found(self, web: Web) -> None:
        web.page("/quick")
        web.http.expect_request("/slow").respond_with_handler(lambda request: pause(1))
        found = web.check_all(f"{SITE}/quick", "http://slow.careers.example/slow", run_seconds=0.5)
        assert [finding.verdict for finding in found.values()] == [
            Verdict.OK,
            Verdict.NOT_CHECKED,
        ]


class TestPoliteness:
    def test_says_who_asks(self, web: Web) -> None:
        web.page("/")
        web.check(f"{SITE}/")
        ((request, _answer),) = web.https.log
        assert request.headers["User-Agent"] == "wagtail-careers/test (link check)"
        assert request.headers["Host"] == "careers.example"

    def test_what_a_site_answers_to_head_is_not_asked_for(self, web: Web) -> None:
        web.https.expect_request("/", method="HEAD").respond_with_data(status=404)
        web.https.expect_request("/", method="GET").respond_with_data("A page")
        assert web.check(f"{SITE}/").verdict == Verdict.OK
        assert web.asked() == ["GET"]

    @pytest.mark.parametrize("limit", [1, 2, 3])
    def test_so_many_at_a_time_for_each_host_as_the_server_counts(
        self, web: Web, limit: int
    ) -> None:
        crowds = {"one.example": Crowd(limit), "two.example": Crowd(limit)}

        def answer(request: Request) -> Response:
            with crowds[request.headers["Host"]].entered():
                return Response("A page")

        web.http.expect_request("/a").respond_with_handler(answer)
        urls = [f"http://{host}/a?{number}" for host in crowds for number in range(8)]
        web.https.expect_request("/a").respond_with_data(status=404)
        web.check_all(*urls, requests_per_host=limit)
        assert {host: crowd.most for host, crowd in crowds.items()} == dict.fromkeys(crowds, limit)
        assert {crowd.served for crowd in crowds.values()} == {8}

    def test_visitors_by_redirect_wait_for_their_turn_as_well(self, web: Web) -> None:
        crowd = Crowd(2)

        def answer(request: Request) -> Response:
            with crowd.entered():
                return Response("A page")

        for number in range(8):
            web.redirect(f"/{number}", f"https://other.example/popular?{number}", 302)
        web.https.expect_request("/popular").respond_with_handler(answer)
        urls = [f"https://s{number}.careers.example/{number}" for number in range(8)]
        web.check_all(*urls, "https://other.example/popular?direct")
        assert (crowd.most, crowd.served) == (2, 9)

    def test_no_more_connections_than_the_run_may_have(self, web: Web) -> None:
        crowd = Crowd(3)

        def answer(request: Request) -> Response:
            with crowd.entered():
                return Response("A page")

        web.https.expect_request("/a").respond_with_handler(answer)
        urls = [f"https://s{number}.careers.example/a" for number in range(12)]
        web.check_all(*urls, requests=3)
        assert (crowd.most, crowd.served) == (3, 12)

    @pytest.mark.parametrize("status", [429, 503])
    @pytest.mark.parametrize("form", ["seconds", "date"])
    def test_site_that_says_when_to_come_back_is_left_alone_until_then(
        self, web: Web, status: int, form: str
    ) -> None:
        times: list[float] = []

        def answer(request: Request) -> Response:
            times.append(time.monotonic())
            if len(times) > 1:
                return Response("A page")
            later = datetime.now(UTC) + timedelta(seconds=2)
            value = "1" if form == "seconds" else format_datetime(later, usegmt=True)
            return Response(status=status, headers={"Retry-After": value})

        web.https.expect_request("/a").respond_with_handler(answer)
        web.https.expect_request("/b").respond_with_handler(answer)
        found = web.check_all(f"{SITE}/a", f"{SITE}/b", requests_per_host=1)
        assert {finding.verdict for finding in found.values()} == {Verdict.OK}
        first, second, _third = times
        assert second - first > 0.9
        assert len(times) == 3

    def test_site_that_says_so_again_is_not_asked_a_third_time(self, web: Web) -> None:
        web.page("/a", 429, retry_after="0")
        assert web.check(f"{SITE}/a").verdict == Verdict.REFUSED_ROBOTS
        assert web.asked() == ["GET", "GET"]

    def test_site_that_wants_a_long_rest_is_not_asked_again(self, web: Web) -> None:
        web.page("/a", 429, retry_after="86400")
        found = web.check_all(f"{SITE}/a", f"{SITE}/a?2", f"{SITE}/a?3", requests_per_host=1)
        assert [finding.verdict for finding in found.values()] == [
            Verdict.REFUSED_ROBOTS,
            Verdict.NOT_CHECKED,
            Verdict.NOT_CHECKED,
        ]
        assert web.asked() == ["GET"]

    def test_redirects_lead_no_one_there_either(self, web: Web) -> None:
        web.page("/a", 429, retry_after="86400")
        web.redirect("/b", f"{SITE}/a")
        web.redirect("/c", f"{SITE}/a")
        urls = ["https://www.careers.example/b", "https://www.careers.example/c"]
        found = web.check_all(*urls, requests_per_host=1)
        assert [found[url].verdict for url in urls] == [
            Verdict.REFUSED_ROBOTS,
            Verdict.NOT_CHECKED,
        ]
        assert web.asked("/a") == ["GET"]

    @pytest.mark.parametrize("value", ["soon", "-5", "٣", "Tue, 99 Nov 2026 00:00:00 GMT", ""])
    def test_time_that_cannot_be_read_is_no_time(self, web: Web, value: str) -> None:
        def answer(connection: socket.socket, request: bytes) -> None:
            head = f"HTTP/1.1 429 No\r\nRetry-After: {value}\r\nContent-Length: 0\r\n\r\n"
            connection.sendall(head.encode())

        with serving(answer) as port:
            web.names["busy.example"] = [("127.0.0.1", port)]
            assert web.check("http://busy.example/").verdict == Verdict.REFUSED_ROBOTS

    @pytest.mark.parametrize("status", [502, 503, 504])
    def test_passing_fault_gets_a_second_attempt(self, web: Web, status: int) -> None:
        answers = iter([status, 200])
        web.https.expect_request("/").respond_with_handler(
            lambda request: Response(status=next(answers))
        )
        assert web.check(f"{SITE}/").verdict == Verdict.OK
        assert web.asked() == ["GET", "GET"]

    @pytest.mark.parametrize("fault", ["reset", "silence"])
    def test_broken_connection_gets_a_second_attempt(self, web: Web, fault: str) -> None:
        requests: list[bytes] = []

        def answer(connection: socket.socket, request: bytes) -> None:
            requests.append(request.split()[0])
            if len(requests) > 1:
                connection.sendall(EMPTY)
            elif fault == "silence":
                time.sleep(1)
            else:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")

        with serving(answer) as port:
            web.names["shaky.example"] = [("127.0.0.1", port)]
            finding = web.check("http://shaky.example/", url_seconds=0.4)
        assert finding.verdict == Verdict.OK
        assert requests[:2] == [b"GET", b"GET"]

    def test_there_is_no_third_attempt(self, web: Web) -> None:
        web.page("/", 502)
        assert web.check(f"{SITE}/").verdict == Verdict.SERVER_ERROR
        assert web.asked() == ["GET", "GET"]

    @pytest.mark.parametrize("status", [404, 410, 500])
    def test_lasting_fault_gets_no_second_attempt(self, web: Web, status: int) -> None:
        web.page("/", status)
        web.check(f"{SITE}/")
        assert web.asked() == ["GET"]

    def test_next_address_is_tried_when_one_does_not_answer(self, web: Web) -> None:
        web.page("/")
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            web.names["www.careers.example"] = [closed.getsockname(), "127.0.0.1"]
            assert web.check("https://www.careers.example/").verdict == Verdict.OK

    def test_connections_to_a_site_are_used_again(self, web: Web) -> None:
        def answer(connection: socket.socket, request: bytes) -> None:
            while request:
                connection.sendall(EMPTY)
                request = connection.recv(65536)

        with serving(answer) as port:
            web.names["kept.example"] = [("127.0.0.1", port)]
            urls = [f"http://kept.example/{number}" for number in range(6)]
            found = web.check_all(*urls, requests_per_host=1)
        assert {finding.verdict for finding in found.values()} == {Verdict.OK}
        # One for http, and one to see that there is no https.
        assert web.looked_up == ["kept.example"] * 2


class TestConditions:
    def test_validators_are_kept(self, web: Web) -> None:
        web.page("/", etag='"v1"', last_modified="Tue, 24 Nov 2026 10:00:00 GMT")
        finding = web.check(f"{SITE}/")
        assert (finding.etag, finding.last_modified) == ('"v1"', "Tue, 24 Nov 2026 10:00:00 GMT")

    def test_unchanged_page_is_ok_and_keeps_them(self, web: Web) -> None:
        def answer(request: Request) -> Response:
            known = request.headers.get("If-None-Match")
            return Response(status=304 if known == '"v1"' else 200)

        web.https.expect_request("/").respond_with_handler(answer)
        modified = "Tue, 24 Nov 2026 10:00:00 GMT"
        finding = web.check(CheckRequest(f"{SITE}/", etag='"v1"', last_modified=modified))
        assert (finding.verdict, finding.status) == (Verdict.OK, 304)
        assert (finding.etag, finding.last_modified) == ('"v1"', modified)
        assert web.https.log[0][0].headers["If-Modified-Since"] == modified

    def test_those_of_a_page_that_was_redirected_to_are_not_kept(self, web: Web) -> None:
        web.redirect("/old", "/new", 302)
        web.page("/new", etag='"v1"')
        assert web.check(f"{SITE}/old").etag == ""

    def test_they_are_sent_to_the_address_itself_alone(self, web: Web) -> None:
        web.redirect("/old", "/new", 302)
        web.page("/new")
        web.check(CheckRequest(f"{SITE}/old", etag='"v1"'))
        sent = [request.headers.get("If-None-Match") for request, _answer in web.https.log]
        assert sent == ['"v1"', None]

    def test_second_attempt_asks_for_the_page_as_it_is(self, web: Web) -> None:
        web.page("/", 503)
        web.check(CheckRequest(f"{SITE}/", etag='"v1"'))
        sent = [request.headers.get("If-None-Match") for request, _answer in web.https.log]
        assert sent == ['"v1"', None]

    @pytest.mark.parametrize("etag", ['"' + "x" * 600 + '"', '"ä"'])
    def test_odd_ones_are_not_kept(self, web: Web, etag: str) -> None:
        web.page("/", etag=etag)
        assert web.check(f"{SITE}/").etag == ""


class TestRun:
    def test_findings_come_when_they_are_there(self, web: Web) -> None:
        go_on = threading.Event()

        def wait(request: Request) -> Response:
            go_on.wait(5)
            return Response("A page")

        web.page("/quick")
        web.https.expect_request("/slow").respond_with_handler(wait)
        targets = [CheckRequest(f"{SITE}/slow"), CheckRequest(f"{SITE}/quick")]
        found = check_urls(targets, user_agent="x", network=web.network)
        assert [finding.url for finding in next(found)] == [f"{SITE}/quick"]
        go_on.set()
        assert [finding.url for finding in next(found)] == [f"{SITE}/slow"]
        assert next(found, None) is None

    def test_findings_of_a_moment_come_together_but_not_too_many(self, web: Web) -> None:
        network = Network(AddressPolicy(exceptions=()), web.resolve)
        targets = [CheckRequest(f"https://127.0.0.1/{number}") for number in range(BATCH + 1)]
        sizes = [len(batch) for batch in check_urls(targets, user_agent="x", network=network)]
        assert sizes == [BATCH, 1]

    def test_what_is_under_way_is_cancelled_when_nobody_wants_it(self, web: Web) -> None:
        web.page("/quick")
        web.https.expect_request("/slow").respond_with_handler(lambda request: pause(0.2))
        targets = [
            CheckRequest(f"{SITE}/quick"),
            *(CheckRequest(f"{SITE}/slow?{n}") for n in range(50)),
        ]
        found = check_urls(targets, user_agent="x", network=web.network)
        next(found)
        found.close()
        asked = len(web.asked("/slow"))
        time.sleep(0.5)
        assert len(web.asked("/slow")) <= asked + 2

    def test_nothing_to_check_is_nothing_found(self) -> None:
        assert list(check_urls([], user_agent="x")) == []

    def test_mistake_in_a_check_is_told_and_ends_no_other(self, web: Web) -> None:
        async def broken(host: str, port: int) -> Any:
            raise ZeroDivisionError

        network = Network(web.network.policy, broken)
        targets = [CheckRequest(f"{SITE}/{number}") for number in range(3)]
        found = list(chain.from_iterable(check_urls(targets, user_agent="x", network=network)))
        assert {finding.verdict for finding in found} == {Verdict.NOT_CHECKED}
        assert [finding.detail.split(":")[0] for finding in found] == ["ZeroDivisionError"] * 3

    @pytest.mark.parametrize(
        "headers",
        [
            {"Location": "http://xn--a.example/"},
            {"Location": "/", "Retry-After": "Mon, 01 Jan 2024 00:00:00 +99999999999999999999"},
            {"Location": "/", "Retry-After": "Mon, 01 Jan 99999999999 00:00:00 GMT"},
        ],
    )
    def test_what_a_site_says_ends_no_run(self, web: Web, headers: dict[str, str]) -> None:
        status = 503 if "Retry-After" in headers else 301
        web.http.expect_request("/odd").respond_with_data("", status, headers)
        web.page("/good")
        found = web.check_all(f"{SITE}/odd", f"{SITE}/good")
        assert found[f"{SITE}/good"].verdict == Verdict.OK
        assert found[f"{SITE}/odd"].verdict in {Verdict.UNSAFE, Verdict.SERVER_ERROR}
