"""Who comes to the page logs in, and stays so."""

import re

from playwright.sync_api import expect

from tests.page.conftest import NewPage
from tests.processes.service import EMAIL, PASSWORD


def test_a_person_logs_in_with_the_keyboard_and_gets_where_she_wanted_to(new_page: NewPage) -> None:
    page = new_page(logged_in=False)
    page.goto("/#/orders")
    page.get_by_role("textbox", name="Email").fill(EMAIL)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#/orders"))
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    page.reload()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()


def test_a_wrong_password_is_told_and_nothing_typed_is_lost(new_page: NewPage) -> None:
    page = new_page(logged_in=False)
    page.goto("/")
    page.get_by_role("textbox", name="Email").fill(EMAIL)
    page.get_by_role("textbox", name="Password").fill("not this")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_contain_text("Email or password is wrong")
    expect(page.get_by_role("textbox", name="Email")).to_have_value(EMAIL)


def test_who_logs_out_sees_nothing_any_more(new_page: NewPage) -> None:
    page = new_page(person="leaver")
    page.goto("/#/orders")
    page.get_by_role("button", name="Account and appearance").click()
    page.get_by_role("menuitem", name="Log out").click()
    expect(page.get_by_role("textbox", name="Email")).to_be_visible()
    page.goto("/#/orders")
    expect(page.get_by_role("textbox", name="Email")).to_be_visible()


def test_the_page_speaks_hindi_to_who_chooses_it(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/#/orders")
    page.get_by_role("button", name="Account and appearance").click()
    page.get_by_role("menuitem", name="हिन्दी").click()
    expect(page.get_by_role("link", name="ऑर्डर")).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="ऑर्डर")).to_be_visible()
