"""The task that asks Meta, every few hours, whether the channels work."""

from collections.abc import Mapping
from typing import Any

import structlog

from api.channel.health import claim_checks
from api.channel.inspection import Findings, WrongSetup
from api.channel.service import RefusedByMeta, ask_meta, note_findings, note_wrong_setup
from api.channel.token import access_token
from api.database import Database
from api.encryption import UndecryptableError, Vault
from api.graph.client import GraphClient
from api.identity.models import Channel
from api.live.service import announce

logger = structlog.get_logger(__name__)

CHECK_CHANNELS = "graph.check_channels"
CHANNELS_AT_ONCE = 10


class ChannelChecker:
    """Asks about channels whose check is due, one after the other, outside of any transaction."""

    def __init__(self, database: Database, graph: GraphClient, vault: Vault) -> None:
        self._database = database
        self._graph = graph
        self._vault = vault

    def run(self) -> None:
        """Check what is due. The task behind a hint."""
        with self._database.transaction() as session:
            due = claim_checks(session, CHANNELS_AT_ONCE)
        for channel_id in due:
            self.check(channel_id)

    def check(self, channel_id: int) -> None:
        """Ask Meta about one channel and keep the answer; where there is none, it stays due."""
        with self._database.transaction() as session:
            asked = session.get_one(Channel, channel_id)
        answer = self._ask(asked)
        if answer is None:
            return
        with self._database.transaction() as session:
            row = session.get_one(Channel, channel_id, with_for_update=True)
            # Of a token that was replaced meanwhile, the answer is void.
            if row.access_token_encrypted == asked.access_token_encrypted:
                _note(row, answer)
                announce(session, "channel", row.id, business_id=row.business_id)

    def _ask(self, channel: Channel) -> Findings | Mapping[str, Any] | None:
        """What Meta says of the channel: what it found, or the trouble; None where it does not answer."""
        try:
            token = access_token(channel, self._vault)
            return ask_meta(self._graph, channel.phone_number_id, channel.waba_id, token) if token else None
        except UndecryptableError as error:
            return WrongSetup(str(error), "Set the key with which it was encrypted, or enter the token anew.").trouble
        except RefusedByMeta as refused:
            trouble: Mapping[str, Any] = refused.extra["trouble"]
            return trouble


def _note(channel: Channel, answer: Findings | Mapping[str, Any]) -> None:
    if isinstance(answer, Findings):
        note_findings(channel, answer)
    else:
        note_wrong_setup(channel, answer)
        logger.warning("channel.trouble", channel_id=channel.id, code=answer.get("code"))
