"""What webhooks tell of templates, applied at once; the sync that follows brings the rest."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.live.service import announce
from api.template.models import Template

NO_REASON = frozenset({"", "NONE"})


def note_template_news(session: Session, business_id: int, waba_id: str, field: str, told: Mapping[str, Any]) -> bool:
    """Apply what a webhook of a template's field told; False where it changes no template that is known.

    `field` is `message_template_status_update`, `message_template_quality_update` or `template_category_update`.
    What components became, they do not tell: the account is to be synced.
    """
    row = session.scalar(
        select(Template)
        .where(
            Template.business_id == business_id,
            Template.waba_id == waba_id,
            Template.meta_id == str(told.get("message_template_id")),
        )
        .with_for_update()
    )
    change = _CHANGES.get(field)
    if row is None or change is None or not change(row, told):
        return False
    announce(session, "template", row.id, business_id=business_id)
    return True


def _status(row: Template, told: Mapping[str, Any]) -> bool:
    event, reason = told.get("event"), told.get("reason")
    if not isinstance(event, str):
        return False
    row.status = event.upper()
    row.reason = reason if isinstance(reason, str) and reason not in NO_REASON else None
    return True


def _quality(row: Template, told: Mapping[str, Any]) -> bool:
    score = told.get("new_quality_score")
    if not isinstance(score, str):
        return False
    row.quality = score.upper()
    return True


def _category(row: Template, told: Mapping[str, Any]) -> bool:
    """`correct_category` alone announces a change that comes a day later: it is not one yet."""
    category = told.get("new_category")
    if not isinstance(category, str) or "correct_category" in told:
        return False
    row.category = category.upper()
    return True


_CHANGES = {
    "message_template_status_update": _status,
    "message_template_quality_update": _quality,
    "template_category_update": _category,
}
