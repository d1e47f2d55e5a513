"""The queue of drafts, gone through without a mouse."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.page.conftest import NewPage
from tests.page.desk import Desk, running_desk
from tests.processes.service import wait_until

WISHES = [
    "2 black leggings L",
    "1 red bandhani dupatta",
    "3 white leggings M",
    "1 palazzo beige M",
    "2 navy leggings XL",
    "1 blue anarkali kurti L",
    "1 white chikankari kurti M",
    "2 palazzo black L",
    "1 maroon anarkali kurti XL",
    "1 pink chikankari kurti L",
]


@pytest.fixture
def desk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A shop in whose queue nobody else's drafts wait."""
    with running_desk(tmp_path_factory.mktemp("review")) as running:
        yield running


def test_ten_drafts_are_confirmed_with_the_keyboard_alone(desk: Desk, new_page: NewPage) -> None:
    for number, wish in enumerate(WISHES):
        customer = desk.customer(f"91900007{number:04}", f"Customer {number}")
        customer.say(f"{wish} bhej do. Customer {number}, {number + 1} Hill Road, Mumbai 400050")
    wait_until(lambda: len(desk.service.get("/orders?status=draft")["items"]) == len(WISHES))
    page = new_page()
    page.goto("/#/review")
    for number in range(len(WISHES)):
        order = page.get_by_role("region", name=re.compile(r"^Order \d+"))
        expect(order.get_by_role("button", name=re.compile("^Confirm"))).to_be_enabled()
        name = order.get_attribute("aria-label")
        page.keyboard.press("a")
        if number < len(WISHES) - 1:
            expect(order).not_to_have_attribute("aria-label", name or "")
    wait_until(lambda: len(desk.service.get("/orders?status=confirmed")["items"]) == len(WISHES))


def test_a_decision_may_be_taken_back_by_one_key(desk: Desk, new_page: NewPage) -> None:
    desk.customer("919000080001", "Second Thought").say("2 black leggings L bhej do")
    wait_until(lambda: len(desk.service.get("/orders?status=draft")["items"]) == 1)
    page = new_page()
    page.goto("/#/review")
    order = page.get_by_role("region", name=re.compile(r"^Order \d+"))
    confirm = order.get_by_role("button", name=re.compile("^Confirm"))
    expect(confirm).to_be_enabled()
    page.keyboard.press("a")
    expect(order).to_be_hidden()
    page.keyboard.press("z")
    expect(confirm).to_be_enabled()
    page.keyboard.press("r")
    page.keyboard.press("1")
    wait_until(lambda: not desk.service.get("/orders?status=draft")["items"])
    assert len(desk.service.get("/orders?status=rejected")["items"]) == 1
