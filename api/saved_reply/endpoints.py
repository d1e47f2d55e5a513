"""Saved replies over HTTP. All people of a business share them; agents write them, too."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.database import DatabaseSession
from api.identity.current_user import SignedIn
from api.pagination import Page, PageQuery, fetch_page
from api.saved_reply import service
from api.saved_reply.models import SavedReply
from api.saved_reply.schemas import SavedReplyChange, SavedReplyIn, SavedReplyOut

router = APIRouter(prefix="/saved-replies", tags=["saved replies"])

SavedReplyId = Annotated[int, Path(ge=1, le=2**63 - 1)]


@router.get("")
def list_saved_replies(
    user: SignedIn,
    session: DatabaseSession,
    page: PageQuery,
    q: Annotated[str, Query(max_length=200, description="How its shortcut begins, or what it says.")] = "",
) -> Page[SavedReplyOut]:
    """Your business's saved replies, those first that are used most."""
    query = service.replies(user.business_id, search=q)
    rows = fetch_page(session, query, page, by=[SavedReply.used_count, SavedReply.id])
    return Page(items=[SavedReplyOut.model_validate(row) for row in rows.items], next=rows.next)


@router.post("", status_code=201)
def add_saved_reply(given: SavedReplyIn, user: SignedIn, session: DatabaseSession) -> SavedReplyOut:
    """Keep a reply."""
    return SavedReplyOut.model_validate(service.add(session, user, given.model_dump()))


@router.patch("/{saved_reply_id}")
def change_saved_reply(
    saved_reply_id: SavedReplyId, given: SavedReplyChange, user: SignedIn, session: DatabaseSession
) -> SavedReplyOut:
    """Change a saved reply."""
    changed = service.change(session, user, saved_reply_id, given.model_dump(exclude_unset=True))
    return SavedReplyOut.model_validate(changed)


@router.delete("/{saved_reply_id}", status_code=204)
def remove_saved_reply(saved_reply_id: SavedReplyId, user: SignedIn, session: DatabaseSession) -> None:
    """Take a saved reply away."""
    service.remove(session, user, saved_reply_id)


@router.post("/{saved_reply_id}/use", status_code=204)
def count_saved_reply(saved_reply_id: SavedReplyId, user: SignedIn, session: DatabaseSession) -> None:
    """Say that you picked it: what is used most is listed first."""
    service.count_use(session, user.business_id, saved_reply_id)
