"""What the inbox's endpoints take and give."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.conversation.models import Direction, MessageStatus


class Participant(BaseModel):
    """The customer of a conversation."""

    model_config = ConfigDict(from_attributes=True)

    id: int = Field(examples=[5])
    name: str | None = Field(description="As the customer or an agent gave it.", examples=["Asha Rao"])
    profile_name: str | None = Field(description="As WhatsApp shows it.", examples=["Asha"])
    phone: str | None = Field(description="Null where the customer hides it.", examples=["+919000000001"])


class AssignedUser(BaseModel):
    """The agent who looks after a conversation."""

    id: int = Field(examples=[3])
    name: str = Field(examples=["Ravi"])


class DraftOut(BaseModel):
    """The draft order of a conversation, as a list shows it."""

    order_id: int = Field(examples=[17])
    number: int = Field(description="Counts within the business.", examples=[1042])
    stage: str | None = Field(
        description="What the latest reading makes of the chat; null where a person made the draft.", examples=["order"]
    )
    total_amount: int = Field(description="In minor units, of the lines that have a price.", examples=[99800])
    currency: str = Field(examples=["INR"])
    confidence: float | None = Field(
        description="The probability that nothing in the lines needs a change.", examples=[0.93]
    )
    line_count: int = Field(examples=[2])
    version: int = Field(examples=[4])


class ConversationOut(BaseModel):
    """A conversation as the inbox shows it."""

    id: int = Field(examples=[7])
    channel_id: int = Field(examples=[1])
    customer: Participant
    customer_phone: str | None = Field(examples=["+919000000001"])
    opted_out: bool = Field(description="Whether the customer wants no marketing messages.")
    last_message: str | None = Field(description="One line.", examples=["2 kg aata bhej dena"])
    last_message_direction: Direction | None = Field(description="Whose the last message is; null where there is none.")
    last_message_status: MessageStatus | None = Field(description="How far the last message has come: its ticks.")
    last_updated: datetime = Field(description="When the last message was written.")
    unread_count: int = Field(examples=[2])
    needs_answer: bool = Field(description="Whether the last word is the customer's.")
    unanswered_since: datetime | None = Field(
        description="When she wrote the first message that nobody of the shop has answered; null where none waits."
    )
    assigned_user_id: int | None = Field(description="The agent who looks after it.", examples=[3])
    assigned_user: AssignedUser | None
    draft: DraftOut | None = Field(description="Its draft order, null where it has none.")
    window_closes_at: datetime | None = Field(
        description="Until when anything may be written; after that, and where null, only templates."
    )
    reading_is_due: bool = Field(description="Whether there are messages that the engine has not read yet.")
    reading_error: str | None = Field(description="Why the engine could not read it.", examples=[None])
    created_at: datetime


class ConversationCounts(BaseModel):
    """How many conversations each filter of the inbox shows."""

    all: int = Field(examples=[812])
    mine: int = Field(description="Those that you look after.", examples=[40])
    unassigned: int = Field(examples=[300])
    unread: int = Field(description="Those with unread messages.", examples=[25])
    has_draft: int = Field(examples=[18])
    needs_answer: int = Field(examples=[21])


class ConversationChange(BaseModel):
    """What to change; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    assigned_user_id: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = Field(
        default=None, description="The agent to look after it; null for nobody.", examples=[3]
    )
    needs_answer: bool | None = Field(
        default=None,
        description="False where the customer's last word needs no answer; true to come back to it.",
        examples=[False],
    )

    @model_validator(mode="after")
    def refuse_null(self) -> Self:
        """Raise ValueError where `needs_answer` is given as null."""
        if "needs_answer" in self.model_fields_set and self.needs_answer is None:
            raise ValueError("needs_answer is true or false; leave it out to keep it")
        return self
