"""Logging in and out."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy.orm import Session

from api.audit import service as audit
from api.identity import repository
from api.identity.models import LoginSession, User
from api.identity.password import hash_password, is_outdated, password_fits
from api.identity.token import new_token, token_hash
from api.problem import TooManyRequests, Unauthorized
from api.settings import Settings

logger = structlog.get_logger(__name__)

# One person who mistypes; one address that tries many people; many addresses that try one person.
PER_PERSON_AND_ADDRESS = parse("10 per 15 minutes")
PER_ADDRESS = parse("100 per 15 minutes")
PER_PERSON = parse("100 per hour")
PER_LINK = parse("60 per 15 minutes")
PER_SETUP, PER_SETUP_IN_ALL = parse("10 per 15 minutes"), parse("100 per 15 minutes")


class LoginGuard:
    """Counts the tries to log in, in this process, and refuses too many."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def admit(self, email: str, address: str) -> None:
        """Count one try; raise TooManyRequests where it is one too many."""
        self._count(PER_PERSON_AND_ADDRESS, "both", email, address)
        self._count(PER_ADDRESS, "address", address)
        self._count(PER_PERSON, "person", email)

    def admit_link(self, address: str) -> None:
        """Count one try to join by a link; raise TooManyRequests where it is too many."""
        self._count(PER_LINK, "link", address)

    def admit_setup(self, address: str) -> None:
        """Count one try to make the first business; raise TooManyRequests where it is one too many."""
        self._count(PER_SETUP, "setup", address)
        self._count(PER_SETUP_IN_ALL, "setup")

    def _count(self, limit: RateLimitItem, *key: str) -> None:
        if not self._limiter.hit(limit, *key):
            raise TooManyRequests("too many tries: wait a while", retry_after=limit.get_expiry())


@dataclass(frozen=True, slots=True)
class Login:
    """A session that has just begun. `token` is known only here."""

    token: str
    session: LoginSession
    user: User


def log_in(session: Session, email: str, password: str, settings: Settings, user_agent: str = "") -> Login:
    """Begin a session; raise Unauthorized, after the same work, whether the email or the password is wrong."""
    user = repository.user_by_email(session, normal_email(email))
    if not password_fits(password, user.password_hash if user else None) or user is None:
        logger.warning("login.refused", user_id=user.id if user else None)
        raise Unauthorized("the email or the password is wrong")
    if is_outdated(user.password_hash):
        user.password_hash = hash_password(password)
    return begin(session, user, timedelta(days=settings.session_days), user_agent)


def log_out(session: Session, session_id: int) -> None:
    """End a session: its token is worth nothing from now on."""
    repository.revoke_session(session, session_id)


def normal_email(email: str) -> str:
    """An email as it is stored and looked up."""
    return email.strip().lower()


def begin(session: Session, user: User, lifetime: timedelta, user_agent: str = "") -> Login:
    """A new session of a user who has shown who she is."""
    token = new_token()
    begun = LoginSession(
        business_id=user.business_id,
        user_id=user.id,
        token_hash=token_hash(token),
        expires_at=datetime.now(UTC) + lifetime,
        user_agent=user_agent,
    )
    session.add(begun)
    session.flush()
    audit.record(
        session,
        business_id=user.business_id,
        user_id=user.id,
        action="session.started",
        subject_type="session",
        subject_id=begun.id,
    )
    return Login(token, begun, user)
