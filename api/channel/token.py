"""The access tokens of channels, encrypted at rest."""

from api.encryption import Vault
from api.identity.models import Channel


def set_access_token(channel: Channel, token: str | None, vault: Vault) -> None:
    """Keep a channel's token, encrypted for this very row, or forget it. The row must have its id."""
    channel.access_token_encrypted = vault.seal(token, token_context(channel.id)) if token is not None else None


def access_token(channel: Channel, vault: Vault) -> str | None:
    """The token with which a channel asks Meta, None where none was given."""
    sealed = channel.access_token_encrypted
    return vault.open(sealed, token_context(channel.id)) if sealed is not None else None


def token_context(channel_id: int) -> str:
    """What a channel's token is bound to: copied to another row, it does not open."""
    return f"channels:{channel_id}:access_token"
