"""Reading and answering a customer: the thread and the reply box."""

import io
import re

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from api.simulator.chat import Entry
from tests.page.conftest import NewPage
from tests.page.desk import Desk, open_chat, ticks_of

LONG_AGO = 60  # messages: more than a page of them


def test_what_is_typed_is_shown_at_once_and_reaches_the_customer_once(desk: Desk, new_page: NewPage) -> None:
    desk.customer("919000070001", "Uma").say("are you open today?")
    page = new_page()
    open_chat(page, "Uma")
    _write(page, "Yes, till nine")
    expect(ticks_of(page, "Yes, till nine", "Read")).to_be_visible()
    expect(_messages(page, "Yes, till nine")).to_have_count(1)
    assert [entry.content for entry in _told(desk, "919000070001")] == [{"body": "Yes, till nine"}]


def test_what_could_not_be_sent_stays_with_its_reason_and_is_sent_once(desk: Desk, new_page: NewPage) -> None:
    desk.customer("919000070002", "Veena").say("hello?")
    page = new_page()
    open_chat(page, "Veena")
    page.context.set_offline(True)
    _write(page, "We are here")
    refused = _messages(page, "We are here")
    expect(refused).to_contain_text("The service cannot be reached")
    page.context.set_offline(False)
    refused.get_by_role("button", name="Try again").click()
    expect(ticks_of(page, "We are here", "Read")).to_be_visible()
    assert len(_told(desk, "919000070002")) == 1


def test_a_saved_reply_is_picked_behind_a_slash_and_filled_in(desk: Desk, new_page: NewPage) -> None:
    desk.service.post("/saved-replies", {"shortcut": "thx", "title": "Thanks", "text": "Thank you, {name}!"})
    desk.customer("919000070003", "Wahida").say("received the parcel")
    page = new_page()
    open_chat(page, "Wahida")
    box = page.get_by_role("textbox", name="Reply to the customer")
    box.press_sequentially("/th")
    expect(page.get_by_role("option", name="Thanks")).to_be_visible()
    box.press("Enter")
    expect(box).to_have_value("Thank you, Wahida!")


def test_a_pasted_picture_goes_out_with_its_words(desk: Desk, new_page: NewPage) -> None:
    desk.customer("919000070004", "Xavier").say("do you have a photo?")
    page = new_page()
    open_chat(page, "Xavier")
    page.locator("input[type=file]").set_input_files(
        {"name": "saree.webp", "mimeType": "image/webp", "buffer": _picture("WEBP")}
    )
    expect(page.get_by_role("list", name="Files to be sent")).to_contain_text("saree.jpg")
    _write(page, "This one")
    expect(ticks_of(page, "This one", "Read")).to_be_visible()
    (sent,) = _told(desk, "919000070004")
    assert (sent.type, sent.content["caption"]) == ("image", "This one")


def test_a_note_stands_in_the_thread_and_no_customer_sees_it(desk: Desk, new_page: NewPage) -> None:
    desk.customer("919000070005", "Yasmin").say("please wrap it as a gift")
    page = new_page()
    open_chat(page, "Yasmin")
    page.keyboard.press("n")
    note = page.get_by_role("textbox", name="Note for your colleagues")
    expect(note).to_be_focused()
    note.fill("Gift wrap costs 20")
    note.press("Enter")
    expect(page.get_by_role("article", name=re.compile("^Note by"))).to_contain_text("Gift wrap costs 20")
    assert not _told(desk, "919000070005")


def test_older_messages_come_without_moving_what_is_read(desk: Desk, new_page: NewPage) -> None:
    zoya = desk.customer("919000070006", "Zoya")
    for number in range(LONG_AGO):
        zoya.say(f"thought {number}.")
        desk.whatsapp.wait_until_delivered()
    page = new_page()
    open_chat(page, "Zoya")
    thread = page.get_by_role("region", name="Messages")
    expect(thread).to_contain_text(f"thought {LONG_AGO - 1}.")
    thread.hover()
    for _ in range(40):
        if _messages(page, "thought 0.").count():
            break
        page.mouse.wheel(0, -300)
        page.wait_for_timeout(100)
    expect(_messages(page, "thought 0.")).to_be_visible()
    zoya.say("a new thought")
    seen = _messages(page, "thought 3.").bounding_box()
    expect(page.get_by_role("button", name="1 new message")).to_be_visible()
    assert _messages(page, "thought 3.").bounding_box() == seen
    page.get_by_role("button", name="1 new message").click()
    expect(_messages(page, "a new thought")).to_be_in_viewport()


def test_only_a_template_is_offered_where_the_customer_has_not_written(desk: Desk, new_page: NewPage) -> None:
    template = {"name": "hello_world", "language": {"code": "en_US"}}
    desk.service.post("/messages/send", {"to": "+919000070007", "type": "template", "content": template})
    page = new_page()
    page.goto("/#/inbox")
    page.get_by_role("link", name=re.compile("919000070007")).click()
    expect(page.get_by_role("button", name="Choose a template")).to_be_visible()
    expect(page.get_by_role("textbox", name="Reply to the customer")).to_have_count(0)


def _write(page: Page, words: str) -> None:
    box = page.get_by_role("textbox", name="Reply to the customer")
    box.fill(words)
    box.press("Enter")


def _messages(page: Page, words: str) -> Locator:
    return page.get_by_role("article").filter(has_text=words)


def _told(desk: Desk, wa_id: str) -> list[Entry]:
    """What the shop sent to a customer."""
    return [entry for entry in desk.whatsapp.entries(wa_id) if not entry.is_customers]


def _picture(form: str) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (64, 48), "maroon").save(held, form)
    return held.getvalue()
