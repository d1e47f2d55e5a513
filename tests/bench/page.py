"""How soon an agent's page shows what a customer wrote and the draft that it comes to, and what loading it takes.

A real Chromium on the running service, which shares the cores with it. The draft waits 0.2 s for more words.
"""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.page.chromium import launch
from tests.page.desk import Desk, row_of, running_desk

CHATS = 20
LOADS = 5
LOOK = 5  # milliseconds between looks at the page
FIRST_LOAD = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .filter(it => /^\\/($|assets\\/|icon|color-scheme|manifest)/.test(new URL(it.name).pathname))
    .reduce((sum, it) => sum + it.encodedBodySize, 0)"""


def run() -> Iterator[tuple[str, float, str]]:
    """Milliseconds from a signed webhook to its words and to its draft in the page; first load in time and bytes."""
    with (
        tempfile.TemporaryDirectory(prefix="satyasell-") as folder,
        running_desk(Path(folder)) as desk,
        sync_playwright() as playwright,
        launch(playwright) as browser,
    ):
        size, times = _loads(browser, desk)
        yield "first load of the inbox, compressed", size / 1024, "KB"
        yield "from its address to the inbox, p50", median(times), "ms"
        messages, drafts = _live(browser, desk)
        for what, measured in (("its words in the open page", messages), ("its draft in the open page", drafts)):
            yield f"from a signed webhook to {what}, p50", median(measured), "ms"
            yield f"from a signed webhook to {what}, p95", quantiles(measured, n=20)[18], "ms"


def _loads(browser: Browser, desk: Desk) -> tuple[float, list[float]]:
    """Bytes of the first load, and the milliseconds of several, each with an empty cache."""
    desk.customer("919000000001", "First").say("hello")
    times, size = [], 0.0
    for _ in range(LOADS):
        page = _logged_in(browser, desk)
        started = time.perf_counter()
        page.goto("/#/inbox")
        row_of(page, "First").wait_for()
        times.append((time.perf_counter() - started) * 1000)
        size = page.evaluate(FIRST_LOAD)
        page.context.close()
    return size, times


def _live(browser: Browser, desk: Desk) -> tuple[list[float], list[float]]:
    """The times to a customer's words and to her draft, of chats one after the other."""
    page = _logged_in(browser, desk)
    messages, drafts = [], []
    for number in range(CHATS):
        asha = desk.customer(f"91900001{number:04}", f"Chat {number}")
        asha.say("hello")
        if not number:
            page.goto("/#/inbox")
        row_of(page, f"Chat {number} ").first.click()
        thread = page.get_by_role("region", name="Messages")
        thread.get_by_text("hello", exact=True).wait_for()
        started = time.perf_counter()
        asha.say(f"{number + 1} black leggings L please")
        messages.append(_seen(thread.get_by_text("black leggings L"), started))
        drafts.append(_seen(page.get_by_role("listitem", name="Cotton Leggings"), started))
    return messages, drafts


def _seen(what: Locator, started: float) -> float:
    """Milliseconds until it is visible."""
    while not what.first.is_visible():
        what.page.wait_for_timeout(LOOK)
    return (time.perf_counter() - started) * 1000


def _logged_in(browser: Browser, desk: Desk) -> Page:
    context = browser.new_context(base_url=desk.address, locale="en-IN", viewport={"width": 1440, "height": 900})
    desk.log_in(context, "admin")
    page = context.new_page()
    page.set_default_timeout(60_000)
    return page
