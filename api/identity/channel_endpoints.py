"""The WhatsApp numbers of the user's business."""

from typing import Annotated

from fastapi import APIRouter, Depends

from api.database import DatabaseSession
from api.encryption import Vault
from api.identity import repository, service
from api.identity.current_user import Admin, SignedIn, settings_of
from api.identity.models import Channel
from api.identity.schemas import ChannelChange, ChannelIn, ChannelOut
from api.pagination import Page, PageQuery, fetch_page
from api.settings import Settings

router = APIRouter(prefix="/channels", tags=["channels"])


def vault_of(settings: Annotated[Settings, Depends(settings_of)]) -> Vault:
    """What encrypts secrets, under the application's keys."""
    return Vault(settings.secret_keys)


@router.get("")
def list_channels(user: SignedIn, session: DatabaseSession, page: PageQuery) -> Page[ChannelOut]:
    """Your business's numbers, oldest first."""
    rows = fetch_page(session, repository.channels(user.business_id), page, by=[Channel.id], descending=False)
    return Page(items=[ChannelOut.model_validate(row) for row in rows.items], next=rows.next)


@router.post("", status_code=201)
def connect_channel(
    given: ChannelIn, user: Admin, session: DatabaseSession, vault: Annotated[Vault, Depends(vault_of)]
) -> ChannelOut:
    """Connect a number: from now on webhooks of its `phone_number_id` are your business's. For admins."""
    channel = Channel(
        phone_number_id=given.phone_number_id,
        display_phone_number=given.display_phone_number,
        waba_id=given.waba_id,
    )
    token = given.access_token.get_secret_value() if given.access_token else None
    return ChannelOut.model_validate(service.connect_channel(session, user, channel, token, vault))


@router.patch("/{channel_id}")
def change_channel(
    channel_id: int,
    given: ChannelChange,
    user: Admin,
    session: DatabaseSession,
    vault: Annotated[Vault, Depends(vault_of)],
) -> ChannelOut:
    """Change a number, or disable it. For admins."""
    changes = given.model_dump(exclude_unset=True)
    if given.access_token is not None:
        changes["access_token"] = given.access_token.get_secret_value()
    return ChannelOut.model_validate(service.change_channel(session, user, channel_id, changes, vault))
