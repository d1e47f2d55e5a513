"""Messages to customers over HTTP: send, send again, mark as read, show that somebody writes."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from sqlalchemy.orm import Session

from api.broker import Hinting
from api.conversation import repository as conversations
from api.conversation.endpoints import conversation_or_404
from api.conversation.models import Message
from api.conversation.schemas import MessageOut
from api.database import DatabaseSession, after_commit
from api.idempotency.service import RunOnce
from api.identity.current_user import SignedIn
from api.media import repository as media
from api.sending import receipt, service
from api.sending.recipient import conversation_of
from api.sending.schemas import ReadReceipt, SendRequest, Told

router = APIRouter(tags=["messages"])

RowId = Annotated[int, Path(ge=1, le=2**63 - 1)]


def hints_of(request: Request) -> Hinting:
    """What tells the workers that there is something to send."""
    hints: Hinting = request.app.state.hints
    return hints


WorkerHints = Annotated[Hinting, Depends(hints_of)]


@router.post("/messages/send", response_model=MessageOut, status_code=HTTPStatus.ACCEPTED)
def send_message(
    wish: SendRequest, user: SignedIn, session: DatabaseSession, once: RunOnce, hints: WorkerHints
) -> Response:
    """Send a message to a customer. It is checked, stored as `queued`, shown, and sent in its conversation's order.

    `content` is what Meta's Cloud API takes under the type's name; docs/sending.md has an example of each. What
    WhatsApp would refuse is a 422 that names field, limit and length. 409 where the customer's 24-hour window is
    closed and it is no template, where she wants no marketing, and where the number cannot send.
    """

    def send() -> MessageOut:
        conversation = conversation_of(session, user.business_id, wish.whom)
        row = service.queue(session, hints, conversation, wish, sent_by=user.id, reply_to_id=wish.reply_to_id)
        return _shown(session, row)

    return once.answer(session, user.business_id, send, status=HTTPStatus.ACCEPTED)


@router.post("/messages/{message_id}/retry", response_model=MessageOut, status_code=HTTPStatus.ACCEPTED)
def retry_message(
    message_id: RowId, user: SignedIn, session: DatabaseSession, once: RunOnce, hints: WorkerHints
) -> Response:
    """Send a `failed` or an `unknown` message again, as a new one. Of an unknown one the customer may get two."""

    def retry() -> MessageOut:
        return _shown(session, service.queue_again(session, hints, user.business_id, message_id, sent_by=user.id))

    return once.answer(session, user.business_id, retry, status=HTTPStatus.ACCEPTED)


@router.get("/messages/{message_id}")
def get_message(message_id: RowId, user: SignedIn, session: DatabaseSession) -> MessageOut:
    """One message: how far it has come, and what is wrong where it failed."""
    return _shown(session, service.message_or_404(session, user.business_id, message_id))


@router.post("/messages/{message_id}/read", status_code=HTTPStatus.ACCEPTED)
def mark_message_read(
    message_id: RowId,
    user: SignedIn,
    session: DatabaseSession,
    hints: WorkerHints,
    given: ReadReceipt | None = None,
) -> Told:
    """Show the customer blue ticks on her message and all before it; with `typing`, also that somebody writes."""
    message = receipt.inbound_message(session, user.business_id, message_id)
    task = receipt.SHOW_TYPING if given is not None and given.typing else receipt.MARK_READ
    after_commit(session, lambda: hints.send(task, message.id))
    return Told(message_id=message.id)


@router.post("/conversations/{conversation_id}/typing", status_code=HTTPStatus.ACCEPTED)
def show_typing(conversation_id: RowId, user: SignedIn, session: DatabaseSession, hints: WorkerHints) -> Told:
    """Show the customer that somebody writes, for 25 seconds or until a message; marks her messages as read."""
    conversation = conversation_or_404(session, user.business_id, conversation_id)
    message = receipt.last_inbound(session, conversation)
    after_commit(session, lambda: hints.send(receipt.SHOW_TYPING, message.id))
    return Told(message_id=message.id)


def _shown(session: Session, row: Message) -> MessageOut:
    quoted = [row.reply_to_wamid] if row.reply_to_wamid else []
    files = media.by_ids(session, row.business_id, [row.media_id])
    return MessageOut.of(row, conversations.ids_of_wamids(session, row.channel_id, quoted), files)
