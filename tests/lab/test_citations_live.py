"""Citations: pages as a server on this machine serves them, politely."""

import http.server
import threading
import time
from itertools import pairwise
from types import SimpleNamespace

import pytest

from lab.citations.collect import Collector
from lab.citations.live import FRESH, LivePage, Web, plain_text_of
from lab.citations.sources import Library
from lab.core.errors import NoAnswerError
from macros.schema.measured.citations import CitedPassage
from tests.lab.citing import AT, entry, make_documents
from tests.lab.citing import PAGE as PAGE_OF_DOCUMENTS

PAGE = "<html><p>Each request still <b>ties up</b> one worker, even for async views.</p></html>"
MOMENT = "2026-11-29T07:00:00Z"


@pytest.fixture
def site():
    """A server with pages by path: status, headers and text; it remembers what it was asked."""
    pages, asked = {"/robots.txt": (404, {}, "")}, []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, dict(self.headers.items()), time.monotonic()))
            status, headers, text = pages.get(self.path, (404, {}, ""))
            if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, text = 304, ""
            self.send_response(status)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    yield SimpleNamespace(pages=pages, asked=asked, address=address, paths=lambda: [path for path, _, _ in asked])
    server.shutdown()
    server.server_close()


@pytest.fixture
def web(tmp_path):
    return Web(tmp_path / "kept", pause=0.0)


def again(web, seconds=0.0):
    """Another run, later."""
    return Web(web.kept, pause=0.0, clock=lambda: time.time() + seconds)


def test_a_page_is_read_once_and_asked_again_only_whether_it_has_changed(site, web):
    site.pages["/page"] = (200, {"ETag": '"1"'}, PAGE)
    assert web.page(f"{site.address}/page#anchor").text == PAGE
    assert again(web).page(f"{site.address}/page").text == PAGE
    assert site.paths() == ["/robots.txt", "/page"]
    later = again(web, FRESH + 1).page(f"{site.address}/page")
    assert later.text == PAGE
    assert site.asked[-1][1]["If-None-Match"] == '"1"'


def test_a_page_that_has_changed_is_read_anew(site, web):
    site.pages["/page"] = (200, {"Last-Modified": "Fri, 20 Nov 2026 10:00:00 GMT"}, PAGE)
    web.page(f"{site.address}/page")
    site.pages["/page"] = (200, {}, "new")
    assert again(web, FRESH + 1).page(f"{site.address}/page").text == "new"
    assert site.asked[-1][1]["If-Modified-Since"] == "Fri, 20 Nov 2026 10:00:00 GMT"


def test_the_user_agent_names_the_project(site, web):
    site.pages["/page"] = (200, {}, PAGE)
    web.page(f"{site.address}/page")
    assert all(headers["User-Agent"].startswith("backend-field-guide/") for _, headers, _ in site.asked)


def test_what_robots_txt_forbids_is_not_asked_for(site, web):
    site.pages["/robots.txt"] = (200, {}, "User-agent: *\nDisallow: /private\n")
    site.pages["/page"] = (200, {}, PAGE)
    with pytest.raises(NoAnswerError, match="does not allow"):
        web.page(f"{site.address}/private/page")
    assert web.page(f"{site.address}/page").text == PAGE
    assert site.paths() == ["/robots.txt", "/page"]


def test_a_rule_for_this_project_by_name_counts(site, web):
    site.pages["/robots.txt"] = (200, {}, "User-agent: backend-field-guide\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    with pytest.raises(NoAnswerError, match="does not allow"):
        web.page(f"{site.address}/page")


def test_a_host_whose_robots_txt_fails_is_left_alone(site, web):
    site.pages["/robots.txt"] = (503, {}, "")
    for _ in range(2):
        with pytest.raises(NoAnswerError, match="503"):
            web.page(f"{site.address}/page")
    assert site.paths() == ["/robots.txt"]


def test_a_host_gets_its_pause_between_two_questions(site, web):
    site.pages |= {f"/{number}": (200, {}, PAGE) for number in range(3)}
    slow = Web(web.kept, pause=0.2)
    for number in range(3):
        slow.page(f"{site.address}/{number}")
    times = [at for _, _, at in site.asked]
    assert all(later - earlier >= 0.19 for earlier, later in pairwise(times))


def test_a_crawl_delay_that_is_too_long_ends_the_questions(site, web):
    site.pages["/robots.txt"] = (200, {}, "User-agent: *\nCrawl-delay: 60\n")
    with pytest.raises(NoAnswerError, match="longer pause"):
        web.page(f"{site.address}/page")


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_not_there_is_gone(site, web, status):
    site.pages["/page"] = (status, {}, "not here")
    assert web.page(f"{site.address}/page").gone


@pytest.mark.parametrize("status", [403, 429, 500])
def test_a_refusal_says_nothing_about_the_page_and_is_not_kept(site, web, status):
    site.pages["/page"] = (status, {}, "no")
    with pytest.raises(NoAnswerError, match=str(status)):
        web.page(f"{site.address}/page")
    assert not list(web.kept.glob("*.json"))


def test_a_host_that_cannot_be_reached_is_asked_once(web, monkeypatch):
    asked = []
    get = web.client.get
    monkeypatch.setattr(web.client, "get", lambda *args, **kwargs: asked.append(args) or get(*args, **kwargs))
    for page in ("a", "b"):
        with pytest.raises(NoAnswerError, match="cannot be reached"):
            web.page(f"http://127.0.0.1:9/{page}")
    assert len(asked) == 1


def test_a_file_of_github_is_read_as_it_is():
    raw = "https://raw.githubusercontent.com/a/b/v1/docs/x.rst"
    assert plain_text_of("https://github.com/a/b/blob/v1/docs/x.rst") == raw
    assert plain_text_of(raw) == raw
    assert plain_text_of("https://github.com/a/b") == "https://github.com/a/b"


def cited(web, source, at):
    """What becomes of a passage that no documents have."""
    unread = CitedPassage.model_construct(source=source, at=at, status="not reachable", why=None)
    return Collector(SimpleNamespace(), None, web)._live(unread)


def test_words_are_looked_for_in_the_page_as_it_is(site, web):
    site.pages["/page"] = (200, {}, PAGE)
    found = cited(web, f"{site.address}/page", "each request still ties … async views")
    assert (found.status, found.how) == ("found", "live")
    assert len(found.digest) == 64
    assert cited(web, f"{site.address}/page", "zebra").status == "not found"
    assert cited(web, f"{site.address}/nowhere", "zebra").status == "page gone"
    site.pages["/page2"] = (500, {}, PAGE)
    failed = cited(web, f"{site.address}/page2", "zebra")
    assert (failed.status, failed.why) == ("not reachable", "the site answered 500")


def test_a_file_that_is_no_html_is_read_by_its_name(site, web):
    site.pages["/page.rst"] = (200, {"Content-Type": "text/plain"}, "A :class:`~flask.Request` object.")
    assert cited(web, f"{site.address}/page.rst", "a Request object").status == "found"


def test_live_words_refute_nothing_about_the_release(site, web):
    site.pages["/page"] = (200, {}, PAGE)
    assert not cited(web, f"{site.address}/page", "zebra").refuted


def test_a_page_that_the_documents_do_not_have_is_read_live(tmp_path):
    asked = []
    web = SimpleNamespace(page=lambda address: asked.append(address) or LivePage(PAGE, "page.html", MOMENT))
    source = "https://elsewhere.example.net/page"
    there = {"source": source, "facts": {"x": {"value": "none", "at": "ties up … async views"}}}
    found = {"source": PAGE_OF_DOCUMENTS, "facts": {"y": {"value": "none", "at": AT}}}
    library = Library(make_documents(tmp_path), {"flask": entry(there, found)})
    live, documented = Collector(library, None, web).entry("flask")[0]
    assert asked == [source]
    assert (live.status, live.how, live.moment) == ("found", "live", MOMENT)
    assert (documented.status, documented.how) == ("found", "repository at a tag")


def test_without_documents_every_page_is_read_live():
    web = SimpleNamespace(page=lambda address: LivePage(PAGE, "page.html", MOMENT))
    record = entry({"source": PAGE_OF_DOCUMENTS, "facts": {"x": {"value": "none", "at": "ties up … async views"}}})
    (found,), _ = Collector(Library(None, {"flask": record}), None, web).entry("flask")
    assert (found.status, found.how) == ("found", "live")
