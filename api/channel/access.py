"""What endpoints need to ask Meta on a channel's behalf."""

from typing import Annotated

from fastapi import Depends, Request

from api.encryption import Vault
from api.graph.client import GraphClient
from api.identity.current_user import settings_of
from api.settings import Settings


def vault_of(settings: Annotated[Settings, Depends(settings_of)]) -> Vault:
    """What encrypts secrets, under the application's keys."""
    return Vault(settings.secret_keys)


def graph_of(request: Request) -> GraphClient:
    """The application's client of the Graph API."""
    graph: GraphClient = request.app.state.graph()
    return graph


Secrets = Annotated[Vault, Depends(vault_of)]
Graph = Annotated[GraphClient, Depends(graph_of)]
