"""All that webhooks leave in the database, without what may differ from one delivery to another."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.conversation.models import Conversation, Message, MessageStatusEvent
from api.customer.models import Customer, CustomerIdentity
from api.database import Database
from api.identity.models import Channel
from api.order.models import OrderPayment
from api.whatsapp.models import AccountEvent

# Ids of rows, and when and by which webhook each was made; orders of arrival.
_PASSING = {
    "id", "business_id", "created_at", "webhook_event_id", "sequence", "handled_at", "reading_requested_at",
    "reading_due_at", "reading_turn", "reading_attempts", "reading_error", "check_due_at", "templates_due_at",
    "media_id",
}  # fmt: skip


def snapshot(database: Database) -> dict[str, list[Any]]:
    """The rows of each table, in an order of their own; references to customers and messages by what they are."""
    with database.transaction() as session:
        people = {row.id: (row.wa_id, row.user_id) for row in session.scalars(select(Customer))}
        said = {row.id: row.wamid for row in session.scalars(select(Message))}
        tables = (
            Customer,
            CustomerIdentity,
            Conversation,
            Message,
            MessageStatusEvent,
            OrderPayment,
            AccountEvent,
            Channel,
        )
        return {table.__tablename__: _rows(session, table, people, said) for table in tables}


def _rows(session: Session, table: Any, people: dict[int, Any], said: dict[int, Any]) -> list[Any]:  # noqa: ANN401
    chats = {row.id: (row.channel_id, people[row.customer_id]) for row in session.scalars(select(Conversation))}
    read = {
        "customer_id": people.get,
        "conversation_id": chats.get,
        "changes_message_id": said.get,
        "perhaps_same_as": lambda ids: sorted(str(people[each]) for each in ids),
    }
    names = [column.key for column in table.__table__.columns if column.key not in _PASSING]
    rows = session.scalars(select(table)).all()
    return sorted(tuple((name, repr(read.get(name, _as_it_is)(getattr(row, name)))) for name in names) for row in rows)


def _as_it_is(value: Any) -> Any:  # noqa: ANN401 - any column's
    return value
