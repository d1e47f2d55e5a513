"""Several pages at once, and a page that lost its connection."""

import os
import re
import signal

from playwright.sync_api import expect

from tests.page.conftest import NewPage
from tests.page.desk import Desk, open_chat, row_of


def test_two_people_on_one_order_see_each_other_and_each_others_changes(desk: Desk, new_page: NewPage) -> None:
    desk.customer("919000060001", "Lata").say("2 black leggings L")
    mine, hers = new_page(), new_page(person="colleague")
    for page in (mine, hers):
        open_chat(page, "Lata")
        expect(page.get_by_role("listitem", name="Cotton Leggings")).to_be_visible()
    expect(mine.get_by_role("img", name="Bela is looking at this order")).to_be_visible()
    quantity = mine.get_by_role("textbox", name="Quantity of Cotton Leggings")
    quantity.fill("4")
    quantity.press("Enter")
    expect(hers.get_by_role("textbox", name="Quantity of Cotton Leggings")).to_have_value("4")


def test_what_one_types_outlives_what_the_other_saves(desk: Desk, new_page: NewPage) -> None:
    desk.customer("919000060002", "Mohan").say("2 black leggings L, mohan, 4 hill road mumbai 400050")
    mine, hers = new_page(), new_page(person="colleague")
    for page in (mine, hers):
        open_chat(page, "Mohan")
        expect(page.get_by_role("listitem", name="Cotton Leggings")).to_be_visible()
    mine.get_by_role("region", name="Delivery and payment").get_by_role("button", name=re.compile("Note$")).click()
    note = mine.get_by_role("textbox", name="Note", exact=True)
    note.fill("ring the bell twice")
    quantity = hers.get_by_role("textbox", name="Quantity of Cotton Leggings")
    quantity.fill("6")
    quantity.press("Enter")
    expect(mine.get_by_role("textbox", name="Quantity of Cotton Leggings")).to_have_value("6")
    expect(note).to_have_value("ring the bell twice")
    note.blur()
    expect(hers.get_by_role("button", name=re.compile("Note: ring the bell twice"))).to_be_visible()


def test_a_page_that_lost_the_service_says_so_and_catches_up(desk: Desk, new_page: NewPage) -> None:
    kiran = desk.customer("919000060003", "Kiran")
    kiran.say("hello")
    page = new_page()
    open_chat(page, "Kiran")
    page.get_by_role("textbox", name="Reply to the customer").fill("half an ans")
    os.kill(desk.service.pid_of("api-1"), signal.SIGKILL)  # the supervisor starts another
    kiran.say("are you there?")
    expect(page.get_by_text(re.compile("Connected again"))).to_be_visible(timeout=60_000)
    expect(page.get_by_role("region", name="Messages")).to_contain_text("are you there?")
    expect(page.get_by_role("textbox", name="Reply to the customer")).to_have_value("half an ans")
    expect(row_of(page, "Kiran")).to_contain_text("are you there?")
