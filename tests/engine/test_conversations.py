"""Every conversation of tests/conversations is read as it should be; those in `wanted` are not yet.

A conversation of `wanted` that starts to be read right fails its test: move it to the file of the same name above.
"""

import pytest

from tests.golden import FOLDER, WANTED, Conversation, conversations, messages_of

GOLDEN = conversations(FOLDER)
NOT_YET = conversations(WANTED)


@pytest.mark.parametrize("conversation", GOLDEN, ids=[one.id for one in GOLDEN])
def test_conversation_is_read_right(conversation: Conversation) -> None:
    assert conversation.read() == conversation.expected


@pytest.mark.xfail(raises=AssertionError, strict=True, reason="read wrongly today")
@pytest.mark.parametrize("conversation", NOT_YET, ids=[one.id for one in NOT_YET])
def test_conversation_is_to_be_read_right(conversation: Conversation) -> None:
    assert conversation.read() == conversation.expected


def test_no_two_conversations_have_one_name() -> None:
    ids = [one.id for one in (*GOLDEN, *NOT_YET)]
    assert len(ids) == len(set(ids))


def test_message_in_no_known_form_is_refused() -> None:
    with pytest.raises(ValueError, match="not a message: 'X: hello'"):
        list(messages_of(["X: hello"]))
