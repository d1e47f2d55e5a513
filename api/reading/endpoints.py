"""What the engine made of a conversation, for agents."""

from fastapi import APIRouter

from api.conversation.endpoints import ConversationId, conversation_or_404
from api.database import DatabaseSession
from api.identity.current_user import SignedIn
from api.problem import NotFound
from api.reading import repository
from api.reading.schemas import ReadingOut

router = APIRouter(prefix="/conversations", tags=["conversations"])


@router.get("/{conversation_id}/reading")
def get_reading(conversation_id: ConversationId, user: SignedIn, session: DatabaseSession) -> ReadingOut:
    """The latest reading: the draft with its evidence, each message's intent, and what to ask next."""
    conversation = conversation_or_404(session, user.business_id, conversation_id)
    reading = repository.current(session, user.business_id, conversation.id)
    if reading is None:
        raise NotFound(f"conversation {conversation_id} has not been read yet")
    return ReadingOut.of(reading)
