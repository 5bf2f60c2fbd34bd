"""The Documents view against the whole server: list, open, add, remove, look for changes, charts; readers only look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fpdf import FPDF
from playwright.sync_api import Browser, Page, expect
from visiting import PATIENCE_MS, RealServed, Visitor, ask_and_keep, findings, really_serving

from policybot.store.accounts import Accounts

PARAGRAPH = "The lighthouse keeper of Cape Orrin tends {} lamps, and each of them burns until the morning."
PASSWORD = "correct horse battery"
PLAN = """# Tram plan

## Lines

The tram of Port Ellis will have {} lines by 2033. Every line ends at the harbour.
"""


def write_pdf(path: Path) -> None:
    """Two pages; only the second says how many lamps there are."""
    pdf = FPDF()
    pdf.set_title("Lamps of Cape Orrin")
    pdf.set_font("Helvetica", size=12)
    for page in range(2):
        pdf.add_page()
        for line in range(8):
            pdf.multi_cell(
                0, 7, f"Line {line + 1} of page {page + 1} says nothing about light, only about the weather."
            )
            pdf.ln(3)
    pdf.multi_cell(0, 7, PARAGRAPH.format(731))
    pdf.output(str(path))


@pytest.fixture(scope="module")
def shelf(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of its own: the two documents of every test, and a PDF."""
    path = tmp_path_factory.mktemp("shelf")
    for file in folder.iterdir():
        (path / file.name).write_bytes(file.read_bytes())
    write_pdf(path / "lamps.pdf")
    return path


@pytest.fixture(scope="module")
def served(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServed]:
    with really_serving(shelf, tmp_path_factory.mktemp("data"), upload_mb=1) as served:
        yield served


@pytest.fixture
def page(visitor: Visitor) -> Page:
    page = visitor.open()
    show_documents(page)
    return page


def show_documents(page: Page) -> None:
    page.locator('[data-view="documents"]').click()
    page.locator("#pb-table tbody tr").first.wait_for()


def shown(page: Page) -> list[str]:
    return page.locator("#pb-table tbody tr:visible th .pb-details").all_text_contents()


class TestLooking:
    """The table and what it opens."""

    def test_table_is_searched_and_filtered(self, page: Page) -> None:
        """Each document has a row with its facts; search and lists leave the rows that pass, and count them."""
        row = page.locator("tbody tr", has_text="harbour.md")
        expect(row).to_contain_text(re.compile(r"Port Ellis Council.*2031-04-02.*English.*\d.*[0-9a-f]{7}.*indexed"))
        page.locator('[data-narrow="text"]').fill("port HARBOUR")
        expect(page.locator("[data-shown]")).to_have_text("1 of 3 documents")
        assert shown(page) == ["harbour.md"]
        page.locator('[data-narrow="text"]').fill("")
        page.locator('[data-narrow="language"]').select_option("zh")
        expect(page.locator("[data-shown]")).to_have_text("1 of 3 documents")

        assert shown(page) == ["library.md"]

    def test_opens_beside_the_list(self, page: Page) -> None:
        """A document opens whole beside the list."""
        page.locator("tbody tr", has_text="harbour.md").get_by_role("button", name="Open Harbour plan").click()

        expect(page.locator("[data-opened] .pb-document")).to_contain_text("Three ferry lines will run on batteries")
        expect(page.locator("#pb-table")).to_be_visible()

    def test_charts(self, page: Page, served: RealServed) -> None:
        """Every document is a dot on the time line that opens it, every passage one on the map."""
        expect(page.locator(".pb-wide circle")).to_have_count(3)
        expect(page.locator(".pb-map > svg circle")).to_have_count(served.bot.counts()[1])
        page.get_by_role("button", name="Harbour plan of Port Ellis · 2031-04-02").click()
        expect(page.locator("[data-opened] .pb-card h2")).to_have_text("Harbour plan of Port Ellis")


@pytest.mark.parametrize(
    ("scheme", "locale", "width"),
    [("light", "en-GB", 1280), ("dark", "zh-CN", 390), ("light", "zh-CN", 390), ("dark", "en-GB", 1280)],
)
def test_axe_finds_nothing(visitor: Visitor, scheme: str, locale: str, width: int) -> None:
    """Table, charts, an open document, a failure, a question back: no finding, and nothing wider than the screen."""
    page = visitor.open(scheme=scheme, locale=locale, width=width, bypass_csp=True)
    show_documents(page)
    assert findings(page) == []
    page.locator('tbody [data-event="open_document"]').first.click()
    page.locator("#pb-source [data-opened]").wait_for()
    page.locator("#pb-addresses").fill("http://10.0.0.1/inside")
    page.locator('[data-event="add_addresses"]').click()
    page.locator("[data-job-state]").wait_for()
    assert findings(page) == []
    page.locator('#pb-work [data-event="dismiss"]').click()
    page.locator('tbody [data-event="ask_removal"]').first.click()
    page.get_by_role("alertdialog").wait_for()
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


class TestOriginal:
    """A PDF's own page."""

    def test_the_page_itself_with_the_quote_marked(self, visitor: Visitor, served: RealServed, shelf: Path) -> None:
        """A citation from a PDF opens its page as a picture on which the quote, and nothing else, is marked."""
        page = visitor.open()
        ask_and_keep(page, "How many lamps does the lighthouse keeper of Cape Orrin tend?")
        page.locator(".pb-chip").first.click()
        picture = page.locator(".pb-sheet img")
        expect(picture).to_have_attribute("alt", re.compile("Page 2 of Lamps of Cape Orrin"))
        page.wait_for_function("document.querySelector('.pb-sheet img').naturalWidth === 1200")
        marked = page.evaluate(
            """() => { const image = document.querySelector('.pb-sheet img');
            const canvas = document.createElement('canvas');
            canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
            const context = canvas.getContext('2d'); context.drawImage(image, 0, 0);
            const data = context.getImageData(0, 0, canvas.width, canvas.height).data;
            let first = canvas.height, last = 0;
            for (let i = 0; i < data.length; i += 4)
                if (data[i] > 200 && data[i + 2] < 160) {
                    const row = Math.floor(i / 4 / canvas.width);
                    first = Math.min(first, row); last = Math.max(last, row);
                }
            const top = parseFloat(document.querySelector('.pb-at').style.top);
            return [first / canvas.height, last / canvas.height, top]; }"""
        )
        first, last, top = marked

        assert 0 < last - first < 0.06  # of the page: one line, or two
        assert abs(100 * first - top) < 1
        assert 0.3 < first < 0.6  # behind the eight lines on the weather

    def test_changed_original(self, visitor: Visitor, served: RealServed, shelf: Path) -> None:
        """When the file is no longer what was cited, its text is shown with the reason instead."""
        page = visitor.open()
        ask_and_keep(page, "How many lamps does the lighthouse keeper of Cape Orrin tend?")
        original = (shelf / "lamps.pdf").read_bytes()
        (shelf / "lamps.pdf").write_bytes(original + b"\n% changed")
        try:
            page.locator(".pb-chip").first.click()
            expect(page.locator("#pb-source")).to_contain_text("is missing or has changed since it was indexed")
            expect(page.locator("#quote")).to_contain_text("tends 731 lamps")
            expect(page.locator(".pb-sheet")).to_have_count(0)
        finally:
            (shelf / "lamps.pdf").write_bytes(original)


class TestChanging:
    """What editors do."""

    def test_adding_asking_removing(self, visitor: Visitor, page: Page, tmp_path: Path, served: RealServed) -> None:
        """Of several files each has its result; what could be read is found by the next question, until removed."""
        (tmp_path / "tram plan.md").write_text(PLAN.format("seventeen"), encoding="utf-8")
        (tmp_path / "huge.txt").write_text("x" * 1_200_000, encoding="utf-8")
        (tmp_path / "broken.pdf").write_bytes(b"no pdf")
        (tmp_path / "picture.png").write_bytes(b"no document")
        names = ["tram plan.md", "huge.txt", "broken.pdf", "picture.png"]
        page.locator('input[type="file"]').set_input_files([tmp_path / name for name in names])
        expect(page.locator(".pb-uploads li", has_text="tram plan.md")).to_have_attribute("data-result", "sent")
        expect(page.locator(".pb-uploads li", has_text="huge.txt")).to_contain_text("larger than 1 MB")
        expect(page.locator(".pb-uploads li", has_text="picture.png")).to_contain_text(".png files cannot be read")
        report = page.locator('[data-job-state="done"]')
        expect(report).to_contain_text("tram plan.md")
        expect(report).to_contain_text("broken.pdf: this is no readable PDF")
        expect(page.locator("tbody tr", has_text="tram plan.md")).to_have_count(1)

        asking = visitor.open()
        ask_and_keep(asking, "How many lines will the tram of Port Ellis have by 2033?")
        expect(asking.locator(".pb-answer")).to_contain_text("seventeen lines by 2033")

        page.locator("tbody tr", has_text="tram plan.md").get_by_role("button", name="Remove").click()
        page.locator('[data-event="dismiss"]', has_text="Keep it").click()
        expect(page.locator("#pb-work .pb-card-work")).to_have_count(0)
        page.locator("tbody tr", has_text="tram plan.md").get_by_role("button", name="Remove").click()
        page.get_by_role("button", name="Remove it").click()
        expect(page.locator("tbody tr", has_text="tram plan.md")).to_have_count(0)
        assert not (served.bot.added_dir / "tram plan.md").exists()
        (served.bot.added_dir / "broken.pdf").unlink()

    def test_removed_stays_removed_until_taken_in_again(self, page: Page, shelf: Path, served: RealServed) -> None:
        """A document of a folder leaves the index, not the folder, and only one's own wish brings it back."""
        page.locator("tbody tr", has_text="library.md").get_by_role("button", name="Remove").click()
        page.get_by_role("button", name="Remove it").click()
        row = page.locator("tbody tr", has_text="library.md")
        expect(row).to_have_attribute("data-state", "left_out")
        served.bot.index(shelf)
        assert "library.md" not in [d.name for d in served.bot.documents()]
        assert (shelf / "library.md").exists()
        row.get_by_role("button", name="Take in again").click()
        expect(row).to_have_attribute("data-state", "indexed")

    def test_changes_are_previewed_and_reported(self, page: Page, shelf: Path, served: RealServed) -> None:
        """Before indexing one sees what would change, afterwards what did; nothing changes without a yes."""
        (shelf / "tram.md").write_text(PLAN.format("nine"), encoding="utf-8")
        page.locator('[data-event="plan_index"]').click()
        expect(page.locator("#pb-work")).to_contain_text("New: 1")
        expect(page.locator("#pb-work")).to_contain_text("tram.md")
        assert "tram.md" not in [d.name for d in served.bot.documents()]
        page.locator('[data-event="apply_index"]').click()
        expect(page.locator('[data-job-state="done"]')).to_contain_text("passages embedded in")
        expect(page.locator("tbody tr", has_text="tram.md")).to_have_count(1)
        expect(page.locator("#pb-foot")).to_contain_text("4 documents")
        (shelf / "tram.md").unlink()
        page.locator('[data-event="plan_index"]').click()
        expect(page.locator("#pb-work")).to_contain_text("Gone: 1")
        page.locator('[data-event="apply_index"]').click()
        expect(page.locator("tbody tr", has_text="tram.md")).to_have_count(0)


def test_readers_change_nothing(browser: Browser, served: RealServed, tmp_path: Path) -> None:
    """A reader sees the documents but no way to change them, and the server refuses what the page does not offer."""
    with Accounts(tmp_path) as accounts:
        accounts.add_user("ada", PASSWORD)
        again = RealServed(served.bot, accounts=accounts)
        context = browser.new_context(locale="en-GB", reduced_motion="reduce")
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.goto(again.url)
        page.get_by_label("Name").fill("ada")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_label("Password").press("Enter")
        page.locator(".pb-header").wait_for()
        show_documents(page)
        expect(page.locator("#pb-adding")).to_contain_text("Only editors may change the documents.")
        assert page.locator('input[type="file"], [data-event="plan_index"], [data-event="ask_removal"]').count() == 0
        # The page's script tells the server all the same, as a reader who knows it could.
        page.evaluate(
            """() => { const button = document.querySelector('tbody [data-event]');
            button.dataset.event = 'ask_removal'; button.click(); }"""
        )
        expect(page.locator("#pb-work")).to_contain_text("Only editors may change the documents.")
        page.locator('#pb-work [data-event="dismiss"]').click()
        expect(page.locator("#pb-work .pb-card-work")).to_have_count(0)
        page.evaluate(
            """() => { const button = document.createElement('button');
            Object.assign(button.dataset, { event: 'add_addresses', addresses: 'http://127.0.0.1/inside' });
            document.querySelector('#pb-adding .pb-adding').append(button); button.click(); }"""
        )
        expect(page.locator("#pb-work")).to_contain_text("Only editors may change the documents.")
        document = served.bot.documents()[0].id
        statuses = [
            page.request.post(f"{again.url}/api/v1/documents?name=a.md", data=b"# A").status,
            page.request.delete(f"{again.url}/api/v1/documents/{document}").status,
        ]
        context.close()
        again.close()

    assert statuses == [403, 403]
