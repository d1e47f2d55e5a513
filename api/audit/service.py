"""Writing and reading the audit log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from api.audit.models import AuditEntry
from api.live.service import ALL, announce
from api.pagination import PageRequest, Rows, fetch_page


def record(
    session: Session,
    *,
    business_id: int,
    user_id: int | None,
    action: str,
    subject_type: str,
    subject_id: int,
    **data: Any,  # noqa: ANN401 - any JSON
) -> None:
    """Add an entry in the caller's transaction: it stands where what it tells of stands.

    `data` says what changed, in ids, names and amounts; never a secret.
    """
    session.add(
        AuditEntry(
            business_id=business_id,
            user_id=user_id,
            action=action,
            subject_type=subject_type,
            subject_id=subject_id,
            data=data,
        )
    )
    announce(session, "audit", ALL, business_id=business_id)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are asked for. `action` is a whole name or its beginning: `order` or `order.confirmed`."""

    subject_type: str | None = None
    subject_id: int | None = None
    user_id: int | None = None
    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """What a row has to fulfil."""
        same = {
            AuditEntry.subject_type: self.subject_type,
            AuditEntry.subject_id: self.subject_id,
            AuditEntry.user_id: self.user_id,
        }
        found: list[ColumnElement[bool]] = [column == value for column, value in same.items() if value is not None]
        if self.action is not None:
            found.append(AuditEntry.action.startswith(self.action, autoescape=True))
        if self.since is not None:
            found.append(AuditEntry.created_at >= self.since)
        if self.until is not None:
            found.append(AuditEntry.created_at < self.until)
        return found


def entries(session: Session, business_id: int, page: PageRequest, wanted: Wanted) -> Rows[AuditEntry]:
    """A business's entries that are wanted, newest first."""
    statement = select(AuditEntry).where(AuditEntry.business_id == business_id, *wanted.conditions)
    return fetch_page(session, statement, page, by=[AuditEntry.id])
