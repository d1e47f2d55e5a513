"""Which side is the shop, whose chat it is, and where one order's talk ends."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.chat_file import Chat, ChatFileError
from engine.chat_file.export import ExportedMessage
from engine.chat_file.sides import chats_of
from engine.conversation import MessageKind

START = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


def said(*turns: tuple[str, str], after: timedelta = timedelta(minutes=1)) -> list[ExportedMessage]:
    return [
        ExportedMessage(sender, START + number * after, MessageKind.TEXT, text)
        for number, (sender, text) in enumerate(turns)
    ]


def lines(chat: Chat) -> list[str]:
    return [f"{message.sender}: {message.text}" for message in chat.messages]


TWO = said(("Asha Rao", "2 kg atta"), ("Sharma Store", "ok ji"))


@pytest.mark.parametrize("me", ["Sharma Store", "sharma store", " Sharma\u00a0Store"])
def test_the_shop_is_who_is_said_to_be_me(me: str) -> None:
    (chat,) = chats_of(TWO, "chat.txt", "chat", me=me)

    assert lines(chat) == ["customer: 2 kg atta", "business: ok ji"]
    assert (chat.id, chat.customer, [message.id for message in chat.messages]) == ("chat", "Asha Rao", ["m1", "m2"])


@pytest.mark.parametrize(
    "stem", ["WhatsApp Chat with Asha Rao", "WhatsApp Chat - Asha Rao(1)", "Asha Rao के साथ WhatsApp चैट"]
)
def test_a_file_that_is_named_after_one_side_tells_the_other(stem: str) -> None:
    (chat,) = chats_of(TWO, f"{stem}.txt", stem)

    assert lines(chat) == ["customer: 2 kg atta", "business: ok ji"]


def test_two_unknown_sides_are_asked_for_by_name() -> None:
    with pytest.raises(ChatFileError, match=r"chat\.txt: which side.*--me.*'Asha Rao', 'Sharma Store'"):
        chats_of(TWO, "chat.txt", "chat")


def test_a_shop_that_nobody_is_called_is_told_with_the_names_there_are() -> None:
    with pytest.raises(ChatFileError, match=r"nobody here is called 'Sharma'.*'Asha Rao', 'Sharma Store'"):
        chats_of(TWO, "chat.txt", "chat", me="Sharma")


def test_a_shop_that_has_not_answered_yet_needs_no_message() -> None:
    (chat,) = chats_of(TWO[:1], "chat.txt", "chat", me="Sharma Store")

    assert lines(chat) == ["customer: 2 kg atta"]


def test_each_customer_of_a_group_has_a_chat_with_the_shops_answers_to_her() -> None:
    group = said(
        ("Farm", "today: mango 200, papaya 60"),
        ("Asha", "2 mango"),
        ("Farm", "ok Asha"),
        ("Bela", "1 papaya"),
        ("Farm", "done"),
        ("Farm", "@Asha when to bring?"),
        ("Asha", "5 pm"),
    )

    asha, bela = chats_of(group, "group.txt", "group", me="Farm")

    assert (asha.id, bela.id) == ("group / Asha", "group / Bela")
    assert [message.text for message in asha.messages] == [
        "today: mango 200, papaya 60",
        "2 mango",
        "ok Asha",
        "@Asha when to bring?",
        "5 pm",
    ]
    assert [message.text for message in bela.messages] == ["today: mango 200, papaya 60", "1 papaya", "done"]


def test_a_long_silence_begins_another_chat() -> None:
    turns = said(("Asha Rao", "2 kg atta"), ("Asha Rao", "1 kg chini"), after=timedelta(days=3))

    chats = chats_of(turns, "chat.txt", "chat", me="Store")

    assert [chat.id for chat in chats] == ["chat 2026-03-12", "chat 2026-03-15"]
    assert [chat.messages[0].id for chat in chats] == ["m1", "m1"]


def test_a_file_can_be_kept_whole() -> None:
    turns = said(("Asha Rao", "2 kg atta"), ("Asha Rao", "1 kg chini"), after=timedelta(days=300))

    (chat,) = chats_of(turns, "chat.txt", "chat", me="Store", quiet=None)

    assert len(chat.messages) == 2


def test_two_chats_that_begin_on_one_day_have_different_names() -> None:
    turns = said(("Asha Rao", "2 kg atta"), ("Asha Rao", "1 kg chini"), after=timedelta(hours=3))

    chats = chats_of(turns, "chat.txt", "chat", me="Store", quiet=timedelta(hours=1))

    assert len({chat.id for chat in chats}) == 2
