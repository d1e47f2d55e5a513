"""Fetches an account's templates from Meta, all pages, and makes ours the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from api.channel.health import note_trouble
from api.channel.token import access_token
from api.database import Database
from api.encryption import UndecryptableError, Vault
from api.graph.client import GraphClient
from api.graph.error import GraphError, GraphRefused
from api.graph.text import storable_json
from api.identity.models import Channel, ChannelStatus
from api.live.service import ALL, announce
from api.template.models import Template

logger = structlog.get_logger(__name__)

SYNC_TEMPLATES = "graph.sync_templates"
FIELDS = "id,name,language,status,category,components,parameter_format,quality_score,rejected_reason"
PAGE = 100
SYNC_EVERY = timedelta(hours=6)
AFTER_FAILURE = timedelta(minutes=15)
# A sync that was begun and did not end is begun again.
LEASE = timedelta(minutes=10)
ACCOUNTS_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync brought for one account: how many templates there are now, or why it could not be done."""

    channel_id: int
    waba_id: str
    templates: int = 0
    error: str | None = None


class TemplateSync:
    """Keeps templates as Meta has them. Meta is asked outside of transactions."""

    def __init__(self, database: Database, graph: GraphClient, vault: Vault) -> None:
        self._database = database
        self._graph = graph
        self._vault = vault

    def run(self) -> None:
        """Sync the accounts that are due. The task behind a hint."""
        with self._database.transaction() as session:
            due = claim_syncs(session, ACCOUNTS_AT_ONCE)
        for channel_id in due:
            self.sync(channel_id)

    def sync(self, channel_id: int) -> Synced:
        """Fetch the templates of a channel's account, with the channel's token; keep them, or note why not."""
        with self._database.transaction() as session:
            channel = session.get_one(Channel, channel_id)
        waba_id = channel.waba_id or ""
        try:
            token = access_token(channel, self._vault)
            if token is None or not waba_id:
                return Synced(channel_id, waba_id, error="the number has no access token or no waba_id")
            rows = _rows(self._graph.pages(f"{waba_id}/message_templates", token=token, fields=FIELDS, limit=PAGE))
        except UndecryptableError as error:
            return Synced(channel_id, waba_id, error=str(error))
        except GraphError as error:
            self._note_failure(channel_id, error)
            return Synced(channel_id, waba_id, error=_words(error))
        with self._database.transaction() as session:
            keep(session, channel, rows)
        logger.info("template.synced", channel_id=channel_id, templates=len(rows))
        return Synced(channel_id, waba_id, templates=len(rows))

    def _note_failure(self, channel_id: int, error: GraphError) -> None:
        logger.warning("template.not_synced", channel_id=channel_id, error=type(error).__name__)
        with self._database.transaction() as session:
            later = func.clock_timestamp() + AFTER_FAILURE
            session.execute(update(Channel).where(Channel.id == channel_id).values(templates_due_at=later))
            if isinstance(error, GraphRefused):
                note_trouble(session, channel_id, error.as_json())


def _words(error: GraphError) -> str:
    if isinstance(error, GraphRefused):
        return f"Meta refused with code {error.code}: {error.advice.meaning}. {error.advice.remedy}"
    return str(error)


def _rows(told: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """Rows by name and language; what has neither is left out."""
    rows = (row for item in told if (row := _row(storable_json(item))) is not None)
    return {(row["name"], row["language"]): row for row in rows}


def _row(told: Mapping[str, Any]) -> dict[str, Any] | None:
    name, language, meta_id = (told.get(key) for key in ("name", "language", "id"))
    if not (isinstance(name, str) and isinstance(language, str) and isinstance(meta_id, str | int)):
        return None
    quality, components = told.get("quality_score"), told.get("components")
    reason = told.get("rejected_reason")
    return {
        "meta_id": str(meta_id),
        "name": name,
        "language": language,
        "status": str(told.get("status") or "UNKNOWN").upper(),
        "category": str(told.get("category") or "UNKNOWN").upper(),
        "quality": str(quality["score"]) if isinstance(quality, dict) and quality.get("score") else None,
        "reason": reason if isinstance(reason, str) and reason != "NONE" else None,
        "parameter_format": str(told.get("parameter_format") or "POSITIONAL").upper(),
        "components": components if isinstance(components, list) else [],
    }


def keep(session: Session, channel: Channel, rows: Mapping[tuple[str, str], Mapping[str, Any]]) -> None:
    """Make the templates of a channel's account these ones, and no others."""
    now = datetime.now(UTC)
    own = (Template.business_id == channel.business_id, Template.waba_id == channel.waba_id)
    where = {"business_id": channel.business_id, "waba_id": channel.waba_id, "synced_at": now}
    numbers = select(Channel.id).where(Channel.business_id == channel.business_id, Channel.waba_id == channel.waba_id)
    session.execute(numbers.order_by(Channel.id).with_for_update())  # of two syncs at once, one waits
    if rows:
        statement = insert(Template)
        names = ("meta_id", "status", "category", "quality", "reason", "parameter_format", "components", "synced_at")
        session.execute(
            statement.on_conflict_do_update(
                index_elements=["business_id", "waba_id", "name", "language"],
                set_={name: statement.excluded[name] for name in names},
            ),
            [{**row, **where} for row in rows.values()],
        )
    session.execute(delete(Template).where(*own, Template.synced_at < now))
    announce(session, "template", ALL, business_id=channel.business_id)
    session.execute(
        update(Channel)
        .where(Channel.business_id == channel.business_id, Channel.waba_id == channel.waba_id)
        .values(templates_synced_at=now, templates_due_at=now + SYNC_EVERY)
        .execution_options(synchronize_session=False)
    )


def claim_syncs(session: Session, limit: int) -> list[int]:
    """Ids of channels whose accounts are due, one for each account; they are not due again for a while."""
    due = select(Channel).where(_due()).order_by(Channel.id).with_for_update(skip_locked=True)
    by_account: dict[tuple[int, str | None], Channel] = {}
    for channel in session.scalars(due):
        by_account.setdefault((channel.business_id, channel.waba_id), channel)
    chosen = list(by_account.values())[:limit]
    for channel in chosen:
        session.execute(
            update(Channel)
            .where(Channel.business_id == channel.business_id, Channel.waba_id == channel.waba_id)
            .values(templates_due_at=func.clock_timestamp() + LEASE)
            .execution_options(synchronize_session=False)
        )
    return [channel.id for channel in chosen]


def has_due_syncs(session: Session) -> bool:
    """Whether some account's templates are due."""
    return session.scalar(select(Channel.id).where(_due()).limit(1)) is not None


def _due() -> ColumnElement[bool]:
    return (
        (Channel.status == ChannelStatus.ACTIVE)
        & Channel.access_token_encrypted.is_not(None)
        & Channel.waba_id.is_not(None)
        & or_(Channel.templates_due_at.is_(None), Channel.templates_due_at <= func.clock_timestamp())
    )


def syncable(session: Session, business_id: int) -> list[int]:
    """Ids of a business's channels to sync by, one for each account that has a token."""
    usable = (
        Channel.business_id == business_id,
        Channel.status == ChannelStatus.ACTIVE,
        Channel.access_token_encrypted.is_not(None),
        Channel.waba_id.is_not(None),
    )
    return list(session.scalars(select(func.min(Channel.id)).where(*usable).group_by(Channel.waba_id)))
