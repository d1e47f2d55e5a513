"""What to ask the customer next, over HTTP."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.conversation.endpoints import ConversationId, conversation_or_404
from api.database import DatabaseSession
from api.identity.current_user import SignedIn
from api.order.reply import replies
from api.order.schemas import QuestionOut

router = APIRouter(prefix="/conversations", tags=["conversations"])


class SuggestedReply(BaseModel):
    """A question of the conversation's draft, and messages that ask it."""

    order_id: int = Field(description="The draft that it is about.", examples=[17])
    question: QuestionOut
    messages: list[dict[str, Any]] = Field(
        description="Ready for `POST /messages/send`, the most convenient for the customer first, the last in words.",
        examples=[[{"conversation_id": 7, "type": "text", "content": {"body": "Which size? S, M, L"}}]],
    )


class SuggestedReplies(BaseModel):
    """What to ask next."""

    items: list[SuggestedReply]


@router.get("/{conversation_id}/suggested-replies")
def list_suggested_replies(
    conversation_id: ConversationId, user: SignedIn, session: DatabaseSession
) -> SuggestedReplies:
    """The engine's questions as messages that are ready to be sent: with buttons, a list or a form where that fits."""
    conversation = conversation_or_404(session, user.business_id, conversation_id)
    found = replies(session, conversation)
    return SuggestedReplies(
        items=[
            SuggestedReply(order_id=each.order_id, question=each.question, messages=[dict(m) for m in each.messages])
            for each in found
        ]
    )
