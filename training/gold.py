"""Checks labels before anything is learned from them or measured by them: a typo in a label is no figure."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from engine.catalog import Catalog
from engine.chat_file import ChatFileError
from engine.order import Intent, Payment, Stage

_FORMS = "sku, item_group_id, candidates, or sku: null with text"
_ONE_OF = {"stage": tuple(Stage), "payment": (None, *Payment)}


def check(row: Mapping[str, Any], file: str, line: int, catalog: Catalog | None = None) -> None:
    """Whether a row is a labelled chat, its products those of `catalog` where one is given.

    Raises:
        ChatFileError: A label is missing, unknown or of the wrong kind; says of which message or line of the order,
            and what may stand there.
    """
    try:
        for problem in _problems(row, catalog):
            raise ChatFileError(file, f"chat {row.get('id')!r}, {problem}", line=line)
    except (KeyError, TypeError, AttributeError) as error:
        raise ChatFileError(file, f"this is no labelled chat ({error!r}); see datasets/README.md", line=line) from error


def _problems(row: Mapping[str, Any], catalog: Catalog | None) -> Iterable[str]:
    if not isinstance(row.get("messages"), list):
        yield "the field 'messages' is missing; write the chat's messages as a list"
    if not isinstance(row.get("gold"), dict):
        yield 'the field \'gold\' is missing; write the order that an agent would draft, at least {"stage": "none"}'
    for message in row["messages"]:
        if message.get("from") == "customer" and (intent := message.get("intent")) not in {None, *Intent}:
            yield f"message {message.get('id')!r}: there is no intent {intent!r}{_meant(intent, Intent)}"
    gold = row["gold"]
    for name, values in _ONE_OF.items():
        if gold.get(name) not in values:
            yield f"gold: there is no {name} {gold.get(name)!r}{_meant(gold.get(name), filter(None, values))}"
    if gold["stage"] != Stage.ORDER and gold.get("lines"):
        yield f'gold: a chat with the stage {gold["stage"]!r} has no lines; write "lines": []'
    for number, wanted in enumerate(gold.get("lines") or (), 1):
        for problem in _of_line(wanted, catalog):
            yield f"gold, line {number} of the order: {problem}"


def _of_line(wanted: Mapping[str, Any], catalog: Catalog | None) -> Iterable[str]:
    quantity = wanted.get("quantity")
    if isinstance(quantity, bool) or not isinstance(quantity, int | float) or quantity <= 0:
        yield f"the quantity is {quantity!r}; write a number above 0"
    sku, group, candidates = (wanted.get(name) for name in ("sku", "item_group_id", "candidates"))
    if not (sku or group or candidates or wanted.get("text")):
        yield f"it names nothing; write one of {_FORMS}"
    if catalog is None:
        return
    if sku and catalog.variant(sku) is None:
        yield f"the catalogue has no SKU {sku!r}{_meant(sku, (v.sku for v in catalog.variants))}"
    for one in (*([group] if group else []), *(candidates or ())):
        if catalog.product(one) is None:
            yield f"the catalogue has no item_group_id {one!r}{_meant(one, catalog.products)}"


def _meant(wrong: object, known: Iterable[str]) -> str:
    """What is likely meant, or what there is."""
    names = [str(name) for name in known]
    near = get_close_matches(str(wrong), names, n=1)
    if near:
        return f"; did you mean {near[0]!r}?"
    return f"; there are {', '.join(names)}" if len(names) <= len(Intent) else ""
