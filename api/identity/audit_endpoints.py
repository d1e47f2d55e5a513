"""The audit log. It is read here, where it is known who is an admin."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.audit import service as audit
from api.database import DatabaseSession
from api.identity.current_user import Admin
from api.identity.schemas import AuditEntryOut
from api.pagination import Page, PageQuery

router = APIRouter(prefix="/audit-entries", tags=["audit"])


@router.get("")
def list_audit_entries(
    user: Admin,
    session: DatabaseSession,
    page: PageQuery,
    subject_type: Annotated[str | None, Query(examples=["order"], description="Only entries of this kind.")] = None,
    subject_id: Annotated[int | None, Query(description="Only entries of this subject.")] = None,
) -> Page[AuditEntryOut]:
    """What was done in your business, newest first. For admins."""
    rows = audit.entries(session, user.business_id, page, subject_type=subject_type, subject_id=subject_id)
    return Page(items=[AuditEntryOut.model_validate(row) for row in rows.items], next=rows.next)
