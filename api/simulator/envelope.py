"""Webhooks as Meta writes them: what they hold, their bytes, and their signature."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass

from api.simulator.json_value import Json
from api.simulator.options import Number
from api.whatsapp.signature import HEADER, sign

# Meta's JSON also escapes these; a signature over anything but the raw bytes is wrong.
_ESCAPES = {"/": "\\/", "<": "\\u003C", "%": "\\u0025", "@": "\\u0040"}
_TABLE = str.maketrans(_ESCAPES)


@dataclass(frozen=True, slots=True)
class Piece:
    """One item of a webhook: `part` is where it stands in the value, such as `messages` or `statuses`."""

    number: Number
    part: str
    item: Json
    contact: Json | None = None
    field: str = "messages"


def change(number: Number, field: str, **lists: Sequence[Json]) -> Json:
    """A change of this number with these lists; empty ones are left out."""
    metadata = {"display_phone_number": number.digits, "phone_number_id": number.phone_number_id}
    there = {name: list(items) for name, items in lists.items() if items}
    return {"field": field, "value": {"messaging_product": "whatsapp", "metadata": metadata, **there}}


def webhook(changes: Sequence[tuple[str, Json]]) -> Json:
    """A webhook with changes, each under its WABA's id; those of one WABA after another share an entry."""
    entries: list[Json] = []
    for waba_id, each in changes:
        if not entries or entries[-1]["id"] != waba_id:
            entries.append({"id": waba_id, "changes": []})
        entries[-1]["changes"].append(each)
    return {"object": "whatsapp_business_account", "entry": entries}


def envelope(pieces: Sequence[Piece], dice: random.Random) -> Json:
    """One webhook with all the pieces: in one value, in several changes or in several entries, as the dice fall."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        if groups and _fit(groups[-1][0], piece) and dice.random() < 0.5:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    whole = webhook([(group[0].number.waba_id, _grouped(group)) for group in groups])
    if len(groups) > 1 and dice.random() < 0.5:  # Meta may also repeat a WABA
        whole["entry"] = [entry | {"changes": [each]} for entry in whole["entry"] for each in entry["changes"]]
    return whole


def raw_body(webhook: object) -> bytes:
    r"""The bytes that Meta sends and signs: ASCII alone.

    >>> raw_body({"text": "₹ 5/kg"})
    b'{"text":"\\u20b9 5\\/kg"}'
    """
    # The signs stand in strings alone: escaping them in the whole text is escaping them there.
    return json.dumps(webhook, separators=(",", ":")).translate(_TABLE).encode()


def headers(body: bytes, app_secret: str) -> dict[str, str]:
    """The headers of the request that brings `body`."""
    return {
        HEADER: sign(body, app_secret.encode()),
        "Content-Type": "application/json",
        "User-Agent": "facebookexternalua",
    }


def _fit(one: Piece, other: Piece) -> bool:
    return (one.number, one.part, one.field) == (other.number, other.part, other.field)


def _grouped(pieces: Sequence[Piece]) -> Json:
    contacts = {repr(piece.contact): piece.contact for piece in pieces if piece.contact}
    first = pieces[0]
    lists = {"contacts": list(contacts.values()), first.part: [piece.item for piece in pieces]}
    return change(first.number, first.field, **lists)
