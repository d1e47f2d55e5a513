"""A conversation's messages, from any place on."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from api.conversation.models import Conversation
from api.identity.models import Channel
from tests.api.conversation.test_endpoints import NOW, make_conversation, make_message


@pytest.fixture
def chat(session: Session, channel: Channel) -> Conversation:
    """Twenty messages, two in each second."""
    conversation = make_conversation(session, channel, "Asha")
    for number in range(20):
        at = NOW + timedelta(seconds=number // 2)
        make_message(session, conversation, f"m{number} word", timestamp=at, sequence=number)
    return conversation


def page(client: TestClient, chat: Conversation, query: str) -> dict[str, Any]:
    answer = client.get(f"/conversations/{chat.id}/messages?{query}")
    assert answer.status_code == HTTPStatus.OK, answer.text
    found: dict[str, Any] = answer.json()
    return found


def texts(found: dict[str, Any]) -> list[int]:
    return [int(item["content"].split()[0][1:]) for item in found["items"]]


def test_a_page_around_a_message_goes_on_both_ways(client: TestClient, chat: Conversation) -> None:
    everything = page(client, chat, "limit=200")
    wanted = everything["items"][9]["id"]
    here = page(client, chat, f"around={wanted}&limit=6")
    assert texts(here) == [13, 12, 11, 10, 9, 8]
    seen, newer = texts(here), here["newer"]
    while newer:
        found = page(client, chat, f"direction=newer&limit=3&cursor={newer}")
        seen, newer = texts(found) + seen, found["newer"]
    older = here["next"]
    while older:
        found = page(client, chat, f"limit=3&cursor={older}")
        seen, older = seen + texts(found), found["next"]
    assert seen == texts(everything) == list(range(19, -1, -1))


@pytest.mark.parametrize("place", [0, 19])
def test_around_the_first_and_the_last_there_is_one_way(client: TestClient, chat: Conversation, place: int) -> None:
    message = page(client, chat, "limit=200")["items"][place]
    found = page(client, chat, f"around={message['id']}&limit=4")
    assert message in found["items"]
    assert (found["newer"] is None, found["next"] is None) == (place == 0, place == 19)


def test_the_newest_page_has_nothing_newer(client: TestClient, chat: Conversation) -> None:
    assert page(client, chat, "limit=3")["newer"] is None


def test_around_another_chats_message_is_nothing(
    client: TestClient, session: Session, channel: Channel, chat: Conversation
) -> None:
    other = make_message(session, make_conversation(session, channel, "Bina"), "hello")
    answer = client.get(f"/conversations/{chat.id}/messages?around={other.id}")
    assert answer.status_code == HTTPStatus.NOT_FOUND


def test_messages_are_searched_within_one_chat(
    client: TestClient, session: Session, channel: Channel, chat: Conversation
) -> None:
    make_message(session, make_conversation(session, channel, "Bina"), "m7 word")
    assert texts(page(client, chat, "q=m7")) == [7]
    first = page(client, chat, "q=wor&limit=15")
    assert texts(first) + texts(page(client, chat, f"q=wor&cursor={first['next']}")) == list(range(19, -1, -1))
