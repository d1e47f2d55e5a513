"""A chat that is read again with each message that it gets comes to what it comes to when it is read but once."""

import pytest

from engine import Engine
from tests.golden import FOLDER, Conversation, catalog_of, conversations, engine_of, messages_of

CHATS = [one for one in conversations(FOLDER) if len(one.messages) > 4][::8]
ORDER = ["C: 2 blue anarkali M bhej do", "B: ok 899 each", "C: 2 nahi 3 kar do"]


@pytest.mark.parametrize("conversation", CHATS, ids=[one.id for one in CHATS])
def test_messages_that_came_before_are_read_as_if_for_the_first_time(conversation: Conversation) -> None:
    engine = Engine(catalog_of(conversation.shop))
    forgetful = Engine(catalog_of(conversation.shop), most_remembered=0)
    chat = conversation.messages
    for end in range(1, len(chat) + 1):
        assert engine.read(chat[:end]) == forgetful.read(chat[:end])


@pytest.mark.parametrize("words", ["C: 2 blue anarkali M bhej do", f"C: {'2 blue anarkali M bhej do ' * 60}"])
def test_what_is_read_of_a_long_message_is_forgotten(words: str) -> None:
    [message] = messages_of([words])
    engine = Engine(catalog_of("clothes"))
    assert (engine.follow([message])[0] is engine.follow([message])[0]) is (len(message.text) < 1000)


def test_word_changed_in_the_middle_changes_what_follows() -> None:
    engine = engine_of("clothes")
    assert _quantities(engine, ORDER) == [3]
    assert _quantities(engine, [*ORDER[:2], "C: 2 nahi 5 kar do"]) == [5]
    assert _quantities(engine, ["C: 4 blue anarkali M bhej do", *ORDER[1:2]]) == [4]


def _quantities(engine: Engine, written: list[str]) -> list[int]:
    return [int(line.quantity) for line in engine.read(list(messages_of(written))).lines]
