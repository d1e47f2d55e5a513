"""The page in a real Chromium, on the real service, with the simulator for WhatsApp."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.page import chromium
from tests.page.desk import Desk, running_desk

PATIENCE = 30_000  # milliseconds: machines that test are busy
expect.set_options(timeout=PATIENCE)
NewPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests in real browsers take longer than others, and start real processes."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.processes)
            item.add_marker(pytest.mark.timeout(300))


@pytest.fixture(scope="session")
def chromium_found() -> None:
    if chromium.found() is None:
        pytest.skip(chromium.MISSING)


@pytest.fixture(scope="module")
def browser(chromium_found: None) -> Iterator[Browser]:
    """A Chromium for one file's tests: while Playwright lives, no other test of this thread can run an event loop."""
    with sync_playwright() as playwright, chromium.launch(playwright) as started:
        yield started


@pytest.fixture(scope="session")
def desk(chromium_found: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A shop with its catalogue and a number on the simulator. Tests share it: each has customers of its own."""
    with running_desk(tmp_path_factory.mktemp("page")) as running:
        yield running


@pytest.fixture
def new_page(browser: Browser, desk: Desk) -> Iterator[NewPage]:
    """A function that opens a page of a new browser profile, logged in unless it is told otherwise.

    At the end no page may have had an error of its own.
    """
    with ExitStack() as opened:
        troubles: list[str] = []

        def make(*, phone: bool = False, dark: bool = False, logged_in: bool = True, person: str = "admin") -> Page:
            context = opened.enter_context(_profile(browser, desk, phone=phone, dark=dark))
            page = context.new_page()
            page.on("pageerror", lambda error: troubles.append(str(error)))
            page.on("console", lambda said: _note(said.type, said.text, troubles))
            page.set_default_timeout(PATIENCE)
            if logged_in:
                desk.log_in(context, person)
            return page

        yield make
    assert not troubles


def _profile(browser: Browser, desk: Desk, *, phone: bool, dark: bool) -> BrowserContext:
    return browser.new_context(
        base_url=desk.address,
        viewport={"width": 390, "height": 844} if phone else {"width": 1440, "height": 900},
        has_touch=phone,
        color_scheme="dark" if dark else "light",
        locale="en-IN",
        timezone_id="Asia/Kolkata",
        reduced_motion="reduce",
    )


def _note(kind: str, text: str, troubles: list[str]) -> None:
    """Keep what the console says of broken rules; a request that was refused is not the page's fault."""
    if kind == "error" and "Failed to load resource" not in text and "WebSocket connection" not in text:
        troubles.append(text)
