"""What the readings' endpoints give."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from api.reading.models import Reading


class EvidenceOut(BaseModel):
    """Where it was said: characters `start` to `end` of a message's content; both 0 for the whole message."""

    message_id: int = Field(examples=[31])
    start: int = Field(examples=[0])
    end: int = Field(examples=[9])
    text: str = Field(examples=["2 kg aata"])


class CandidateOut(BaseModel):
    """Something that a line may mean; `sku` is null where only the product is known."""

    item_group_id: str
    sku: str | None
    title: str
    score: float = Field(description="Orders candidates; it is no probability.")


class ReadLine(BaseModel):
    """One thing that the customer wants: a SKU, a product with open options, candidates, or only words."""

    quantity: str = Field(description="A decimal number.", examples=["2"])
    confidence: float = Field(description="A probability.", examples=[0.93])
    sku: str | None = Field(examples=["AATA-1KG"])
    item_group_id: str | None
    options: dict[str, str]
    missing: list[str] = Field(description="Options that the customer has to choose.", examples=[["size"]])
    text: str = Field(description="The customer's words.")
    candidates: list[CandidateOut]
    evidence: list[EvidenceOut]
    reasons: list[str]


class ReadDetails(BaseModel):
    """What the customer said about the delivery; `evidence` says of each field where."""

    name: str | None
    phone: str | None
    address: str | None
    address_parts: dict[str, str]
    pincode: str | None
    city: str | None
    payment: str | None
    deliver_on: str | None
    evidence: dict[str, list[EvidenceOut]]


class QuestionOut(BaseModel):
    """Something to ask the customer next; `line` counts the reading's lines from 0."""

    kind: str = Field(examples=["variant"])
    text: str = Field(examples=["Which size for the blue anarkali?"])
    line: int | None
    option: str | None
    choices: list[str]


class IntentOut(BaseModel):
    """The main purpose of one customer message."""

    message_id: int
    intent: str = Field(examples=["purchase"])
    probability: float


class DraftOut(BaseModel):
    """What the engine made of the conversation."""

    stage: str = Field(description="`none`, `order` or `cancelled`.", examples=["order"])
    lines: list[ReadLine]
    details: ReadDetails
    confidence: float = Field(description="How probable it is that nobody would change the lines.")
    questions: list[QuestionOut]
    intents: list[IntentOut]


class ReadingOut(BaseModel):
    """The latest reading of a conversation."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    conversation_id: int
    last_message_id: int = Field(description="The last message that had been read.")
    engine_version: str
    duration_ms: float
    created_at: datetime
    draft: DraftOut

    @classmethod
    def of(cls, row: Reading) -> "ReadingOut":
        """A row as it is shown."""
        return cls.model_validate(row)
