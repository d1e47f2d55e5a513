"""A customer who came by an advertisement may be written to for longer, once she was answered."""

from datetime import UTC, datetime, timedelta
from itertools import count

from api.conversation.models import Conversation, Direction, Message, MessageStatus
from tests.post_office import PostOffice


def test_an_answered_click_on_an_advertisement_opens_the_window_for_72_hours(office: PostOffice) -> None:
    hear_by_advertisement(office, datetime.now(UTC) - timedelta(hours=23))
    office.put()
    before = window(office)

    office.send()

    assert before is None
    opened = window(office)
    assert opened is not None
    assert timedelta(hours=71) < opened - datetime.now(UTC) <= timedelta(hours=72)
    office.hear(datetime.now(UTC) - timedelta(hours=50))
    office.put("still open")


def test_an_advertisement_that_was_answered_too_late_opens_nothing(office: PostOffice) -> None:
    hear_by_advertisement(office, datetime.now(UTC) - timedelta(hours=25))
    office.put()

    office.send()

    assert window(office) is None


def test_the_free_entry_window_does_not_begin_anew_with_each_answer(office: PostOffice) -> None:
    hear_by_advertisement(office, datetime.now(UTC) - timedelta(hours=1))
    office.put()
    office.send()
    opened = window(office)
    office.put()
    office.send()

    assert window(office) == opened


def window(office: PostOffice) -> datetime | None:
    with office.database.transaction() as session:
        return session.get_one(Conversation, office.conversation.id, populate_existing=True).free_entry_until


_wamids = count(1)


def hear_by_advertisement(office: PostOffice, at: datetime) -> None:
    with office.database.transaction() as session:
        session.add(
            Message(
                business_id=office.business.id,
                channel_id=office.channel.id,
                conversation_id=office.conversation.id,
                wamid=f"wamid.ad{next(_wamids)}",
                direction=Direction.INBOUND,
                type="text",
                content="is it there?",
                payload={"referral": {"source_type": "ad"}},
                status=MessageStatus.RECEIVED,
                timestamp=at,
            )
        )
