"""The user's business."""

from fastapi import APIRouter

from api.database import DatabaseSession
from api.identity import repository, service
from api.identity.current_user import Admin, SignedIn
from api.identity.schemas import BusinessChange, BusinessOut

router = APIRouter(prefix="/businesses", tags=["businesses"])


@router.get("/current")
def get_business(user: SignedIn, session: DatabaseSession) -> BusinessOut:
    """Your business."""
    return BusinessOut.model_validate(repository.business(session, user.business_id))


@router.patch("/current")
def change_business(given: BusinessChange, user: Admin, session: DatabaseSession) -> BusinessOut:
    """Change your business. For admins."""
    changed = service.change_business(session, user, given.model_dump(exclude_unset=True))
    return BusinessOut.model_validate(changed)
