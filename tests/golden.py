"""Golden conversations: short chats, each with the order that a careful reader makes of it, in TOML.

    shop = "clothes"                       # which catalogue of tests/conversations/catalogs

    [[conversation]]
    name = "a later quantity takes the place of an earlier one"
    messages = ["C: 2 blue anarkali M bhej do", "B: ok 899 each", "C: 2 nahi 3 kar do"]
    lines = ["AN-BLU-M x 3"]

Messages are `m1`, `m2` and so on, two minutes apart from Monday, 2 March 2026, 10:00 in India. They are written
`C: words` and `B: words` for customer and business, with what else a message can hold between side and colon:

    C>m2: this one              quotes m2                  B[image sku=AN-BLU-M]: caption
    +1d C: hello                a day later (also +3h)     B[image group=AN]:
    C[cart AN-BLU-M x 2, DU-RED x 1]: note                 C[tap AN-BLU-M]: title of the button
    C[audio]:                   a voice note               C[location]:
    C>m2[reaction 👍]:

Lines are a SKU, a product with what is known of it and what has to be asked, several products that fit, or a wish
for something not sold: `AN-BLU-M x 3`, `AN color=blue ? size x 1`, `AN | ST x 1`, `- patiala salwar x 5`.
`stage` goes without saying: `order` where there are lines. `details = { name = "Asha", payment = "" }` checks the
details that it names and no others; "" says that there is none.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from engine import CartItem, Catalog, Engine, Message, MessageKind, Sender
from engine.order import DraftOrder, OrderLine

FOLDER = Path(__file__).parent / "conversations"
WANTED = FOLDER / "wanted"
DETAILS = frozenset({"name", "phone", "address", "pincode", "city", "payment", "deliver_on"})
_KEYS = {"shop", "name", "messages", "lines", "stage", "details"}
_BEGIN = datetime.fromisoformat("2026-03-02T10:00:00+05:30")
_MESSAGE = re.compile(
    r"(?:\+(?P<later>\d+)(?P<unit>[dh]) )?"
    r"(?P<side>[CB])(?:>(?P<reply>m\d+))?(?:\[(?P<what>[^\]]*)\])?:(?: (?P<text>.*))?",
    re.DOTALL,
)
_SIDES = {"C": Sender.CUSTOMER, "B": Sender.BUSINESS}


@dataclass(frozen=True)
class Conversation:
    """A chat with what should be read from it: `expected` maps "lines", "stage" and details to values."""

    file: str
    name: str
    shop: str
    messages: tuple[Message, ...]
    expected: dict[str, Any]

    @property
    def id(self) -> str:
        """File and sentence."""
        return f"{self.file}: {self.name}"

    def read(self) -> dict[str, Any]:
        """What the engine makes of it, as far as something is expected."""
        draft = engine_of(self.shop).read(self.messages)
        return {key: _found(draft, key) for key in self.expected}


@cache
def catalog_of(shop: str) -> Catalog:
    """The catalogue of a shop."""
    return Catalog.from_csv(FOLDER / "catalogs" / f"{shop}.csv")


@cache
def engine_of(shop: str) -> Engine:
    """The one engine of a shop."""
    return Engine(catalog_of(shop))


def conversations(folder: Path) -> list[Conversation]:
    """All conversations of a folder's files.

    Raises:
        ValueError: A message or a key is not of the forms above.
    """
    return [one for path in sorted(folder.glob("*.toml")) for one in _of_file(path)]


def _of_file(path: Path) -> Iterator[Conversation]:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    for one in data["conversation"]:
        yield _conversation(path.stem, {"shop": data["shop"], **one})


def _conversation(file: str, one: dict[str, Any]) -> Conversation:
    details = one.get("details", {})
    if unknown := (one.keys() - _KEYS) | (details.keys() - DETAILS):
        raise ValueError(f"{file}: {one['name']}: unknown {', '.join(sorted(unknown))}")
    lines = sorted(one["lines"])
    expected = {"lines": lines, "stage": one.get("stage", "order" if lines else "none"), **details}
    return Conversation(file, one["name"], one["shop"], tuple(messages_of(one["messages"])), expected)


def messages_of(written: list[str]) -> Iterator[Message]:
    """The messages that are written in the short form."""
    at = _BEGIN
    for number, text in enumerate(written, 1):
        match = _MESSAGE.fullmatch(text)
        if match is None:
            raise ValueError(f"not a message: {text!r}")
        at += timedelta(minutes=2)
        if match["later"]:
            at += timedelta(**{"days" if match["unit"] == "d" else "hours": int(match["later"])})
        yield Message(
            f"m{number}", _SIDES[match["side"]], at, text=match["text"] or "", reply_to=match["reply"],
            **_content(match["what"] or ""),
        )  # fmt: skip


def _content(what: str) -> dict[str, Any]:
    """The fields of a message that is more than words."""
    kind, _, rest = what.partition(" ")
    match kind:
        case "":
            return {}
        case "image":
            key, _, value = rest.partition("=")
            return {
                "kind": MessageKind.IMAGE,
                **({{"sku": "sku", "group": "item_group_id"}[key]: value} if rest else {}),
            }
        case "cart":
            rows = [row.rsplit(" x ", 1) for row in rest.split(", ")]
            return {"kind": MessageKind.ORDER, "items": tuple(CartItem(sku, Decimal(count)) for sku, count in rows)}
        case "tap":
            return {"kind": MessageKind.INTERACTIVE, "payload": rest}
        case "reaction":
            return {"kind": MessageKind.REACTION, "emoji": rest}
        case _:
            return {"kind": MessageKind(kind)}


def _found(draft: DraftOrder, key: str) -> Any:  # noqa: ANN401 - a line list or a detail
    if key == "lines":
        return sorted(map(written, draft.lines))
    if key == "stage":
        return str(draft.stage)
    value = getattr(draft.details, key)
    if key == "address":
        return value.text if value else ""
    return "" if value is None else str(value)


def written(line: OrderLine) -> str:
    """A line in the short form."""
    return f"{_thing(line)} x {line.quantity.normalize():f}"


def _thing(line: OrderLine) -> str:
    if line.sku is not None:
        return line.sku
    if line.item_group_id is not None:
        known = ", ".join(f"{name}={value}" for name, value in line.options.items())
        return " ".join(part for part in (line.item_group_id, known, "?", ", ".join(line.missing)) if part)
    if line.candidates:
        return " | ".join(sorted(dict.fromkeys(c.item_group_id for c in line.candidates)))
    return f"- {line.text.casefold()}"
