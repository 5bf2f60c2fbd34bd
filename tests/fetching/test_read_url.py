from __future__ import annotations

from collections.abc import Iterator

import pytest
from fpdf import FPDF

from policybot.fetching import Validators
from policybot.reading import WebPage, Worker, read_url, web_document_id

PAGE = """<!doctype html><html lang="en"><head><title>Hydrogen plan | Ministry</title>
<meta property="og:site_name" content="Ministry"><meta name="pubdate" content="2024-03-07">
<link rel="canonical" href="https://evil.example/"></head><body><nav>Menu</nav>
<main><h1>Hydrogen plan</h1><p>The government supports green hydrogen in every region of the country.</p>
<a href="annex.pdf">Annex</a> <a href="/annex.pdf#page=2">Again</a> <a href="http://[">Odd</a></main></body></html>"""


def _pdf() -> bytes:
    made = FPDF()
    made.add_page()
    made.set_font("Helvetica")
    made.multi_cell(0, 7, "The annex lists twelve projects and what each of them costs the country.")
    return bytes(made.output())


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as made:
        yield made


@pytest.fixture
def pages(site, fetcher, worker):
    """Reads an address of the site."""

    def read(path: str, **options: object) -> list[WebPage]:
        return list(read_url(f"{site.url}{path}", fetcher=fetcher, worker=worker, max_bytes=1_000_000, **options))

    return read


def test_page_and_its_pdfs(site, pages) -> None:
    """A page is a document named by its address, and each PDF it links is another; the page cannot speak for others."""
    site.page("/plan", PAGE, "Content-Type: text/html", "Last-Modified: Tue, 05 Mar 2024 08:00:00 GMT")
    site.page("/annex.pdf", _pdf(), "Content-Type: application/pdf")

    page, annex = pages("/plan")

    document = page.document
    assert document is not None and annex.document is not None
    assert (document.name, document.id) == (f"{site.url}/plan", web_document_id(f"{site.url}/plan"))
    assert "Menu" not in document.text
    assert document.text.startswith("# Hydrogen plan\n\nThe government supports")
    found = document.metadata
    assert (found.title, found.publisher, found.published) == ("Hydrogen plan", "Ministry", "2024-03-07")
    assert (found.url, found.modified) == (f"{site.url}/plan", "2024-03-05")
    assert (found.origins["url"], found.origins["modified"]) == ("address", "http-header")
    assert "twelve projects" in annex.document.text
    assert (annex.document.metadata.publisher, annex.document.page_starts) == ("127.0.0.1", (0,))


def test_unchanged(site, pages) -> None:
    """A page that did not change is named as such, and so is what it linked."""
    site.answers["/plan"] = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'
    site.answers["/annex.pdf"] = b'HTTP/1.1 304 Not Modified\r\nETag: "2"\r\n\r\n'
    known = {f"{site.url}/plan": Validators('"1"'), f"{site.url}/annex.pdf": Validators('"2"')}

    found = pages("/plan", known=known)

    assert [(each.url, each.is_unchanged) for each in found] == [(url, True) for url in known]


@pytest.mark.parametrize(
    ("body", "path"),
    [  # each as it is found on the web, in one line
        ('<rss version="2.0"><channel><item><title>Plan</title><link>/b</link><pubDate>Thu, 07 Mar 2024 10:00:00 GMT'
         "</pubDate></item></channel></rss>", "/feed"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Plan</title><link href="/b"/>'
         "<published>2024-03-07T10:00:00Z</published></entry></feed>", "/feed"),
        ('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>SITE/b</loc><lastmod>2024-03-07</lastmod>'
         "</url></urlset>", "/sitemap.xml"),
    ],
    ids=["rss", "atom", "sitemap"],
)  # fmt: skip
def test_lists(site, pages, body: str, path: str) -> None:
    """Of a feed or a sitemap every page is read; its title and date stand in for what the page does not say."""
    site.page(path, f"<?xml version='1.0'?>{body.replace('SITE', site.url)}", "Content-Type: application/xml")
    site.page("/b", "<html><body><p>The government supports green hydrogen.</p></body></html>")

    (page,) = pages(path)

    assert page.document is not None
    assert (page.url, page.document.metadata.published) == (f"{site.url}/b", "2024-03-07")


def test_sitemap_of_sitemaps(site, pages) -> None:
    """A sitemap that lists sitemaps is followed one step; what cannot be read is named and the rest goes on."""
    site.page(
        "/sitemap.xml",
        f"<sitemapindex><sitemap><loc>{site.url}/one.xml</loc></sitemap></sitemapindex>",
        "Content-Type: text/xml",
    )
    site.page(
        "/one.xml",
        f"<urlset><url><loc>{site.url}/gone</loc></url><url><loc>http://10.0.0.1/</loc></url><url><loc>{site.url}/b</loc></url></urlset>",
        "Content-Type: text/xml",
    )
    site.page("/b", PAGE.replace("annex.pdf", "x"))

    found = pages("/sitemap.xml")

    assert [bool(each.document) for each in found] == [False, False, True]
    assert "404" in found[0].reason
    assert "not of the public internet" in found[1].reason


@pytest.mark.parametrize(
    ("kind", "data", "expected"),
    [
        ("text/html", _pdf(), "twelve projects"),
        ("application/octet-stream", PAGE.encode(), "green hydrogen"),
        ("text/html; charset=gbk", "<p>政府支持每个地区的绿色氢能发展，推动新质生产力。</p>".encode("gbk"), "绿色氢能"),
        ("text/plain; charset=big5", "政府支持每個地區的綠色氫能發展。".encode("big5"), "綠色氫能"),
    ],
    ids=["pdf-as-html", "html-as-bytes", "gbk", "big5"],
)
def test_kinds(site, pages, kind: str, data: bytes, expected: str) -> None:
    """What the bytes are counts before what the server calls them, and its encoding is believed."""
    site.page("/a", data, f"Content-Type: {kind}")

    assert expected in pages("/a")[0].document.text


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "application/x-msdownload", "application/zip"])
def test_other_kinds(site, pages, kind: str) -> None:
    """What cannot be read is named with the kind that the server states."""
    site.page("/a", b"\x89PNG\r\n\x1a\n", f"Content-Type: {kind}")

    (page,) = pages("/a")

    assert page.document is None
    assert kind in page.reason


def test_limit(site, pages) -> None:
    """No more addresses are followed than allowed."""
    urls = "".join(f"<url><loc>{site.url}/{n}</loc></url>" for n in range(50))
    site.page("/sitemap.xml", f"<urlset>{urls}</urlset>", "Content-Type: text/xml")

    assert len(pages("/sitemap.xml", max_pages=3)) == 3
