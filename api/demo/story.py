"""The demo's day: a shop, its catalogue, and what its customers and it write to each other."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from api.errors import OperatorError

# In an installed package beside this file, in a checkout where the data sets are.
FOLDERS = (Path(__file__).with_name("data"), Path(__file__).parents[2] / "datasets" / "demo")


@dataclass(frozen=True, slots=True)
class Chat:
    """What one customer and the shop write; rows as in datasets/README.md. `wants` says whether it is an order."""

    id: str
    name: str
    wa_id: str
    rows: Sequence[Mapping[str, Any]]
    wants: bool

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """Read one line of the file."""
        customer = row["customer"]
        return cls(row["id"], customer["name"], customer["wa_id"], row["messages"], row["gold"]["stage"] == "order")


@dataclass(frozen=True, slots=True)
class Moment:
    """One message of the day."""

    at: datetime
    chat: Chat
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """A catalogue file and the chats about it."""

    catalog: bytes
    chats: Sequence[Chat]

    @classmethod
    def load(cls) -> Self:
        """Read the demo's own data."""
        for folder in FOLDERS:
            if folder.is_dir():
                lines = (folder / "chats.jsonl").read_text(encoding="utf-8").splitlines()
                return cls((folder / "catalog.csv").read_bytes(), [Chat.of(json.loads(line)) for line in lines])
        raise OperatorError(f"the demo's data is missing: there is no folder {FOLDERS[0]}; install SatyaSell anew")

    def moments(self, ends_at: datetime) -> list[Moment]:
        """All messages in the order of the day, moved so that the last one is written at `ends_at`."""
        written = [(datetime.fromisoformat(row["at"]), chat, row) for chat in self.chats for row in chat.rows]
        written.sort(key=lambda each: each[0])
        shift = ends_at - written[-1][0]
        return [Moment(at + shift, chat, row) for at, chat, row in written]
