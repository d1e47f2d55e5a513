"""Edits, deletions and reactions: the chat and its draft say what the customer says now."""

from itertools import permutations
from typing import Any

import pytest

from api.conversation.models import Conversation, Message
from api.order.models import Order, OrderLine, OrderStatus
from tests.api.pipeline.conftest import Line
from tests.committed_shop import Shop
from tests.payloads import BINA, echo, echoes_of, message, messages_of


def edit_of(original: dict[str, Any], text: str, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """The customer's edit of a message that she wrote."""
    inner = {"type": "text", "text": {"body": text}}
    return message(type="edit", text=None, edit={"original_message_id": original["id"], "message": inner}) | changes


def revoke_of(original: dict[str, Any], **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """The customer's deletion of a message that she wrote."""
    return message(type="revoke", text=None, revoke={"original_message_id": original["id"]}) | changes


def said(line: Line) -> dict[str | None, str]:
    return {row.wamid: row.content for row in line.all(Message)}


def ordered(line: Line) -> list[tuple[str | None, int]]:
    return [(each.sku, int(each.quantity)) for each in line.all(OrderLine)]


def test_an_edited_message_says_the_new_words_and_its_draft_too(line: Line, shop: Shop) -> None:
    first = message("2 kg aata bhej do")
    line.deliver(messages_of(shop.number, first))
    assert ordered(line) == [("AATA-1KG", 2)]
    edit = edit_of(first, "5 kg aata bhej do")
    line.deliver(messages_of(shop.number, edit))
    original, change = line.all(Message)
    assert ordered(line) == [("AATA-1KG", 5)]
    assert (original.content, original.type) == ("5 kg aata bhej do", "text")
    assert original.edited_at == change.timestamp
    assert original.payload["text"]["body"] == "2 kg aata bhej do"
    assert (change.type, change.changes_message_id) == ("edit", original.id)
    (conversation,) = line.all(Conversation)
    assert (conversation.last_message, conversation.unread_count) == ("5 kg aata bhej do", 2)


def test_a_deleted_message_leaves_the_chat_and_the_draft(line: Line, shop: Shop) -> None:
    sugar, aata = message("1 kg sugar bhej do"), message("aur 2 kg aata")
    line.deliver(messages_of(shop.number, sugar, aata))
    assert len(ordered(line)) == 2
    line.deliver(messages_of(shop.number, revoke_of(aata)))
    assert ordered(line) == [("SUGAR-1KG", 1)]
    assert said(line)[aata["id"]] == ""
    (conversation,) = line.all(Conversation)
    assert (conversation.last_message, conversation.unread_count) == ("Deleted message", 2)


def test_where_all_is_deleted_the_draft_is_withdrawn(line: Line, shop: Shop) -> None:
    only = message("2 kg aata bhej do")
    line.deliver(messages_of(shop.number, only))
    line.deliver(messages_of(shop.number, revoke_of(only)))
    (order,) = line.all(Order)
    assert (order.status, order.withdrawn) == (OrderStatus.CANCELLED, True)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_whichever_comes_first_the_last_edit_counts(line: Line, shop: Shop, order: tuple[int, ...]) -> None:
    first = message("1 kg aata")
    sent = [first, edit_of(first, "2 kg aata"), edit_of(first, "3 kg aata")]
    for index in order:
        line.deliver(messages_of(shop.number, sent[index]))
    assert said(line)[first["id"]] == "3 kg aata"
    assert ordered(line) == [("AATA-1KG", 3)]
    assert line.all(Conversation)[0].last_message == "3 kg aata"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_whichever_comes_first_what_was_deleted_is_gone(line: Line, shop: Shop, order: tuple[int, ...]) -> None:
    first = message("1 kg aata")
    sent = [first, edit_of(first, "2 kg aata"), revoke_of(first)]
    for index in order:
        line.deliver(messages_of(shop.number, sent[index]))
    assert set(said(line).values()) == {""}
    assert [line for line in line.all(Order) if line.status is OrderStatus.DRAFT] == []


def test_an_edit_of_a_message_that_never_came_is_read_by_itself(line: Line, shop: Shop) -> None:
    line.deliver(messages_of(shop.number, edit_of({"id": "wamid.before"}, "2 kg aata bhej do")))
    assert ordered(line) == [("AATA-1KG", 2)]


def test_nobody_changes_what_somebody_else_wrote(line: Line, shop: Shop) -> None:
    hers, ours = message("2 kg aata bhej do"), echo("haan ji")
    line.deliver(messages_of(shop.number, hers), echoes_of(shop.number, ours))
    stranger = message(sender=BINA, type="revoke", revoke={"original_message_id": hers["id"]})
    line.deliver(messages_of(shop.number, stranger, revoke_of(ours)))
    assert (said(line)[hers["id"]], said(line)[ours["id"]]) == ("2 kg aata bhej do", "haan ji")


def test_an_edited_caption_keeps_its_photo(line: Line, shop: Shop) -> None:
    photo = message(type="image", image={"id": "9", "caption": "yeh wala", "mime_type": "image/jpeg"})
    inner = {"type": "image", "image": {"caption": "yeh wala 2 piece"}}
    edit = message(type="edit", edit={"original_message_id": photo["id"], "message": inner})
    line.deliver(messages_of(shop.number, photo, edit))
    row = line.all(Message)[0]
    assert (row.content, row.attributes["media_id"]) == ("yeh wala 2 piece", "9")


def test_what_the_shop_deletes_on_its_phone_is_deleted(line: Line, shop: Shop) -> None:
    ours = echo("galat")
    gone = echo("") | {"type": "revoke", "revoke": {"original_message_id": ours["id"]}}
    line.deliver(echoes_of(shop.number, ours), echoes_of(shop.number, gone))
    assert said(line)[ours["id"]] == ""


def test_a_reaction_asks_for_no_look(line: Line, shop: Shop) -> None:
    first = message("2 kg aata bhej do")
    thumb = message(type="reaction", reaction={"message_id": first["id"], "emoji": "👍"})
    back = message(type="reaction", reaction={"message_id": first["id"]})
    line.deliver(messages_of(shop.number, first, thumb))
    line.deliver(messages_of(shop.number, back))
    assert line.all(Conversation)[0].unread_count == 1
    assert ordered(line) == [("AATA-1KG", 2)]
