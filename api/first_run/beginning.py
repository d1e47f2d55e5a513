"""The beginning of a business: itself, its admin and its WhatsApp number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.audit import service as audit
from api.channel.inspection import Findings
from api.channel.schemas import ChannelIn
from api.channel.service import RefusedByMeta, ask_meta, new_channel
from api.channel.token import set_access_token
from api.encryption import Vault
from api.errors import OperatorError
from api.graph.client import GraphClient
from api.identity.models import Business, Channel, User
from api.identity.password import hash_password
from api.identity.schemas import BusinessIn, Given, UserIn
from api.problem import Unprocessable


class Beginning(Given):
    """What a business begins with."""

    business: BusinessIn
    admin: UserIn
    channel: ChannelIn | None = None

    @classmethod
    def parse(cls, values: Mapping[str, Any]) -> Self:
        """Read `values`; raise OperatorError that names each wrong one."""
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            wrong = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
            raise OperatorError(wrong) from None


@dataclass(frozen=True, slots=True)
class Setup:
    """What was made, or found: `created` is false where the admin existed already."""

    business: Business
    admin: User
    channel: Channel | None
    created: bool

    def as_dict(self) -> dict[str, Any]:
        """The ids and names, for a script."""
        return {
            "created": self.created,
            "business_id": self.business.id,
            "business": self.business.name,
            "user_id": self.admin.id,
            "email": self.admin.email,
            "channel_id": self.channel.id if self.channel else None,
        }


def ask_about(graph: GraphClient, beginning: Beginning) -> Findings | None:
    """What Meta says of the number; None without a token, or where Meta does not answer.

    Raises OperatorError where Meta refuses ids or token.
    """
    given = beginning.channel
    if given is None or given.access_token is None:
        return None
    try:
        return ask_meta(graph, given.phone_number_id, given.waba_id, given.access_token.get_secret_value())
    except RefusedByMeta as refused:
        raise OperatorError(refused.detail) from None


def set_up(
    session: Session, beginning: Beginning, vault: Vault | None = None, findings: Findings | None = None
) -> Setup:
    """Add a business with its admin and number; where the admin's email exists, change nothing.

    `findings` are what Meta says of the number; the `vault` is needed where there is one. Raises OperatorError
    where it is connected to another business.
    """
    admin = session.scalar(select(User).where(User.email == beginning.admin.email))
    if admin is not None:
        return _found(session, admin)
    business = Business(**beginning.business.values())
    session.add(business)
    session.flush()
    admin = _add_admin(session, business, beginning.admin)
    given = beginning.channel
    channel = _add_channel(session, business, given, vault, findings) if given else None
    audit.record(
        session,
        business_id=business.id,
        user_id=admin.id,
        action="business.set_up",
        subject_type="business",
        subject_id=business.id,
    )
    return Setup(business, admin, channel, created=True)


def _found(session: Session, admin: User) -> Setup:
    business = session.get_one(Business, admin.business_id)
    first = select(Channel).where(Channel.business_id == business.id).order_by(Channel.id).limit(1)
    return Setup(business, admin, session.scalar(first), created=False)


def _add_admin(session: Session, business: Business, given: UserIn) -> User:
    admin = User(
        business_id=business.id,
        email=given.email,
        name=given.name,
        role=given.role,
        password_hash=hash_password(given.password.get_secret_value()),
    )
    session.add(admin)
    session.flush()
    return admin


def _add_channel(
    session: Session, business: Business, given: ChannelIn, vault: Vault | None, findings: Findings | None
) -> Channel:
    try:
        channel = new_channel(business.id, given, findings)
    except Unprocessable as error:
        raise OperatorError(f"--phone-number is needed: {error.detail}") from None
    session.add(channel)
    try:
        session.flush()
    except IntegrityError as error:
        raise OperatorError(f"the number {given.phone_number_id} is connected to another business") from error
    if given.access_token is not None and vault is not None:
        set_access_token(channel, given.access_token.get_secret_value(), vault)
    return channel
