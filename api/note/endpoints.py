"""Notes of conversations and customers over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from api.conversation.endpoints import ConversationId, conversation_or_404
from api.customer import service as customers
from api.customer.endpoints import CustomerId
from api.database import DatabaseSession
from api.identity.current_user import SignedIn
from api.identity.models import User
from api.note import service
from api.note.models import Note
from api.note.schemas import NoteIn, NoteOut
from api.pagination import Page, PageQuery, PageRequest, fetch_page

router = APIRouter(tags=["notes"])

NoteId = Annotated[int, Path(ge=1, le=2**63 - 1)]


@router.get("/conversations/{conversation_id}/notes")
def list_conversation_notes(
    conversation_id: ConversationId, user: SignedIn, session: DatabaseSession, page: PageQuery
) -> Page[NoteOut]:
    """What your people noted beside a conversation, the newest first."""
    conversation_or_404(session, user.business_id, conversation_id)
    return _page(session, service.notes(user.business_id, conversation_id=conversation_id), page)


@router.post("/conversations/{conversation_id}/notes", status_code=201)
def add_conversation_note(
    conversation_id: ConversationId, given: NoteIn, user: SignedIn, session: DatabaseSession
) -> NoteOut:
    """Note something beside a conversation; it stands in the thread at its time."""
    conversation = conversation_or_404(session, user.business_id, conversation_id)
    made = service.add(session, user, given.text, customer_id=conversation.customer_id, conversation_id=conversation.id)
    return _shown(session, made)


@router.get("/customers/{customer_id}/notes")
def list_customer_notes(
    customer_id: CustomerId, user: SignedIn, session: DatabaseSession, page: PageQuery
) -> Page[NoteOut]:
    """All that your people noted about a customer, beside her conversations too, the newest first."""
    customers.customer(session, user.business_id, customer_id)
    return _page(session, service.notes(user.business_id, customer_id=customer_id), page)


@router.post("/customers/{customer_id}/notes", status_code=201)
def add_customer_note(customer_id: CustomerId, given: NoteIn, user: SignedIn, session: DatabaseSession) -> NoteOut:
    """Note something about a customer."""
    customers.customer(session, user.business_id, customer_id)
    return _shown(session, service.add(session, user, given.text, customer_id=customer_id, conversation_id=None))


@router.patch("/notes/{note_id}")
def change_note(note_id: NoteId, given: NoteIn, user: SignedIn, session: DatabaseSession) -> NoteOut:
    """Word a note anew. For its author and for admins."""
    return _shown(session, service.change(session, user, note_id, given.text))


@router.delete("/notes/{note_id}", status_code=204)
def remove_note(note_id: NoteId, user: SignedIn, session: DatabaseSession) -> None:
    """Take a note away. For its author and for admins."""
    service.remove(session, user, note_id)


def _page(session: Session, query: Select[Note], page: PageRequest) -> Page[NoteOut]:
    rows = fetch_page(session, query, page, by=[Note.id])
    ids = {row.author_id for row in rows.items}
    authors = {author.id: author for author in session.scalars(select(User).where(User.id.in_(ids)))}
    return Page(items=[NoteOut.of(row, authors[row.author_id]) for row in rows.items], next=rows.next)


def _shown(session: Session, note: Note) -> NoteOut:
    session.flush()
    return NoteOut.of(note, session.get_one(User, note.author_id))
