"""Encrypts every stored secret under the first key, so that older keys can be thrown away."""

import os
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.channel.token import token_context
from api.database import Database
from api.encryption import UndecryptableError, Vault
from api.identity.models import Channel
from api.settings import Settings

BATCH = 100


@dataclass(slots=True)
class Rotation:
    """What a rotation did: secrets encrypted anew, those that were already, and channels whose secret no key opens."""

    encrypted_anew: int = 0
    already: int = 0
    undecryptable: list[int] = field(default_factory=list)


def rotate(database: Database, vault: Vault) -> Rotation:
    """Encrypt all access tokens under the vault's first key, some at a time.

    Where it breaks off, what is done stays done: run it again. Tokens may be entered meanwhile. What no key
    opens stays as it is.
    """
    done, last_id = Rotation(), 0
    while True:
        with database.transaction() as session:
            rows = _after(session, last_id)
            for row in rows:
                _encrypt_anew(row, vault, done)
        if not rows:
            return done
        last_id = rows[-1].id


def _after(session: Session, last_id: int) -> list[Channel]:
    statement = (
        select(Channel)
        .where(Channel.id > last_id, Channel.access_token_encrypted.is_not(None))
        .order_by(Channel.id)
        .limit(BATCH)
        .with_for_update()
    )
    return list(session.scalars(statement))


def _encrypt_anew(row: Channel, vault: Vault, done: Rotation) -> None:
    sealed = row.access_token_encrypted
    if sealed is None:
        return
    if vault.is_current(sealed):
        done.already += 1
        return
    try:
        row.access_token_encrypted = vault.seal(vault.open(sealed, token_context(row.id)), token_context(row.id))
    except UndecryptableError:
        done.undecryptable.append(row.id)
    else:
        done.encrypted_anew += 1


def put_first(key: str, settings: Settings) -> None:
    """Put a key before those that the data folder keeps; the file is the old or the new one at any moment."""
    kept = ",".join(old.hex() for old in settings.secret_keys)
    path = settings.kept_secret_key
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        file.write(f"{key},{kept}")
    draft.replace(path)
