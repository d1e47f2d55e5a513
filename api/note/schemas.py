"""What the notes' endpoints take and give."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.identity.models import User
from api.note.models import Note

# PostgreSQL stores no NUL.
NoteText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000, pattern=r"^[^\x00]*$")
]


class NoteIn(BaseModel):
    """What to note."""

    model_config = ConfigDict(extra="forbid")

    text: NoteText = Field(examples=["Wants it wrapped as a gift; call before 6 pm."])


class NoteOut(BaseModel):
    """What one of your people noted; no customer sees it."""

    id: int
    customer_id: int
    conversation_id: int | None = Field(description="The conversation that it stands in; null: only the customer's.")
    author_id: int
    author_name: str = Field(examples=["Asha"])
    text: str
    created_at: datetime
    edited_at: datetime | None

    @classmethod
    def of(cls, note: Note, author: User) -> "NoteOut":
        """A row as it is shown."""
        return cls(
            id=note.id,
            customer_id=note.customer_id,
            conversation_id=note.conversation_id,
            author_id=note.author_id,
            author_name=author.name,
            text=note.text,
            created_at=note.created_at,
            edited_at=note.edited_at,
        )
