"""The page on WhatsApp's events says of every type, status and field what the code does."""

import re

from api.conversation.message_kind import KINDS
from api.conversation.status import STATUSES
from api.whatsapp.account import ACTIONS
from api.whatsapp.message_type import READERS
from api.whatsapp.payload import FIELDS
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "whatsapp-events.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \| (.*) \|$", re.MULTILINE)
YES = {"yes": True, "no": False}


def table(heading: str) -> dict[str, list[str]]:
    """A section's table: the other cells by the first."""
    section = re.split(r"^#{2,} ", PAGE, flags=re.MULTILINE)
    text = next(part for part in section if part.startswith(heading))
    return {name: cells.split(" | ") for name, cells in ROW.findall(text)}


def test_every_message_type_is_described_as_it_is_treated() -> None:
    told = {
        name: (placeholder, YES[unread], YES[window], YES[read])
        for name, (placeholder, unread, window, read, _) in table("Messages").items()
    }
    assert told == {name: (kind.placeholder, kind.unread, kind.opens_window, kind.read) for name, kind in KINDS.items()}


def test_every_type_that_is_understood_is_described() -> None:
    assert READERS.keys() <= KINDS.keys()


def test_every_status_is_described() -> None:
    told = {name: re.match(r"`(\w+)`", cells[0])[1] for name, cells in table("Statuses").items()}  # type: ignore[index]
    assert told == {name: status.value for name, status in STATUSES.items()}


def test_every_field_is_described() -> None:
    assert table("Fields").keys() == FIELDS.keys()


def test_what_is_only_kept_is_what_nothing_is_done_about() -> None:
    kept = {name for name, cells in table("Fields").items() if cells[0].startswith("kept") and "number" not in cells[0]}
    assert not kept & ACTIONS.keys()
    assert FIELDS.keys() >= ACTIONS.keys()
