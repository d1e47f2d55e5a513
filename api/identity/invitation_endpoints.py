"""Inviting people, and what they do with the link that they were given."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from api.database import DatabaseSession
from api.identity import invitation
from api.identity.cookie import set_cookie, user_agent_of
from api.identity.current_user import Admin, settings_of
from api.identity.invitation_schemas import (
    InvitationAcceptance,
    InvitationIn,
    InvitationLink,
    InvitationOut,
    InvitationToken,
    InvitationWelcome,
)
from api.identity.login import LoginGuard
from api.identity.models import Invitation
from api.identity.schemas import LoginOut, UserOut
from api.identity.session_endpoints import login_guard_of
from api.pagination import Page, PageQuery, fetch_page
from api.settings import Settings

router = APIRouter(tags=["users"])

InvitationId = Annotated[int, Path(ge=1, le=2**63 - 1)]
Guard = Annotated[LoginGuard, Depends(login_guard_of)]


@router.get("/invitations")
def list_invitations(user: Admin, session: DatabaseSession, page: PageQuery) -> Page[InvitationOut]:
    """The links that were made for people to join or to set a new password, the newest first. For admins."""
    rows = fetch_page(session, invitation.invitations(user.business_id), page, by=[Invitation.id])
    return Page(items=[InvitationOut.of(row) for row in rows.items], next=rows.next)


@router.post("/invitations", status_code=201)
def invite_user(given: InvitationIn, user: Admin, session: DatabaseSession) -> InvitationLink:
    """Invite a person: send her the link yourself. It is shown only here, and good once, for 7 days. For admins."""
    return InvitationLink.of_made(invitation.invite(session, user, given.email, given.name, given.role))


@router.post("/users/{user_id}/password-link", status_code=201)
def make_password_link(
    user_id: Annotated[int, Path(ge=1, le=2**63 - 1)], user: Admin, session: DatabaseSession
) -> InvitationLink:
    """A link with which a person sets a new password. It is shown only here, good once, for 7 days. For admins."""
    return InvitationLink.of_made(invitation.reset(session, user, user_id))


@router.delete("/invitations/{invitation_id}", status_code=204)
def withdraw_invitation(invitation_id: InvitationId, user: Admin, session: DatabaseSession) -> None:
    """Make a link worthless. For admins."""
    invitation.withdraw(session, user, invitation_id)


@router.post("/invitations/look")
def look_at_invitation(
    given: InvitationToken, request: Request, session: DatabaseSession, guard: Guard
) -> InvitationWelcome:
    """What a link is for, to whoever has it: needs no login. 409 where it is not good (any more)."""
    guard.admit_link(_address(request))
    link, business = invitation.good(session, given.token.get_secret_value())
    return InvitationWelcome(
        kind=link.kind,
        business=business.name,
        email=link.email,
        name=link.name,
        role=link.role,
        expires_at=link.expires_at,
    )


@router.post("/invitations/accept", status_code=201)
def accept_invitation(
    given: InvitationAcceptance,
    request: Request,
    response: Response,
    session: DatabaseSession,
    settings: Annotated[Settings, Depends(settings_of)],
    guard: Guard,
) -> LoginOut:
    """Join, or set a new password, by a link: you are logged in then. Needs no login."""
    guard.admit_link(_address(request))
    begun = invitation.accept(
        session,
        given.token.get_secret_value(),
        given.name,
        given.password.get_secret_value(),
        settings,
        user_agent_of(request),
    )
    if given.cookie:
        set_cookie(request, response, begun)
    return LoginOut(token=begun.token, expires_at=begun.session.expires_at, user=UserOut.model_validate(begun.user))


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
