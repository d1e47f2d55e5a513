"""The demo's data: its chats are what the engine reads exactly, and what Meta would send."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from api.conversation.models import Direction
from api.demo.story import Story
from api.demo.webhook import webhooks
from api.whatsapp.payload import ReceivedMessage, ReceivedStatus, parse
from engine import Catalog, Engine
from engine.order_json import order_to_json
from training.labelled_chat import Draft, LabelledChat, read_labelled
from training.score import score_chat

FOLDER = Path(__file__).parents[3] / "datasets" / "demo"
CHATS = read_labelled(FOLDER / "chats.jsonl")
NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(Catalog.from_csv(FOLDER / "catalog.csv"))


@pytest.mark.parametrize("labelled", CHATS, ids=lambda labelled: labelled.id)
def test_the_engine_drafts_what_a_careful_agent_would(engine: Engine, labelled: LabelledChat) -> None:
    predicted = Draft.from_json(order_to_json(engine.read(labelled.chat.messages)))
    score = score_chat(labelled, predicted)

    assert score.order_is_exact, predicted
    assert not score.wrong_fields, predicted.fields


def test_the_day_ends_now_and_keeps_its_order() -> None:
    story = Story.load()

    moments = story.moments(NOON)

    assert moments[-1].at == NOON
    assert [moment.at for moment in moments] == sorted(moment.at for moment in moments)
    assert NOON - moments[0].at < timedelta(hours=2)
    assert len(moments) == sum(len(chat.rows) for chat in story.chats)


def test_chats_are_interleaved() -> None:
    chats = [moment.chat.id for moment in Story.load().moments(NOON)]

    assert sum(one != other for one, other in pairwise(chats)) > len(chats) / 2


def test_every_webhook_is_understood_as_the_message_that_was_written() -> None:
    for moment in Story.load().moments(NOON):
        first, *others = [item for webhook in webhooks(moment) for item in parse(webhook)]

        assert isinstance(first, ReceivedMessage)
        assert first.person.wa_id == moment.chat.wa_id
        assert first.content.type == moment.row["type"]
        assert first.content.preview
        assert (first.direction is Direction.INBOUND) == (moment.row["from"] == "customer")
        assert all(isinstance(other, ReceivedStatus) and other.wamid == first.wamid for other in others)


def test_every_kind_of_message_is_shown() -> None:
    kinds = {moment.row["type"] for moment in Story.load().moments(NOON)}

    assert kinds >= {"text", "image", "order", "interactive", "location"}
