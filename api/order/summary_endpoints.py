"""The business's setting of what customers get when their orders are confirmed."""

from fastapi import APIRouter

from api.audit import service as audit
from api.database import DatabaseSession
from api.identity import repository
from api.identity.current_user import Admin, SignedIn
from api.live.service import announce
from api.order.summary_sample import SummarySample, latest_or_made_up
from api.order.summary_setting import SummarySetting, keep_summary_setting, summary_setting

router = APIRouter(prefix="/businesses/current/order-summary", tags=["businesses"])


@router.get("")
def get_order_summary(user: SignedIn, session: DatabaseSession) -> SummarySetting:
    """What your customers get when their orders are confirmed."""
    return summary_setting(repository.business(session, user.business_id))


@router.get("/preview")
def preview_order_summary(user: SignedIn, session: DatabaseSession) -> SummarySample:
    """What a customer would be told, by your last confirmed order; by one that is made up where there is none."""
    return latest_or_made_up(session, repository.business(session, user.business_id))


@router.put("")
def set_order_summary(given: SummarySetting, user: Admin, session: DatabaseSession) -> SummarySetting:
    """Set what your customers get when their orders are confirmed. For admins."""
    business = repository.business(session, user.business_id)
    keep_summary_setting(business, given)
    audit.record(
        session,
        business_id=business.id,
        user_id=user.id,
        action="business.order_summary_set",
        subject_type="business",
        subject_id=business.id,
        mode=given.mode.value,
    )
    announce(session, "business", business.id, business_id=business.id)
    return given
