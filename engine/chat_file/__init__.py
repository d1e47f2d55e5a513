"""Reads chats from files: labelled chats as JSON lines, and what WhatsApp's own "Export chat" writes."""

from dataclasses import dataclass
from datetime import timedelta, tzinfo
from pathlib import Path

from engine.chat_file.archive import text_of
from engine.chat_file.chat import Chat, ChatFileError
from engine.chat_file.export import parse_export
from engine.chat_file.jsonl import parse_jsonl
from engine.chat_file.sides import QUIET, chats_of
from engine.chat_file.stamp import DateOrder

__all__ = ["Chat", "ChatFileError", "DateOrder", "ExportOptions", "parse_export", "parse_jsonl", "read_chats"]


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What an exported chat does not say itself.

    `me` is the shop's name in the chat, `zone` the phone's time zone (the computer's, if None), `order`
    that of its dates (found out, if None). A silence of `quiet` begins another chat (never, if None).
    """

    me: str | None = None
    zone: tzinfo | None = None
    order: DateOrder | None = None
    quiet: timedelta | None = QUIET


def read_chats(path: Path, options: ExportOptions | None = None) -> tuple[Chat, ...]:
    """The chats of a `.jsonl` file, or of an export (`.txt`, or the `.zip` that holds it).

    Raises ChatFileError, which says what is wrong and what to do, and OSError where there is no file.
    """
    text = text_of(path)
    if path.suffix.casefold() in {".jsonl", ".json"} or text.lstrip().startswith("{"):
        return parse_jsonl(text, path.name)
    asked = options or ExportOptions()
    messages = parse_export(text, path.name, zone=asked.zone, order=asked.order)
    if not messages:
        raise ChatFileError(path.name, "nobody says anything in this chat; there is nothing to read")
    return chats_of(messages, path.name, path.stem, me=asked.me, quiet=asked.quiet)
