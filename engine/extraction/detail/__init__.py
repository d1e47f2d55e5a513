"""Details of the delivery: name, phone, address, postal code, city, payment and day, read from a whole chat."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.conversation import Span
from engine.extraction.detail.address import Block, Tagged, asked_code, blocks, tag_all
from engine.extraction.detail.aside import with_details
from engine.extraction.detail.between import joined
from engine.extraction.detail.city import city_of
from engine.extraction.detail.day import DayChooser
from engine.extraction.detail.earlier import order_start, refers_back
from engine.extraction.detail.heard import Heard, Turn, hear
from engine.extraction.detail.name import choose_name, name_text
from engine.extraction.detail.part import parts_of
from engine.extraction.detail.payment import choose_payment
from engine.extraction.detail.phone import choose_phone
from engine.order import Details

__all__ = ["Heard", "Turn", "hear", "read_details", "with_details"]


def read_details(heard: Sequence[Heard]) -> Details:
    """What the customer said about the delivery, as it stands after the last turn heard.

    Of a chat with an earlier, finished order only what was said since counts, and the earlier address
    where the customer takes it up again.
    """
    start = order_start(heard)
    tagged = joined(tag_all(heard))
    since = 0 if start and refers_back(heard, start) else start
    where = _to_whom_and_where([message for message in tagged if message.heard.index >= since])
    return _details({**where, **_how_and_when(heard[start:], tagged)})


def _to_whom_and_where(tagged: Sequence[Tagged]) -> dict[str, tuple[Any, tuple[Span, ...]]]:
    given = blocks(tagged)
    block = given[-1] if given else None
    phone = choose_phone([phone for message in tagged for phone in message.phones])
    name = choose_name(tagged, block, phone)
    found: dict[str, tuple[Any, tuple[Span, ...]]] = {}
    if name:
        found["name"] = (name_text(name.span), (name.span,))
    if phone:
        found["phone"] = (phone.digits.lstrip("+"), (phone.span,))
    if block:
        found.update(_where(block))
    elif code := next((code for message in reversed(tagged) if (code := asked_code(message))), None):
        found["pincode"] = (code.code, (code.span,))
    return found


def _where(block: Block) -> dict[str, tuple[Any, tuple[Span, ...]]]:
    code = block.pincode
    city = city_of(block)
    found: dict[str, tuple[Any, tuple[Span, ...]]] = {
        "address": (parts_of(block.text, city, code.code if code else None), block.spans)
    }
    if city:
        found["city"] = (city, block.spans)
    if code:
        found["pincode"] = (code.code, (code.span,))
    return found


def _how_and_when(heard: Sequence[Heard], tagged: Sequence[Tagged]) -> dict[str, tuple[Any, tuple[Span, ...]]]:
    found: dict[str, tuple[Any, tuple[Span, ...]]] = {}
    labels = {message.heard.index: message.labels for message in tagged}
    if way := choose_payment(heard, labels):
        found["payment"] = (way.payment, (way.span,))
    if day := DayChooser.trained().choose(heard, labels):
        found["deliver_on"] = (day.day, (day.span,))
    return found


def _details(found: Mapping[str, tuple[Any, tuple[Span, ...]]]) -> Details:
    values = {name: value for name, (value, _) in found.items()}
    return Details(**values, evidence={name: spans for name, (_, spans) in found.items()})
