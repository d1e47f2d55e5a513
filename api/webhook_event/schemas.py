"""What the webhook events' endpoints give."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.webhook_event.models import EventState, WebhookEvent


class EventContents(BaseModel):
    """What was found in an event."""

    items: dict[str, int] = Field(default={}, description="How many of each.", examples=[{"message.text": 1}])
    problems: list[dict[str, str]] = Field(
        default=[], description="What could not be understood or done: where (`path`) and why (`reason`)."
    )


class WebhookEventSummary(BaseModel):
    """A webhook as a list shows it."""

    model_config = ConfigDict(from_attributes=True)

    id: int = Field(examples=[12])
    received_at: datetime
    state: EventState
    attempts: int = Field(examples=[1])
    error: str | None = Field(description="Why it was not handled.", examples=[None])
    handled_at: datetime | None
    contents: EventContents
    unrouted_phone_number_ids: list[str] = Field(description="Numbers in it that no active channel has.", examples=[[]])


class WebhookEventOut(WebhookEventSummary):
    """A webhook with all that came in."""

    headers: dict[str, Any] = Field(examples=[{"content-type": "application/json"}])
    body: str = Field(description="As it came; what is not UTF-8 is replaced.")

    @classmethod
    def of(cls, row: WebhookEvent) -> "WebhookEventOut":
        """A row as it is shown."""
        summary = WebhookEventSummary.model_validate(row)
        return cls(**summary.model_dump(), headers=row.headers, body=row.body.decode("utf-8", "replace"))
