"""Edits and deletions: what they make of the message that they are about, whichever comes first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from api.conversation.message_kind import CHANGES, REVOKE
from api.conversation.models import Message
from api.identity.models import Channel

# Where an edited message keeps the words that it said at first.
FIRST_TEXT = "first_text"
# Spelled out in the statement, so that PostgreSQL sees that the index of changes will do.
IS_CHANGE = Message.type.in_([literal_column(f"'{type_}'") for type_ in CHANGES])
# What an edit of a caption does not name stays.
_KEPT = (FIRST_TEXT, "media_id", "file", "sku", "items", "context", "referral")


def settle_changes(session: Session, channel: Channel, rows: Sequence[Message]) -> set[int]:
    """Apply the edits and deletions among these new messages, and those that waited for one of them.

    Returns the ids of the conversations in which a message is now another. What a message said at first stays
    with it, each later version with its edit. The caller holds the locks of all messages concerned.
    """
    targets = {row.reply_to_wamid for row in rows if row.type in CHANGES}
    wamids = {wamid for wamid in (*targets, *(row.wamid for row in rows)) if wamid}
    changes = _changes_of(session, channel, wamids)
    if not changes:
        return set()
    originals = session.scalars(
        select(Message)
        .where(Message.channel_id == channel.id, Message.wamid.in_(changes), Message.type.not_in(CHANGES))
        .order_by(Message.id)
        .with_for_update()
    ).all()
    return {row.conversation_id for row in originals if _apply(row, changes[row.wamid or ""])}


def _changes_of(session: Session, channel: Channel, wamids: Iterable[str]) -> dict[str, list[Message]]:
    """All changes of these messages in their order, by the message's wamid."""
    query = (
        select(Message)
        .where(Message.channel_id == channel.id, IS_CHANGE, Message.reply_to_wamid.in_(wamids))
        .order_by(Message.timestamp, Message.wamid)
    )
    found: dict[str, list[Message]] = defaultdict(list)
    for row in session.scalars(query):
        found[row.reply_to_wamid or ""].append(row)
    return found


def _apply(original: Message, changes: Iterable[Message]) -> bool:
    """Make of a message what its changes say; those of somebody else are left alone. Tell whether any applied."""
    hers = [
        change
        for change in changes
        if change.direction is original.direction and change.conversation_id == original.conversation_id
    ]
    for change in hers:
        change.changes_message_id = original.id
    deletion = next((change for change in hers if change.type == REVOKE), None)
    if deletion is not None:
        _delete(original, deletion, hers)
    elif hers:
        _edit(original, hers[-1])
    return bool(hers)


def _delete(original: Message, deletion: Message, changes: Iterable[Message]) -> None:
    original.revoked_at = deletion.timestamp
    for row in (original, *changes):
        row.content, row.attributes = "", {}


def _edit(original: Message, edit: Message) -> None:
    first = {FIRST_TEXT: original.content, **original.attributes}
    kept = {name: first[name] for name in _KEPT if name in first}
    original.content = edit.content
    original.attributes = kept | {name: value for name, value in edit.attributes.items() if name != "edited_type"}
    original.edited_at = edit.timestamp
