"""Tickets: what a page of another place opens its WebSocket with, where it cannot send a header."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from api.identity.current_user import CurrentUser
from api.identity.token import new_token, token_hash
from api.websocket.models import WebSocketTicket

LIFETIME = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket that has just been made. `text` is known only here."""

    text: str
    expires_at: datetime


def issue(session: Session, user: CurrentUser) -> Ticket:
    """A ticket that opens one WebSocket of the user's login."""
    text, expires = new_token(), datetime.now(UTC) + LIFETIME
    session.add(
        WebSocketTicket(
            business_id=user.business_id,
            session_id=user.session_id,
            ticket_hash=token_hash(text),
            expires_at=expires,
        )
    )
    return Ticket(text, expires)


def redeem(session: Session, text: str) -> int | None:
    """The id of the login that the ticket is of; None where it is none, or was used, or is too old."""
    return session.scalar(
        delete(WebSocketTicket)
        .where(WebSocketTicket.ticket_hash == token_hash(text), WebSocketTicket.expires_at > datetime.now(UTC))
        .returning(WebSocketTicket.session_id)
    )


def forget_old(session: Session) -> None:
    """Forget tickets that nobody used in time."""
    session.execute(
        delete(WebSocketTicket).where(WebSocketTicket.expires_at < datetime.now(UTC)),
        execution_options={"synchronize_session": False},
    )
