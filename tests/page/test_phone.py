"""The page on a phone: one thing at a time, and nothing wider than the screen."""

import re

import pytest
from playwright.sync_api import expect

from tests.page.conftest import NewPage
from tests.page.desk import Desk, open_chat
from tests.page.places import PLACES

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_an_order_is_confirmed_on_a_phone(desk: Desk, new_page: NewPage) -> None:
    desk.customer("919000090001", "Pooja").say("2 black leggings L. Pooja, 3 Hill Road, Mumbai 400050")
    page = new_page(phone=True)
    open_chat(page, "Pooja")
    expect(page.get_by_role("searchbox")).not_to_be_visible()
    page.get_by_role("button", name=re.compile("₹")).first.click()
    expect(page.get_by_role("listitem", name="Cotton Leggings")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Confirm")).click()
    expect(page.get_by_role("region", name=re.compile("^Order"))).to_contain_text("Confirmed")


@pytest.mark.parametrize("place", PLACES)
def test_no_page_is_wider_than_a_phone(desk: Desk, new_page: NewPage, place: str) -> None:
    desk.customer("919000090002", "Asha Venkataramanan Subramaniam").say("1 red bandhani dupatta")
    page = new_page(phone=True)
    page.goto(f"/#{place}")
    expect(page.locator("#main")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate(WIDER) <= 0
