"""The WhatsApp numbers of the user's business."""

from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import SecretStr
from sqlalchemy.orm import Session

from api.channel import repository, service
from api.channel.access import Graph, Secrets
from api.channel.inspection import Findings
from api.channel.schemas import ChannelChange, ChannelIn, ChannelOut
from api.channel.token import access_token
from api.database import DatabaseSession
from api.encryption import Vault
from api.graph.client import GraphClient
from api.identity.current_user import Admin, SignedIn
from api.identity.models import Channel
from api.live.service import announce
from api.pagination import Page, PageQuery, fetch_page
from api.problem import Unavailable, Unprocessable

router = APIRouter(prefix="/channels", tags=["channels"])

ChannelId = Annotated[int, Path(ge=1, le=2**63 - 1)]
# A change of these may be right or wrong: Meta is asked.
ASKED_ABOUT = frozenset({"access_token", "waba_id"})


@router.get("")
def list_channels(user: SignedIn, session: DatabaseSession, page: PageQuery) -> Page[ChannelOut]:
    """Your business's numbers, oldest first."""
    rows = fetch_page(session, repository.channels(user.business_id), page, by=[Channel.id], descending=False)
    return Page(items=[ChannelOut.of(row) for row in rows.items], next=rows.next)


@router.get("/{channel_id}")
def get_channel(channel_id: ChannelId, user: SignedIn, session: DatabaseSession) -> ChannelOut:
    """One number."""
    return ChannelOut.of(service.channel_or_404(session, user.business_id, channel_id))


@router.post("", status_code=201)
def connect_channel(
    given: ChannelIn, user: Admin, session: DatabaseSession, vault: Secrets, graph: Graph
) -> ChannelOut:
    """Connect a number: from now on webhooks of its `phone_number_id` are your business's. For admins.

    With a token, Meta is asked whether ids and token belong together, and told to send the account's
    webhooks; where Meta refuses, so does this (422, with what to do). Where Meta does not answer, the number is
    connected, and asked about later.
    """
    token = _secret(given.access_token)
    findings = service.ask_meta(graph, given.phone_number_id, given.waba_id, token) if token else None
    channel = service.new_channel(user.business_id, given, findings)
    return ChannelOut.of(service.add_channel(session, user, channel, token, vault))


@router.patch("/{channel_id}")
def change_channel(
    channel_id: ChannelId,
    given: ChannelChange,
    user: Admin,
    session: DatabaseSession,
    vault: Secrets,
    graph: Graph,
) -> ChannelOut:
    """Change a number, replace its token, or disable it. For admins. A new token is checked as when connecting."""
    changes = given.model_dump(exclude_unset=True)
    if "access_token" in changes:
        changes["access_token"] = _secret(given.access_token)
    findings = _findings(session, user.business_id, channel_id, changes, vault, graph)
    return ChannelOut.of(service.change_channel(session, user, channel_id, changes, findings, vault))


@router.post("/{channel_id}/check")
def check_channel(
    channel_id: ChannelId, user: Admin, session: DatabaseSession, vault: Secrets, graph: Graph
) -> ChannelOut:
    """Ask Meta now whether the number works. For admins. The service itself asks every 6 hours."""
    row = service.channel_or_404(session, user.business_id, channel_id)
    token = access_token(row, vault)
    if token is None:
        raise Unprocessable("this number has no access token: give it one first")
    try:
        findings = service.ask_meta(graph, row.phone_number_id, row.waba_id, token)
    except service.RefusedByMeta as refused:
        service.note_wrong_setup(row, refused.extra["trouble"])
    else:
        if findings is None:
            raise Unavailable("Meta does not answer now: try again in a moment", retry_after=30)
        service.note_findings(row, findings)
    announce(session, "channel", row.id, business_id=row.business_id)
    return ChannelOut.of(row)


def _findings(
    session: Session, business_id: int, channel_id: int, changes: dict[str, Any], vault: Vault, graph: GraphClient
) -> Findings | None:
    """What Meta says of the channel as it will be; None where nothing changes that it knows about."""
    if not changes.keys() & ASKED_ABOUT:
        return None
    row = service.channel_or_404(session, business_id, channel_id)
    token = changes["access_token"] if "access_token" in changes else access_token(row, vault)
    if token is None:
        return None
    return service.ask_meta(graph, row.phone_number_id, changes.get("waba_id", row.waba_id), token)


def _secret(given: SecretStr | None) -> str | None:
    return given.get_secret_value() if given is not None else None
