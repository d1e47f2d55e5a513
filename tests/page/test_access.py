"""Nobody is kept out: axe finds no serious fault on any page."""

from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.page.conftest import NewPage
from tests.page.desk import Desk, open_chat, row_of
from tests.page.places import PLACES

SERIOUS = {"serious", "critical"}


def faults(page: Page) -> list[str]:
    """What axe finds wrong that matters, with where."""
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {fault['help']} at {[node['target'] for node in fault['nodes'][:3]]}"
        for fault in found
        if fault["impact"] in SERIOUS
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("place", PLACES)
def test_page_has_no_serious_fault(desk: Desk, new_page: NewPage, place: str, dark: bool) -> None:
    desk.customer("919000095001", "Asha").say("2 blue anarkali kurti M and 1 red bandhani dupatta")
    page = new_page(dark=dark)
    page.goto(f"/#{place}")
    expect(page.locator("#main")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert not faults(page)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_conversation_with_its_order_has_no_serious_fault(desk: Desk, new_page: NewPage, dark: bool) -> None:
    desk.customer("919000095002", "Rina").say("2 blue anarkali and 1 red bandhani dupatta")
    page = new_page(dark=dark)
    open_chat(page, "Rina")
    expect(page.get_by_role("listitem", name="Bandhani Dupatta")).to_be_visible()
    assert not faults(page)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_conversations_that_only_templates_reach_have_no_serious_fault(
    desk: Desk, new_page: NewPage, dark: bool
) -> None:
    desk.customer("919000095003", "Tara").say("kal bataungi")
    page = new_page(dark=dark)
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=2))
    page.goto("/#/inbox")
    expect(row_of(page, "Tara")).to_contain_text("templates only")
    assert not faults(page)


def test_login_has_no_serious_fault(new_page: NewPage) -> None:
    page = new_page(logged_in=False)
    page.goto("/#/login")
    expect(page.get_by_role("textbox", name="Email")).to_be_visible()
    assert not faults(page)
