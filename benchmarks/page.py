"""How heavy and how quick the page is: bytes and requests of a first visit, first paint, and time until it can be used.

Usage: python benchmarks/page.py http://127.0.0.1:7860 [--visits 5] [--slow] [--chromium PATH]

Opens the page in fresh browsers (empty cache) and prints JSON: requests and kilobytes over the wire, by kind; medians
in milliseconds of first contentful paint [1], of the moment when the question box takes a question (the page is drawn
and connected), of long tasks before it (what a processor that is busy costs whoever types), and the layout shift [2].
Then asks one question and measures the time to the first sentence and to the whole answer, as the reader sees them.
With --slow over 1.6 Mbit/s down, 750 kbit/s up and 150 ms there and back, as Lighthouse has a phone [3].
Each browser visits twice: what the second visit brings over the wire is what its cache does not keep.

[1] https://www.w3.org/TR/paint-timing/  [2] https://web.dev/articles/cls
[3] https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
from collections import Counter
from typing import Any

from playwright.sync_api import Browser, sync_playwright

_WATCH = """
window.seen = { shift: 0, long: 0 };
new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) seen.shift += e.value; })
    .observe({ type: 'layout-shift', buffered: true });
new PerformanceObserver(list => { for (const e of list.getEntries()) seen.long += e.duration - 50; })
    .observe({ type: 'longtask', buffered: true });
"""


_SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}


def visit(browser: Browser, url: str, question: str, *, slow: bool) -> tuple[dict[str, float], Counter[str], int, int]:
    """One first visit: times, bytes by kind, number of requests, bytes of a second visit."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    if slow:
        client.send("Network.emulateNetworkConditions", _SLOW)
    kinds: dict[str, str] = {}
    sizes: Counter[str] = Counter()
    client.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    client.on(
        "Network.loadingFinished",
        lambda event: sizes.update({kinds.get(event["requestId"], "Other"): int(event["encodedDataLength"])}),
    )
    page.add_init_script(_WATCH)
    page.goto(url)
    page.locator(".pb-header").wait_for()
    page.locator("#pb-box textarea").fill("?")
    times: dict[str, float] = {
        "interactive_ms": page.evaluate("performance.now()"),
        "first_contentful_paint_ms": page.evaluate(
            "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
        ),
    }
    page.wait_for_timeout(1000)
    seen = page.evaluate("window.seen")
    times |= {"blocked_ms": seen["long"], "layout_shift": seen["shift"]}
    requests = len(kinds)
    weights = Counter(sizes)
    page.locator("#pb-box textarea").fill(question)
    started = page.evaluate("performance.now()")
    page.locator("#pb-box textarea").press("Enter")
    page.locator("#pb-current .pb-sentence, #pb-current .pb-abstained").first.wait_for()
    times["first_sentence_ms"] = page.evaluate("performance.now()") - started
    page.locator('#pb-current [data-stage="done"]').wait_for()
    times["answer_ms"] = page.evaluate("performance.now()") - started
    before = sum(sizes.values())
    page.goto(url)
    page.locator(".pb-header").wait_for()
    page.wait_for_timeout(1000)
    context.close()
    return times, weights, requests, sum(sizes.values()) - before


def measure(url: str, *, visits: int, chromium: str, question: str, slow: bool) -> dict[str, Any]:
    """Medians over the visits."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        seen = [visit(browser, url, question, slow=slow) for _ in range(visits)]
        browser.close()
    times, weights, requests, again = zip(*seen, strict=True)
    median = {name: round(statistics.median(t[name] for t in times), 3) for name in times[0]}
    kilobytes = {kind: round(size / 1000) for kind, size in weights[0].most_common()}
    return {
        "visits": visits,
        "requests": requests[0],
        "kilobytes": {"all": sum(kilobytes.values()), **kilobytes},
        "kilobytes_again": round(again[0] / 1000),
        "median": median,
        "load_average": [round(each, 1) for each in os.getloadavg()],
    }


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("url")
    parser.add_argument("--visits", type=int, default=5)
    parser.add_argument("--slow", action="store_true", help="Over the connection of a phone.")
    parser.add_argument("--chromium", default=shutil.which("chromium") or "")
    parser.add_argument("--question", default="What growth target did the 2025 report set?")
    arguments = parser.parse_args()
    if not arguments.chromium:
        sys.exit("No chromium found. Install it, or name it with --chromium.")
    found = measure(
        arguments.url,
        visits=arguments.visits,
        chromium=arguments.chromium,
        question=arguments.question,
        slow=arguments.slow,
    )
    sys.stdout.write(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
