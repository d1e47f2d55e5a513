"""Reads chats written as JSON, one a line: the benchmark's format (datasets/README.md)."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.chat_file.chat import Chat, ChatFileError
from engine.conversation import CartItem, Message, MessageKind, Sender

# Where each kind keeps its words.
_WORDS = {MessageKind.IMAGE: "caption", MessageKind.INTERACTIVE: "title"}


def json_rows(text: str, file: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The JSON objects of `text` with their line numbers; raises ChatFileError on the first bad one."""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise ChatFileError(file, f"this is no JSON ({error}); each line holds one chat", line=number) from error
        if not isinstance(row, dict):
            raise ChatFileError(file, "a line holds one chat as a JSON object", line=number)
        yield number, row


def parse_jsonl(text: str, file: str) -> tuple[Chat, ...]:
    """The chats of a `.jsonl` file. Labels (`gold`, `intent`, `tags`) are not looked at."""
    return tuple(chat_of(row, file, number) for number, row in json_rows(text, file))


def chat_of(row: Mapping[str, Any], file: str, line: int) -> Chat:
    """One row as a chat; raises ChatFileError that names what is missing or wrong."""
    try:
        messages = tuple(message_of(message) for message in row["messages"])
        return Chat(str(row["id"]), messages, row.get("catalog"))
    except KeyError as error:
        raise ChatFileError(file, f"the field {error} is missing", line=line) from error
    except (TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise ChatFileError(file, f"this is no chat: {error}", line=line) from error


def message_of(row: Mapping[str, Any]) -> Message:
    """One message; an unknown `type` is `OTHER`, whatever it holds."""
    kind = _kind(row["type"])
    return Message(
        id=str(row["id"]),
        sender=Sender(row["from"]),
        at=_moment(row["at"]),
        kind=kind,
        text=row.get(_WORDS.get(kind, "text")) or "",
        reply_to=row.get("reply_to"),
        sku=row.get("sku"),
        item_group_id=row.get("item_group_id"),
        items=tuple(map(_item, row.get("items", ()))),
        emoji=row.get("emoji") or "",
        payload=str(row.get("payload") or ""),
    )


def _kind(name: str) -> MessageKind:
    try:
        return MessageKind(name)
    except ValueError:
        return MessageKind.OTHER


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"the time {text!r} has no UTC offset; write it like 2026-03-02T10:15:00+05:30")
    return moment


def _item(row: Mapping[str, Any]) -> CartItem:
    return CartItem(row["product_retailer_id"], Decimal(str(row["quantity"])))
