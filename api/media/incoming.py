"""Files that come with messages: a row each, in the transaction that records the message."""

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.identity.models import Channel
from api.media.file_type import essence
from api.media.models import Media, MediaState
from api.media.rule import kind_of

# Meta keeps what customers send for so long.
KEPT_BY_META = timedelta(days=7)
_MAX_NAME = 240
NO_TOKEN = "the number has no access token: an admin gives it one"  # noqa: S105 - words, no secret


class Carrier(Protocol):
    """A message as far as files are concerned.

    `attributes["media_id"]` is Meta's id of its file, and `attributes["file"]`, else the object under its type in
    `payload`, what Meta says of it.
    """

    type: Any
    attributes: Any
    payload: Any
    media_id: Any


def expect_files(session: Session, channel: Channel, messages: Sequence[Carrier]) -> int:
    """Have the files of these messages downloaded; return how many there are. Messages that have theirs stay.

    The rows of the messages must be in `session`, so that they get their `media_id`.
    """
    carrying = [message for message in messages if message.attributes.get("media_id") and message.media_id is None]
    if not carrying:
        return 0
    now = session.scalars(select(func.clock_timestamp())).one()
    rows = [_row(channel, message) for message in carrying]
    for row in rows:
        row.due_at, row.expires_at = now, now + KEPT_BY_META
    session.add_all(rows)
    session.flush()
    for message, row in zip(carrying, rows, strict=True):
        message.media_id = row.id
    return len(rows)


def _row(channel: Channel, message: Carrier) -> Media:
    told = _file_of(message)
    return Media(
        business_id=channel.business_id,
        channel_id=channel.id,
        kind=kind_of(message.type),
        meta_media_id=message.attributes["media_id"],
        state=MediaState.PENDING,
        mime_type=essence(_text(told, "mime_type")),
        filename=clean_name(_text(told, "filename")),
        declared_sha256=hexadecimal(_text(told, "sha256")),
        error=None if channel.has_access_token else NO_TOKEN,
    )


def _file_of(message: Carrier) -> Mapping[str, Any]:
    """What Meta says of the message's file."""
    found = message.attributes.get("file") or message.payload.get(message.type)
    return found if isinstance(found, dict) else {}


def _text(told: Mapping[str, Any], name: str) -> str | None:
    value = told.get(name)
    return value if isinstance(value, str) and value else None


def clean_name(name: str | None) -> str | None:
    r"""A file's name without folders and signs that could mislead; None where nothing is left.

    >>> clean_name("../../bill\r\n.pdf")
    'bill.pdf'
    """
    last = re.split(r"[/\\]", name or "")[-1]
    kept = "".join(sign for sign in last if sign.isprintable() and sign not in '"<>|:*?').strip(" .")
    return kept[-_MAX_NAME:] or None


def hexadecimal(sha256: str | None) -> str | None:
    """Meta writes hashes in base64 in webhooks and in hexadecimal elsewhere; None where it is neither."""
    if sha256 is None:
        return None
    if re.fullmatch("[0-9a-fA-F]{64}", sha256):
        return sha256.lower()
    try:
        decoded = base64.b64decode(sha256, validate=True)
    except (binascii.Error, ValueError):
        return None
    return decoded.hex() if len(decoded) == 32 else None
