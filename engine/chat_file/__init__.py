"""Reads chats from files: labelled chats as JSON lines, and what WhatsApp's own "Export chat" writes."""

from pathlib import Path

from engine.chat_file.chat import Chat, ChatFileError
from engine.chat_file.jsonl import parse_jsonl

__all__ = ["Chat", "ChatFileError", "parse_jsonl", "read_chats"]


def read_chats(path: Path) -> tuple[Chat, ...]:
    """The chats of a file."""
    return parse_jsonl(path.read_text(encoding="utf-8-sig"), path.name)
