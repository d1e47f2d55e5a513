"""Short chats written for their intents alone: `datasets/turns/<shop>.txt`, told in few signs.

A line is `<intent>: <what the customer wrote>` or `< <what the business wrote>`; an empty line ends a
chat. Both sides write a minute after the message before.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.chat_file import Chat, ChatFileError
from engine.conversation import Message, MessageKind, Sender
from engine.order import Intent
from training.labelled_chat import Draft, LabelledChat
from training.shops import DATASETS, Shop

_START = datetime(2026, 3, 2, 10, tzinfo=UTC)
_PICTURES = frozenset({"(photo)", "[photo]", "[image]", "[picture]"})


class ShortChatError(ChatFileError):
    """Raised when a line is neither an intent with a message nor a business's message."""


def short_chats(shop: Shop) -> tuple[LabelledChat, ...]:
    """The short chats of `shop`; none where it has no file."""
    path = DATASETS / "turns" / f"{shop.name}.txt"
    return tuple(_chats(path)) if path.is_file() else ()


def _chats(path: Path) -> Iterator[LabelledChat]:
    first = 1  # the block's first line in the file
    for number, block in enumerate(path.read_text(encoding="utf-8").split("\n\n"), start=1):
        lines = block.strip().splitlines()
        name = f"{path.stem}-short-{number:03}"
        intents: dict[str, str] = {}
        start = first + block[: len(block) - len(block.lstrip())].count("\n")
        messages = tuple(_message(index, line, intents, path.name, start + index) for index, line in enumerate(lines))
        yield LabelledChat(Chat(name, messages), Draft(intents=intents))
        first += block.count("\n") + 2


def _message(index: int, line: str, intents: dict[str, str], file: str, number: int) -> Message:
    name, at = f"m{index + 1}", _START + timedelta(minutes=index)
    if line.startswith("< "):
        text = line[2:]
        kind = MessageKind.IMAGE if text in _PICTURES else MessageKind.TEXT
        return Message(name, Sender.BUSINESS, at, kind, "" if text in _PICTURES else text)
    label, _, text = line.partition(": ")
    if label not in {intent.value for intent in Intent} or not text:
        wanted = f'"{line}" should be "<intent>: <message>" or "< <message of the business>"; intents are'
        raise ShortChatError(file, f"{wanted} {', '.join(Intent)}", line=number)
    intents[name] = label
    return Message(name, Sender.CUSTOMER, at, MessageKind.TEXT, text)
