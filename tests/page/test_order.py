"""From a customer's words to a confirmed order, as an agent sees it."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.page.conftest import NewPage
from tests.page.desk import Desk, open_chat, row_of, ticks_of


@pytest.fixture(scope="module", autouse=True)
def customers_are_told(desk: Desk) -> None:
    desk.service.http.put("/businesses/current/order-summary", json={"mode": "text"}).raise_for_status()


def test_a_chat_becomes_a_confirmed_order_before_the_agents_eyes(desk: Desk, new_page: NewPage) -> None:
    page = new_page()
    page.goto("/#/inbox")
    expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
    before = desk.stock_of("KU-ANAR-BLU-M")

    asha = desk.customer("919000050001", "Asha Rao")
    asha.say("Hi! 2 blue anarkali kurtis in M please")
    row = row_of(page, "Asha Rao")
    expect(row).to_contain_text("2 blue anarkali kurtis")  # it came by itself
    row.click()
    line = page.get_by_role("listitem", name="Anarkali Kurti")
    expect(line).to_contain_text("KU-ANAR-BLU-M")
    expect(line.get_by_role("textbox", name="Quantity")).to_have_value("2")

    asha.say("Asha Rao, Flat 12, Sea Breeze Apartments, Hill Road, Mumbai 400050")
    expect(page.get_by_role("button", name=re.compile("PIN code: 400050"))).to_be_visible()

    line.get_by_role("button", name="One more").click()
    expect(page.get_by_role("button", name=re.compile("Confirm ₹2,697"))).to_be_enabled()
    page.get_by_role("button", name=re.compile("^Confirm")).click()
    expect(page.get_by_role("region", name=re.compile("^Order"))).to_contain_text("Confirmed")

    expect(ticks_of(page, "2,697", "Read")).to_be_visible()
    assert desk.stock_of("KU-ANAR-BLU-M") == before - 3
    assert any(
        "Anarkali" in str(entry.content) for entry in desk.whatsapp.entries(asha.wa_id) if not entry.is_customers
    )


def test_words_in_the_chat_and_lines_of_the_order_point_at_each_other(desk: Desk, new_page: NewPage) -> None:
    desk.customer("919000050002", "Rina Das").say("1 white chikankari kurti L and 2 black leggings M")
    page = new_page()
    open_chat(page, "Rina Das")
    words = page.get_by_role("region", name="Messages").get_by_role("button", name=re.compile("black leggings"))
    line = page.get_by_role("listitem", name="Cotton Leggings")
    expect(words).to_be_visible()
    at_rest = _look(words)
    line.hover()
    expect(words).to_have_attribute("data-pointed", "true")
    assert _look(words) != at_rest
    words.hover()
    expect(line).to_have_attribute("data-pointed", "true")


def test_what_the_chat_leaves_open_is_chosen_by_one_key(desk: Desk, new_page: NewPage) -> None:
    desk.customer("919000050003", "Farah").say("2 blue anarkali bhej do")
    page = new_page()
    open_chat(page, "Farah")
    line = page.get_by_role("listitem", name="Anarkali Kurti")
    expect(line).to_contain_text("XL")
    line.focus()
    page.keyboard.press("1")
    expect(line).to_contain_text(re.compile("KU-ANAR-BLU-(M|L|XL)"))


def test_a_line_that_a_person_touched_stays_when_the_chat_goes_on(desk: Desk, new_page: NewPage) -> None:
    meena = desk.customer("919000050004", "Meena Iyer")
    meena.say("3 black leggings L please")
    page = new_page()
    open_chat(page, "Meena Iyer")
    quantity = page.get_by_role("listitem", name="Cotton Leggings").get_by_role("textbox", name="Quantity")
    expect(quantity).to_have_value("3")
    quantity.fill("5")
    quantity.press("Enter")
    expect(page.get_by_role("button", name=re.compile("Confirm ₹"))).to_be_enabled()
    meena.say("and one red bandhani dupatta")
    expect(page.get_by_role("listitem", name="Bandhani Dupatta")).to_be_visible()
    expect(quantity).to_have_value("5")


def test_too_little_stock_is_told_at_the_line_and_nothing_is_confirmed(desk: Desk, new_page: NewPage) -> None:
    desk.customer("919000050005", "Vikram").say("90 red bandhani dupatta chahiye")
    page = new_page()
    open_chat(page, "Vikram")
    line = page.get_by_role("listitem", name="Bandhani Dupatta")
    expect(line).to_contain_text("in stock")
    page.get_by_role("button", name=re.compile("^Confirm")).click()
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.get_by_role("region", name=re.compile("^Order"))).to_contain_text("Draft")


def test_a_draft_that_is_no_order_is_rejected_with_a_reason(desk: Desk, new_page: NewPage) -> None:
    desk.customer("919000050006", "Wrong Number").say("2 potli bag bhej do")
    page = new_page()
    open_chat(page, "Wrong Number")
    page.get_by_role("button", name="Reject").click()
    page.get_by_role("button", name="The same order twice").click()
    expect(page.get_by_role("region", name=re.compile("^Order"))).to_contain_text("Rejected")


def _look(words: Locator) -> str:
    color: str = words.evaluate("it => getComputedStyle(it).backgroundColor")
    return color


def test_who_only_looks_is_offered_no_decision(desk: Desk, new_page: NewPage) -> None:
    desk.customer("919000050090", "Looked At").say("1 black leggings M please")
    page = new_page(person="viewer")
    page.goto("/#/inbox")
    open_chat(page, "Looked At")
    order = page.get_by_role("region", name=re.compile("^Order"))
    expect(order).to_contain_text("Leggings")
    expect(order.get_by_role("button", name=re.compile("^(Confirm|Reject|One more|Add)"))).to_have_count(0)
    expect(page.get_by_text("You may look at conversations.")).to_be_visible()
