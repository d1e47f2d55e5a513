"""Pictures of every place of the page, at a desk and on a phone, in light and dark, to be looked at.

Beside a running demo (`satyasell demo --port 8800`): `python -m tests.page.pictures http://127.0.0.1:8800 reports`.
`--docs` draws the ones of the documentation instead, into `docs/`.
"""

import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from rich.progress import track

from api.demo.service import EMAIL, PASSWORD
from tests.page.chromium import launch
from tests.page.places import PLACES

SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
SCHEMES = ("light", "dark")
DOCS = Path(__file__).parents[2] / "docs"
QUIET_SECONDS = 1.0  # charts and pictures settle


def main(address: str, folder: Path) -> None:
    """Draw every place in every size and scheme into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, launch(playwright) as browser:
        cookies = _logged_in(browser, address)
        chat = f"/inbox/{_first_chat(browser, address, cookies)}"
        wanted = list(product(("/login", *PLACES, chat), SIZES, SCHEMES))
        for place, size, scheme in track(wanted, "Drawing"):
            page = _page(browser, address, size, scheme, [] if place == "/login" else cookies)
            _show(page, place)
            name = place.strip("/").replace("/", "-").rstrip("-0123456789") if place != chat else "chat"
            page.screenshot(path=folder / f"{name}-{size}-{scheme}.png")
            page.context.close()


def draw_docs(address: str) -> None:
    """Draw the documentation's pictures: a chat and its draft, the queue, and a phone in the dark."""
    with sync_playwright() as playwright, launch(playwright) as browser:
        cookies = _logged_in(browser, address)
        chat = f"/inbox/{_first_chat(browser, address, cookies)}"
        for name, place, size, scheme in (
            ("inbox", chat, "desk", "light"),
            ("review", "/review", "desk", "light"),
            ("phone", chat, "phone", "dark"),
        ):
            page = _page(browser, address, size, scheme, cookies)
            _show(page, place)
            if name == "inbox":
                page.get_by_role("listitem", name="Anarkali").first.hover()
            page.screenshot(path=DOCS / f"{name}.png")
            page.context.close()


def _logged_in(browser: Browser, address: str) -> list[dict[str, object]]:
    context = browser.new_context(base_url=address)
    answer = context.request.post("/sessions", data={"email": EMAIL, "password": PASSWORD, "cookie": True})
    assert answer.ok, answer.text()
    return [dict(cookie) for cookie in context.cookies()]


def _first_chat(browser: Browser, address: str, cookies: list[dict[str, object]]) -> int:
    """The conversation that the demo begins with."""
    answer = _context(browser, address, "desk", "light", cookies).request.get("/conversations?has_draft=true")
    return min(row["id"] for row in answer.json()["items"])


def _page(browser: Browser, address: str, size: str, scheme: str, cookies: list[dict[str, object]]) -> Page:
    return _context(browser, address, size, scheme, cookies).new_page()


def _context(
    browser: Browser, address: str, size: str, scheme: str, cookies: list[dict[str, object]]
) -> BrowserContext:
    context = browser.new_context(
        base_url=address,
        viewport=SIZES[size],  # type: ignore[arg-type] - a TypedDict of the same members
        color_scheme=scheme,  # type: ignore[arg-type] - one of its literals
        locale="en-IN",
        has_touch=size == "phone",
        reduced_motion="reduce",
    )
    context.add_cookies(cookies)  # type: ignore[arg-type] - as they came
    return context


def _show(page: Page, place: str) -> None:
    page.goto(f"/#{place}")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(QUIET_SECONDS * 1000)


if __name__ == "__main__":
    if sys.argv[2] == "--docs":
        draw_docs(sys.argv[1])
    else:
        main(sys.argv[1], Path(sys.argv[2]))
