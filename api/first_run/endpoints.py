"""The first run over HTTP: made without a terminal, and led from step to step."""

import hmac
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import text

from api.channel.access import Graph, Secrets
from api.channel.schemas import ChannelOut
from api.database import DatabaseSession
from api.first_run import progress, simulator
from api.first_run.beginning import Beginning, set_up
from api.first_run.schemas import SetupIn, SetupNeed, SetupState, SimulatorConnected, SimulatorState
from api.identity import login
from api.identity import repository as identity
from api.identity.cookie import set_cookie, user_agent_of
from api.identity.current_user import Admin, SignedIn, settings_of
from api.identity.schemas import LoginOut, UserOut
from api.identity.session_endpoints import login_guard_of
from api.problem import Conflict, Forbidden
from api.settings import Settings

router = APIRouter(tags=["setup"])

OurSettings = Annotated[Settings, Depends(settings_of)]
# Of two who begin at once, one makes the business.
_LOCK = text("SELECT pg_advisory_xact_lock(5274179)")


class AlreadySetUp(Conflict):
    """Raised when there is a business already: its admin invites people."""

    slug = "already-set-up"


@router.get("/setup")
def get_setup_need(session: DatabaseSession) -> SetupNeed:
    """Whether there is a business yet. Needs no login."""
    return SetupNeed(needed=not identity.has_business(session))


@router.post("/setup", status_code=201)
def set_up_first_business(
    given: SetupIn,
    request: Request,
    response: Response,
    session: DatabaseSession,
    settings: OurSettings,
    guard: Annotated[login.LoginGuard, Depends(login_guard_of)],
) -> LoginOut:
    """Make the first business and its admin, and log in. Needs no login, but the code that `serve` printed.

    403 where the code is wrong; 409 where there is a business already.
    """
    guard.admit_setup(request.client.host if request.client else "")
    session.execute(_LOCK)
    if identity.has_business(session):
        raise AlreadySetUp("there is a business already: ask its admin to invite you")
    if not _fits(given.code.get_secret_value(), settings.setup_code.get_secret_value()):
        raise Forbidden("this is not the code that the service printed when it started")
    admin = given.admin.model_dump(exclude={"language", "password"}) | {
        "password": given.admin.password,
        "role": "admin",
    }
    made = set_up(session, Beginning(business=given.business, admin=admin))
    made.admin.language = given.admin.language
    begun = login.begin(session, made.admin, timedelta(days=settings.session_days), user_agent_of(request))
    if given.cookie:
        set_cookie(request, response, begun)
    return LoginOut(token=begun.token, expires_at=begun.session.expires_at, user=UserOut.model_validate(made.admin))


@router.get("/businesses/current/setup")
def get_setup_state(user: SignedIn, session: DatabaseSession, settings: OurSettings) -> SetupState:
    """How far you have come on your way to the first confirmed order."""
    return SetupState(
        **progress.steps_done(session, user.business_id),
        receives_webhooks=bool(settings.app_secrets and settings.whatsapp_verify_token.get_secret_value()),
        simulator=SimulatorState(
            available=bool(settings.simulator_url),
            connected=simulator.connected(session, user.business_id) is not None,
            phone_url=_phone(settings) if settings.simulator_url else None,
        ),
    )


@router.post("/businesses/current/simulator")
def connect_simulator(
    user: Admin, session: DatabaseSession, settings: OurSettings, vault: Secrets, graph: Graph
) -> SimulatorConnected:
    """Connect the simulator's number, to try everything without a Meta account. For admins."""
    channel = simulator.connect(session, user, settings, graph, vault)
    return SimulatorConnected(channel=ChannelOut.of(channel), phone_url=_phone(settings))


def _fits(given: str, wanted: str) -> bool:
    """Whether a code is the one that is wanted, in the same time whatever is wrong with it; none fits an empty one."""
    fits = hmac.compare_digest(_plain(given), _plain(wanted))
    return bool(wanted) and fits


def _plain(code: str) -> bytes:
    return "".join(code.split()).replace("-", "").casefold().encode()


def _phone(settings: Settings) -> str:
    return f"{settings.simulator_url}/phone/"
