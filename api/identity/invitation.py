"""Links with which people join or set a new password: there is no mail server, so an admin hands them over herself."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from api.audit import service as audit
from api.identity import repository
from api.identity.current_user import CurrentUser
from api.identity.login import Login, begin
from api.identity.models import Business, Invitation, InvitationKind, Role, User
from api.identity.password import hash_password
from api.identity.service import EmailTaken, add_unique
from api.identity.token import new_token, token_hash
from api.live.service import announce
from api.problem import Conflict, NotFound
from api.settings import Settings

GOOD_FOR = timedelta(days=7)


class LinkSpent(Conflict):
    """Raised when a link to join is not good: used, withdrawn, too old, or never made."""

    slug = "link-spent"


@dataclass(frozen=True, slots=True)
class Made:
    """A new link. `token` is known only here."""

    invitation: Invitation
    token: str


def invitations(business_id: int) -> Select[Invitation]:
    """A business's links."""
    return select(Invitation).where(Invitation.business_id == business_id)


def invite(session: Session, actor: CurrentUser, email: str, name: str, role: Role) -> Made:
    """A link for a person to join by; raise EmailTaken where she is a user already. A former one is withdrawn."""
    if repository.has_user(session, email):
        raise EmailTaken("a user with this email exists already")
    _withdraw_others(session, actor.business_id, email)
    return _make(session, actor, Invitation(kind=InvitationKind.JOIN, email=email, name=name, role=role))


def reset(session: Session, actor: CurrentUser, user_id: int) -> Made:
    """A link for a person to set a new password by; raise NotFound where there is no such person."""
    user = repository.user(session, actor.business_id, user_id)
    if user is None:
        raise NotFound(f"there is no user {user_id}")
    _withdraw_others(session, actor.business_id, user.email)
    link = Invitation(kind=InvitationKind.RESET, email=user.email, name=user.name, role=user.role, user_id=user.id)
    return _make(session, actor, link)


def withdraw(session: Session, actor: CurrentUser, invitation_id: int) -> None:
    """Make a link worthless; raise NotFound where there is none."""
    found = session.scalar(invitations(actor.business_id).where(Invitation.id == invitation_id))
    if found is None:
        raise NotFound(f"there is no invitation {invitation_id}")
    if found.used_at is None and found.revoked_at is None:
        found.revoked_at = datetime.now(UTC)
        _record(session, found, actor.id, "invitation.withdrawn")


def good(session: Session, token: str, *, lock: bool = False) -> tuple[Invitation, Business]:
    """The link with this token and its business; raise LinkSpent where it is not good (any more)."""
    query = select(Invitation, Business).join(Business, Business.id == Invitation.business_id)
    query = query.where(
        Invitation.token_hash == token_hash(token),
        Invitation.used_at.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > datetime.now(UTC),
    )
    found = session.execute(query.with_for_update(of=Invitation) if lock else query).first()
    if found is None:
        raise LinkSpent("this link is used, withdrawn or too old: ask your admin for a new one")
    return found[0], found[1]


def accept(session: Session, token: str, name: str | None, password: str, settings: Settings, agent: str) -> Login:
    """Join by a link, or set a new password by it, and log in. The link is good no more.

    Raises:
        LinkSpent: It is not good.
        EmailTaken: She became a user otherwise.
    """
    link, _ = good(session, token, lock=True)
    user = _joined(session, link, name, password) if link.user_id is None else _changed(session, link, password)
    link.user_id, link.used_at = user.id, datetime.now(UTC)
    _record(session, link, user.id, f"invitation.{link.kind}_done")
    announce(session, "user", user.id, business_id=link.business_id)
    return begin(session, user, timedelta(days=settings.session_days), agent)


def _joined(session: Session, link: Invitation, name: str | None, password: str) -> User:
    user = User(
        business_id=link.business_id,
        email=link.email,
        name=name or link.name,
        role=link.role,
        password_hash=hash_password(password),
    )
    add_unique(session, user, EmailTaken("a user with this email exists already"))
    return user


def _changed(session: Session, link: Invitation, password: str) -> User:
    """The person with her new password; her sessions end. One who is disabled meanwhile stays so."""
    user = session.get_one(User, link.user_id)
    if user.disabled_at is not None:
        raise LinkSpent("this person may not log in: ask your admin")
    user.password_hash = hash_password(password)
    repository.revoke_sessions(session, user.id)
    return user


def _make(session: Session, actor: CurrentUser, link: Invitation) -> Made:
    token = new_token()
    link.business_id, link.created_by, link.token_hash = actor.business_id, actor.id, token_hash(token)
    link.expires_at = datetime.now(UTC) + GOOD_FOR
    session.add(link)
    session.flush()
    _record(session, link, actor.id, f"invitation.{link.kind}_made")
    return Made(link, token)


def _withdraw_others(session: Session, business_id: int, email: str) -> None:
    """Of several links to one person, only the last is good."""
    still_good = invitations(business_id).where(
        Invitation.email == email, Invitation.used_at.is_(None), Invitation.revoked_at.is_(None)
    )
    for former in session.scalars(still_good):
        former.revoked_at = datetime.now(UTC)


def _record(session: Session, link: Invitation, user_id: int, action: str) -> None:
    audit.record(
        session,
        business_id=link.business_id,
        user_id=user_id,
        action=action,
        subject_type="invitation",
        subject_id=link.id,
        role=link.role,
        for_user_id=link.user_id,
    )
