"""Writing and reading the audit log."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.audit.models import AuditEntry
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


def entries(
    session: Session,
    business_id: int,
    page: PageRequest,
    *,
    subject_type: str | None = None,
    subject_id: int | None = None,
) -> Rows[AuditEntry]:
    """A business's entries, newest first; of one kind of subject, or of one subject, where these are given."""
    statement = select(AuditEntry).where(AuditEntry.business_id == business_id)
    if subject_type is not None:
        statement = statement.where(AuditEntry.subject_type == subject_type)
    if subject_id is not None:
        statement = statement.where(AuditEntry.subject_id == subject_id)
    return fetch_page(session, statement, page, by=[AuditEntry.id])
