"""Chats with their gold: the order that a careful agent would draft, and each message's intent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.catalog import Catalog
from engine.chat_file import Chat
from engine.chat_file.jsonl import chat_of, json_rows
from training.gold import check

FIELDS = ("name", "phone", "pincode", "city", "address", "payment", "deliver_on")


@dataclass(frozen=True, slots=True)
class Line:
    """An order line as gold or a prediction writes it; see `engine.order.OrderLine` for its four forms.

    `quantity` is None where the JSON has no number there.
    """

    sku: str | None = None
    item_group_id: str | None = None
    options: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    text: str = ""
    quantity: float | None = None
    confidence: float | None = None

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> "Line":
        """Read one line; unknown keys are passed over."""
        options = row.get("options") or {}
        return cls(
            sku=row.get("sku") or None,
            item_group_id=row.get("item_group_id") or None,
            options=tuple(sorted((name, str(value)) for name, value in options.items())),
            missing=tuple(row.get("missing") or ()),
            candidates=tuple(row.get("candidates") or ()),
            text=str(row.get("text", "")),
            quantity=_number(row.get("quantity")),
            confidence=row.get("confidence"),
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft order as gold or a prediction writes it. `fields` holds every name of `FIELDS`."""

    stage: str | None = "none"
    lines: tuple[Line, ...] = ()
    fields: Mapping[str, str | None] = field(default_factory=lambda: dict.fromkeys(FIELDS))
    confidence: float = 0.0
    intents: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> "Draft":
        """Read gold, or what `engine.order_json` writes."""
        return cls(
            stage=row.get("stage"),
            lines=tuple(Line.from_json(line) for line in row.get("lines") or ()),
            fields={name: row.get(name) for name in FIELDS},
            confidence=float(row.get("confidence") or 0.0),
            intents=row.get("intents") or {},
        )


NO_DRAFT = Draft()


@dataclass(frozen=True, slots=True)
class LabelledChat:
    """A chat, its gold and its tags. `gold.intents` holds the labels of the customer's messages."""

    chat: Chat
    gold: Draft
    tags: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The chat's id."""
        return self.chat.id


def read_labelled(path: Path, catalog: Catalog | None = None) -> tuple[LabelledChat, ...]:
    """The labelled chats of a `.jsonl` file, their gold held against the catalogue where one is given.

    Raises:
        ChatFileError: A line is no chat, or its labels are not what they should be.
    """
    rows = json_rows(path.read_text(encoding="utf-8"), path.name)
    return tuple(_labelled(row, path.name, line, catalog) for line, row in rows)


def _labelled(row: Mapping[str, Any], file: str, line: int, catalog: Catalog | None) -> LabelledChat:
    check(row, file, line, catalog)
    gold = {**row["gold"], "intents": _intents(row["messages"])}
    return LabelledChat(chat_of(row, file, line), Draft.from_json(gold), tuple(row.get("tags", ())))


def _intents(messages: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {m["id"]: m["intent"] for m in messages if m["from"] == "customer" and m.get("intent")}


def _number(value: Any) -> float | None:  # noqa: ANN401 - whatever JSON holds
    try:
        return float(value)
    except (TypeError, ValueError):
        return None
