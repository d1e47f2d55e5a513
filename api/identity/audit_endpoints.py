"""The audit log. It is read here, where it is known who is an admin."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime, Field

from api.audit import service as audit
from api.database import DatabaseSession
from api.identity import repository
from api.identity.current_user import Admin
from api.identity.schemas import AuditEntryOut
from api.pagination import Page, PageQuery

router = APIRouter(prefix="/audit-entries", tags=["audit"])

Id = Annotated[int, Field(ge=1, le=2**63 - 1)]


def wanted_entries(
    *,
    subject_type: Annotated[
        str | None, Query(max_length=50, examples=["order"], description="Only entries of this kind.")
    ] = None,
    subject_id: Annotated[Id | None, Query(description="Only entries of this subject.")] = None,
    user_id: Annotated[Id | None, Query(description="Only what this person did.")] = None,
    action: Annotated[
        str | None,
        Query(max_length=50, pattern=r"^[a-z_.]*$", examples=["order.confirmed"], description="Or how it begins."),
    ] = None,
    since: Annotated[AwareDatetime | None, Query(description="At this time or later.")] = None,
    until: Annotated[AwareDatetime | None, Query(description="Before this time.")] = None,
) -> audit.Wanted:
    """The entries that a request's query asks for."""
    return audit.Wanted(subject_type, subject_id, user_id, action, since, until)


@router.get("")
def list_audit_entries(
    user: Admin, session: DatabaseSession, page: PageQuery, wanted: Annotated[audit.Wanted, Depends(wanted_entries)]
) -> Page[AuditEntryOut]:
    """What was done in your business, newest first. For admins."""
    rows = audit.entries(session, user.business_id, page, wanted)
    names = repository.names(session, user.business_id, (row.user_id for row in rows.items))
    return Page(items=[AuditEntryOut.of(row, names) for row in rows.items], next=rows.next)
