"""The templates of the user's business."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from api.channel.access import Graph, Secrets
from api.channel.service import channel_or_404
from api.database import Database, DatabaseSession, database_of
from api.identity.current_user import SignedIn
from api.pagination import Page, PageQuery, fetch_page
from api.problem import NotFound
from api.template.models import Template
from api.template.schemas import PreviewIn, PreviewOut, SyncedOut, TemplateOut
from api.template.sync import TemplateSync, syncable

router = APIRouter(prefix="/templates", tags=["templates"])

TemplateId = Annotated[int, Path(ge=1, le=2**63 - 1)]
Word = Annotated[str | None, Query(max_length=512)]


@router.get("")
def list_templates(  # noqa: PLR0913 - one filter each
    user: SignedIn,
    session: DatabaseSession,
    page: PageQuery,
    *,
    channel_id: Annotated[int | None, Query(ge=1, le=2**63 - 1, description="Those that this number can send.")] = None,
    status: Word = None,
    category: Word = None,
    language: Word = None,
    name: Word = None,
) -> Page[TemplateOut]:
    """Your business's templates, newest first; of the given status, category, language or name where one is given."""
    statement = select(Template).where(Template.business_id == user.business_id)
    if channel_id is not None:
        channel = channel_or_404(session, user.business_id, channel_id)
        statement = statement.where(Template.waba_id == channel.waba_id)
    rows = fetch_page(session, _filtered(statement, status, category, language, name), page, by=[Template.id])
    return Page(items=[TemplateOut.of(row) for row in rows.items], next=rows.next)


@router.post("/sync")
def sync_templates(
    user: SignedIn,
    session: DatabaseSession,
    database: Annotated[Database, Depends(database_of)],
    graph: Graph,
    vault: Secrets,
) -> list[SyncedOut]:
    """Fetch the templates of all your accounts from Meta now. The service itself does it every 6 hours."""
    sync = TemplateSync(database, graph, vault)
    return [SyncedOut.model_validate(sync.sync(channel_id)) for channel_id in syncable(session, user.business_id)]


@router.get("/{template_id}")
def get_template(template_id: TemplateId, user: SignedIn, session: DatabaseSession) -> TemplateOut:
    """One template."""
    return TemplateOut.of(_template_or_404(session, user.business_id, template_id))


@router.post("/{template_id}/preview")
def preview_template(template_id: TemplateId, given: PreviewIn, user: SignedIn, session: DatabaseSession) -> PreviewOut:
    """What the customer would see, what is wrong with the values, and what to send."""
    return PreviewOut.of(_template_or_404(session, user.business_id, template_id), given.values)


def _filtered(
    statement: Select[Template], status: str | None, category: str | None, language: str | None, name: str | None
) -> Select[Template]:
    if status is not None:
        statement = statement.where(Template.status == status.upper())
    if category is not None:
        statement = statement.where(Template.category == category.upper())
    if language is not None:
        statement = statement.where(Template.language == language)
    return statement if name is None else statement.where(Template.name == name)


def _template_or_404(session: Session, business_id: int, template_id: int) -> Template:
    row = session.scalar(select(Template).where(Template.business_id == business_id, Template.id == template_id))
    if row is None:
        raise NotFound(f"there is no template {template_id}")
    return row
