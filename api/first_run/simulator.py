"""The number that `satyasell serve --simulator` has, where there is no Meta account."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.channel import service as channels
from api.channel.schemas import ChannelIn
from api.encryption import Vault
from api.graph.client import GraphClient
from api.identity.current_user import CurrentUser
from api.identity.models import Channel
from api.live.service import announce
from api.problem import Conflict, Unavailable
from api.settings import Settings

# Made up, as all of the simulator's: it is on this computer, and everything is forgotten when it ends.
PHONE_NUMBER_ID = "106540352242922"
DISPLAY_PHONE_NUMBER = "+91 98000 00000"
WABA_ID = "102290129340398"
ACCESS_TOKEN = "simulator-token"  # noqa: S105 - as above


class NoSimulator(Conflict):
    """Raised when the service was started without a simulator."""

    slug = "no-simulator"


def connected(session: Session, business_id: int) -> Channel | None:
    """The business's channel with the simulator's number."""
    query = select(Channel).where(Channel.business_id == business_id, Channel.phone_number_id == PHONE_NUMBER_ID)
    return session.scalar(query)


def connect(session: Session, user: CurrentUser, settings: Settings, graph: GraphClient, vault: Vault) -> Channel:
    """Connect the simulator's number, as any other is; once more changes nothing.

    Raises:
        NoSimulator: The service runs without one.
        NumberTaken: Another business has it.
    """
    if not settings.simulator_url:
        raise NoSimulator("the service runs without a simulator: start it by `satyasell serve --simulator`")
    there = connected(session, user.business_id)
    if there is not None:
        return there
    findings = channels.ask_meta(graph, PHONE_NUMBER_ID, WABA_ID, ACCESS_TOKEN)
    if findings is None:
        raise Unavailable("the simulator does not answer now: try again in a moment")
    given = ChannelIn(phone_number_id=PHONE_NUMBER_ID, display_phone_number=DISPLAY_PHONE_NUMBER, waba_id=WABA_ID)
    made = channels.new_channel(user.business_id, given, findings)
    channels.add_channel(session, user, made, ACCESS_TOKEN, vault)
    announce(session, "channel", made.id, business_id=user.business_id)
    return made
