"""The people of the user's business."""

from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter

from api.database import DatabaseSession
from api.identity import repository, service
from api.identity.current_user import Admin, SignedIn
from api.identity.models import User
from api.identity.schemas import PasswordChange, PreferencesChange, UserChange, UserIn, UserOut
from api.pagination import Page, PageQuery, fetch_page

router = APIRouter(prefix="/users", tags=["users"])


@router.get("")
def list_users(user: SignedIn, session: DatabaseSession, page: PageQuery) -> Page[UserOut]:
    """Your business's people, oldest first."""
    rows = fetch_page(session, repository.users(user.business_id), page, by=[User.id], descending=False)
    return Page(items=[UserOut.model_validate(row) for row in rows.items], next=rows.next)


@router.get("/current")
def get_current_user(user: SignedIn, session: DatabaseSession) -> UserOut:
    """Yourself."""
    return UserOut.model_validate(session.get_one(User, user.id))


@router.patch("/current")
def set_preferences(given: PreferencesChange, user: SignedIn, session: DatabaseSession) -> UserOut:
    """Change your own name, the language of the page, or how it looks."""
    changed = service.set_preferences(session, user, given.model_dump(exclude_unset=True))
    return UserOut.model_validate(changed)


@router.post("", status_code=201)
def add_user(given: UserIn, user: Admin, session: DatabaseSession) -> UserOut:
    """Add a person. For admins."""
    person = User(email=given.email, name=given.name, role=given.role)
    return UserOut.model_validate(service.add_user(session, user, person, given.password.get_secret_value()))


@router.patch("/{user_id}")
def change_user(user_id: int, given: UserChange, user: Admin, session: DatabaseSession) -> UserOut:
    """Change a person; disabling her, or a new password, ends her sessions. For admins."""
    return UserOut.model_validate(service.change_user(session, user, user_id, _columns(given)))


@router.put("/current/password", status_code=204)
def change_own_password(given: PasswordChange, user: SignedIn, session: DatabaseSession) -> None:
    """Change your own password; your other sessions end."""
    current, new = given.current_password.get_secret_value(), given.new_password.get_secret_value()
    service.change_own_password(session, user, current, new)


def _columns(given: UserChange) -> dict[str, Any]:
    changes = given.model_dump(exclude_unset=True)
    if given.password is not None:
        changes["password"] = given.password.get_secret_value()
    if "disabled" in changes:
        changes["disabled_at"] = datetime.now(UTC) if changes.pop("disabled") else None
    return changes
