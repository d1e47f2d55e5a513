"""Blue ticks and "typing …" are told to Meta once, or not at all."""

from datetime import UTC, datetime

import pytest

from api.conversation.models import Direction, Message, MessageStatus
from api.encryption import Vault
from api.identity.models import Channel
from api.sending.receipt import Receipts
from tests.graph_server import VERSION, refusal
from tests.post_office import KEYS, TOKEN, PostOffice


def written(office: PostOffice) -> int:
    """Something that the customer wrote; return its id."""
    with office.database.transaction() as session:
        row = Message(
            business_id=office.business.id,
            channel_id=office.channel.id,
            conversation_id=office.conversation.id,
            wamid="wamid.asked",
            direction=Direction.INBOUND,
            type="text",
            status=MessageStatus.RECEIVED,
            timestamp=datetime.now(UTC),
        )
        session.add(row)
        session.flush()
        return row.id


@pytest.fixture
def receipts(office: PostOffice) -> Receipts:
    return Receipts(office.database, office.graph, Vault(KEYS))


def test_a_message_is_marked_as_read(office: PostOffice, receipts: Receipts) -> None:
    receipts.mark_read(written(office))

    (asked,) = office.server.asked
    assert (asked.token, asked.path) == (TOKEN, f"/{VERSION}/{office.channel.phone_number_id}/messages")
    assert asked.body == {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.asked"}


def test_typing_is_shown_below_a_message(office: PostOffice, receipts: Receipts) -> None:
    receipts.show_typing(written(office))

    assert office.server.asked[0].body["typing_indicator"] == {"type": "text"}


def test_what_meta_refuses_is_forgotten(office: PostOffice, receipts: Receipts) -> None:
    office.server.answer = lambda _asked: refusal(131009)

    receipts.mark_read(written(office))

    assert len(office.server.asked) == 1


def test_a_number_without_a_token_tells_meta_nothing(office: PostOffice, receipts: Receipts) -> None:
    message_id = written(office)
    with office.database.transaction() as session:
        session.get_one(Channel, office.channel.id).access_token_encrypted = None

    receipts.mark_read(message_id)
    receipts.show_typing(message_id + 1000)

    assert office.server.asked == []
