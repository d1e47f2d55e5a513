"""What the saved replies' endpoints take and give."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from api.identity.schemas import Change, Given, Shown

# PostgreSQL stores no NUL; WhatsApp takes 4,096 letters of text.
Shortcut = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=r"^[^\s/\x00]+$"),
    AfterValidator(str.lower),
    Field(examples=["thanks"]),
]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00]*$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4096, pattern=r"^[^\x00]*$")]


class SavedReplyIn(Given):
    """A reply to keep. `text` may hold `{name}`, `{order_number}`, `{total}` and `{agent}`, for the page to fill in."""

    shortcut: Shortcut
    title: Title = Field(examples=["Thank you"])
    text: Words = Field(examples=["Thank you, {name}! Your order {order_number} comes to {total}."])


class SavedReplyChange(Change):
    """What to change; what is left out stays."""

    shortcut: Shortcut | None = None
    title: Title | None = None
    text: Words | None = None


class SavedReplyOut(Shown):
    """A saved reply."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    shortcut: str = Field(description="What one types after `/` to get it; in lower case.", examples=["thanks"])
    title: str
    text: str
    used_count: int = Field(description="How often it was picked.")
    last_used_at: datetime | None
    created_at: datetime
