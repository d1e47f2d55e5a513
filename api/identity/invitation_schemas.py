"""What the invitations' endpoints take and give."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, Field, SecretStr

from api.identity.invitation import Made
from api.identity.models import Invitation, InvitationKind, Role
from api.identity.schemas import Email, Given, Name, Password, Shown


class InvitationState(StrEnum):
    """What became of a link."""

    OPEN = "open"
    USED = "used"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class InvitationIn(Given):
    """A person to invite."""

    email: Email
    name: Name = Field(examples=["Bina"])
    role: Role = Role.AGENT


class InvitationOut(Shown):
    """A link that was made for a person, without its token."""

    id: int
    kind: InvitationKind
    email: str
    name: str
    role: Role
    state: InvitationState
    user_id: int | None = Field(description="Whose password it sets, or who joined by it.")
    created_by: int
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None

    @classmethod
    def of(cls, row: Invitation) -> "InvitationOut":
        """A row as it is shown."""
        return cls(state=_state(row), **{name: getattr(row, name) for name in cls.model_fields if name != "state"})


class InvitationLink(InvitationOut):
    """A new link. Its token is shown only here."""

    token: str = Field(examples=["satya_kq7…"])
    path: str = Field(
        description="Where the page opens it: put the service's address before it.", examples=["/#/join/satya_kq7…"]
    )

    @classmethod
    def of_made(cls, made: Made) -> Self:
        """A new link as it is shown."""
        shown = InvitationOut.of(made.invitation).model_dump()
        return cls(**shown, token=made.token, path=f"/#/join/{made.token}")


class InvitationToken(Given):
    """The token of a link."""

    token: Annotated[SecretStr, Field(max_length=200)]


class InvitationAcceptance(InvitationToken):
    """What a person who joins gives."""

    name: Name | None = Field(default=None, description="What she is called; left out: as she was invited.")
    password: Password
    cookie: bool = Field(default=False, description="As of `POST /sessions`.")


class InvitationWelcome(BaseModel):
    """What a link is for."""

    kind: InvitationKind
    business: str = Field(examples=["Kiran Sarees"])
    email: str
    name: str
    role: Role
    expires_at: datetime


def _state(row: Invitation) -> InvitationState:
    if row.used_at is not None:
        return InvitationState.USED
    if row.revoked_at is not None:
        return InvitationState.WITHDRAWN
    return InvitationState.OPEN if row.expires_at > datetime.now(UTC) else InvitationState.EXPIRED
