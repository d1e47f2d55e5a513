"""Connecting and changing WhatsApp numbers. Meta is asked before a transaction begins, never within one."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.audit import service as audit
from api.channel import repository
from api.channel.health import CHECK_AFTER_TROUBLE, CHECK_EVERY
from api.channel.inspection import Findings, WrongSetup, inspect
from api.channel.schemas import ChannelIn
from api.channel.token import set_access_token
from api.encryption import Vault
from api.graph.client import GraphClient
from api.graph.error import GraphError, GraphRefused
from api.identity.current_user import CurrentUser
from api.identity.models import Channel
from api.live.service import announce
from api.problem import Conflict, NotFound, Unprocessable

logger = structlog.get_logger(__name__)


class NumberTaken(Conflict):
    """Raised when the WhatsApp number is connected already."""

    slug = "number-taken"


class RefusedByMeta(Unprocessable):
    """Raised when Meta refuses what was given; `trouble` has its code, what it means and what to do."""

    slug = "refused-by-meta"

    def __init__(self, trouble: Mapping[str, Any]) -> None:
        code = f" (code {trouble['code']})" if trouble.get("code") is not None else ""
        super().__init__(f"Meta refuses this{code}: {trouble['meaning']}. {trouble['remedy']}", trouble=dict(trouble))


def ask_meta(graph: GraphClient, phone_number_id: str, waba_id: str | None, token: str) -> Findings | None:
    """What Meta says of a number; None where it cannot be reached now.

    Raises RefusedByMeta where token and ids do not work: a token proves whose number it is.
    """
    try:
        return inspect(graph, phone_number_id, waba_id, token)
    except GraphRefused as refused:
        if refused.advice.retries:
            return None
        raise RefusedByMeta(refused.as_json()) from refused
    except WrongSetup as wrong:
        raise RefusedByMeta(wrong.trouble) from wrong
    except GraphError as error:
        logger.warning("channel.unchecked", error=type(error).__name__)
        return None


def new_channel(business_id: int, given: ChannelIn, findings: Findings | None) -> Channel:
    """A channel of what was given and found; raise Unprocessable where nobody tells its number."""
    number = given.display_phone_number or (findings.display_phone_number if findings else None)
    if number is None:
        raise Unprocessable("display_phone_number is needed: Meta was not asked, or does not answer now")
    channel = Channel(
        business_id=business_id,
        phone_number_id=given.phone_number_id,
        display_phone_number=number,
        waba_id=given.waba_id,
    )
    if findings is not None:
        note_findings(channel, findings)
    return channel


def note_findings(channel: Channel, findings: Findings) -> None:
    """Keep what Meta says of a channel's number: nothing is wrong with it."""
    now = datetime.now(UTC)
    for name in ("verified_name", "quality_rating", "throughput", "platform_type"):
        setattr(channel, name, getattr(findings, name))
    channel.display_phone_number = findings.display_phone_number or channel.display_phone_number
    channel.waba_id = findings.waba_id
    channel.webhooks_subscribed_at = now if findings.waba_id else None
    channel.token_expires_at = findings.token_expires_at
    channel.trouble = None
    channel.checked_at = now
    channel.check_due_at = now + CHECK_EVERY


def note_wrong_setup(channel: Channel, trouble: Mapping[str, Any]) -> None:
    """Mark a channel for which Meta refuses token or ids."""
    now = datetime.now(UTC)
    channel.trouble = {**trouble, "at": now.isoformat()}
    channel.check_due_at = now + CHECK_AFTER_TROUBLE


def add_channel(session: Session, actor: CurrentUser, channel: Channel, token: str | None, vault: Vault) -> Channel:
    """Add a channel to the actor's business; raise NumberTaken where its number is connected."""
    try:
        with session.begin_nested():
            session.add(channel)
    except IntegrityError as error:
        raise NumberTaken("this phone_number_id is connected already") from error
    if token is not None:
        set_access_token(channel, token, vault)
    _record(session, actor, "channel.connected", channel, phone_number_id=channel.phone_number_id)
    return channel


def change_channel(
    session: Session,
    actor: CurrentUser,
    channel_id: int,
    changes: Mapping[str, Any],
    findings: Findings | None,
    vault: Vault,
) -> Channel:
    """Set the given fields of a channel, `access_token` (a string, or None to forget it) among them.

    `findings` are what Meta says of the number as it will be, where it was asked.
    """
    channel = channel_or_404(session, actor.business_id, channel_id, lock=True)
    for name in changes.keys() - {"access_token"}:
        setattr(channel, name, changes[name])
    if "access_token" in changes:
        _replace_token(channel, changes["access_token"], vault)
    if findings is not None:
        note_findings(channel, findings)
    _record(session, actor, "channel.changed", channel, fields=sorted(changes))
    return channel


def _replace_token(channel: Channel, token: str | None, vault: Vault) -> None:
    """Nothing that was known of the old token holds for the new one."""
    set_access_token(channel, token, vault)
    channel.token_expires_at = channel.trouble = channel.checked_at = channel.check_due_at = None
    channel.media_errors_until = channel.templates_due_at = None


def channel_or_404(session: Session, business_id: int, channel_id: int, *, lock: bool = False) -> Channel:
    """The channel; raise NotFound where the business has none with this id."""
    channel = repository.channel(session, business_id, channel_id, lock=lock)
    if channel is None:
        raise NotFound(f"there is no channel {channel_id}")
    return channel


def _record(session: Session, actor: CurrentUser, action: str, channel: Channel, **data: object) -> None:
    audit.record(
        session,
        business_id=actor.business_id,
        user_id=actor.id,
        action=action,
        subject_type="channel",
        subject_id=channel.id,
        **data,
    )
    announce(session, "channel", channel.id, business_id=channel.business_id)
