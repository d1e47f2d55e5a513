"""Reads details of chats written as lines: "c: …" by the customer, "b: …" by the business."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from engine.conversation import Message, Sender
from engine.extraction.detail import Turn, hear, read_details
from engine.extraction.utterance import Annotator
from engine.language.lexicon import Lexicon, spoken
from engine.order import Details, Intent
from engine.text import fold

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)  # a Monday
_SIDES = {"c": Sender.CUSTOMER, "b": Sender.BUSINESS}
ReadLines = Callable[..., Details]


def no_catalog(_: str) -> bool:
    return False


def turns_of(lines: tuple[str, ...], intents: dict[int, Intent]) -> list[Turn]:
    messages = [
        Message(f"m{n}", _SIDES[line[0]], MONDAY + timedelta(minutes=n), text=line[2:].strip())
        for n, line in enumerate(lines)
    ]
    lexicon = Lexicon.of(spoken(fold(word) for message in messages for word in message.text.split()))
    annotator = Annotator(no_catalog)
    return [Turn(annotator.read(message, lexicon), intents.get(n)) for n, message in enumerate(messages)]


@pytest.fixture(scope="session")
def read() -> ReadLines:
    def read_lines(*lines: str, **intents: Intent) -> Details:
        """`m1=Intent.CONFIRM` sets the intent of the second line."""
        return read_details(hear(turns_of(lines, {int(name[1:]): intent for name, intent in intents.items()})))

    return read_lines
