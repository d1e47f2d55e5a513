"""What the account events' endpoint gives."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class AccountEventOut(BaseModel):
    """Something that Meta told of the account, a number, a template or a group."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    channel_id: int | None = Field(description="The number that it is about; null where it is the whole account.")
    waba_id: str | None
    field: str = Field(description="Meta's name of the webhook field.", examples=["account_update"])
    event: str | None = Field(description="Meta's word for what happened.", examples=["ACCOUNT_RESTRICTION"])
    timestamp: datetime | None
    payload: dict[str, Any] = Field(description="All that Meta told.")
    webhook_event_id: int | None
    created_at: datetime
