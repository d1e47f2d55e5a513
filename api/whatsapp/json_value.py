"""Reading JSON whose shape cannot be trusted: but for `loads`, nothing here raises, whatever comes."""

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

import orjson

# Meta nests some ten levels deep. What lies deeper is kept in the raw body only.
MAX_DEPTH = 48
_NOTHING: Mapping[str, object] = {}
# The years in which a WhatsApp message can have been written, in seconds.
_EARLIEST, _LATEST = 1_230_768_000, 4_102_444_800


def loads(body: bytes) -> object:
    """The JSON in `body`, read leniently where it is not quite JSON (a torn emoji, a byte order mark, NaN).

    Raises:
        ValueError: It is none; says where, without its words.
    """
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(body.decode("utf-8-sig", "replace"))
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def as_object(value: object) -> Mapping[str, object]:
    """`value` where it is an object, else an empty one."""
    return value if isinstance(value, dict) else _NOTHING


def as_list(value: object) -> list[object]:
    """`value` where it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def text_at(value: object, *path: str) -> str | None:
    """The text (or whole number, as text) found along `path`; None where there is none or it is blank.

    >>> text_at({"metadata": {"phone_number_id": 123}}, "metadata", "phone_number_id")
    '123'
    """
    for key in path:
        value = as_object(value).get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**40 else None
    return clean_text(value) if isinstance(value, str) and value.strip() else None


def number_at(value: object, key: str) -> float | None:
    """The finite number (or number in text) at `key`, or None."""
    found = decimal_at(value, key)
    return float(found) if found is not None else None


def decimal_at(value: object, key: str) -> Decimal | None:
    """The number (or number in text) at `key`, exact; None where there is none or it is beyond all reason."""
    found = as_object(value).get(key)
    if isinstance(found, bool) or not isinstance(found, int | float | str):
        return None
    try:
        number = Decimal(str(found).strip())
    except (InvalidOperation, ValueError):
        return None
    return number if number.is_finite() and abs(number) < 10**9 else None


def time_at(value: object, key: str) -> datetime | None:
    """The Unix time in seconds (or milliseconds) at `key`, in UTC; None where it is none of our century."""
    seconds = as_object(value).get(key)
    if isinstance(seconds, str) and seconds.isascii() and seconds.isdigit() and len(seconds) <= 15:
        seconds = int(seconds)
    if isinstance(seconds, float) and math.isfinite(seconds):
        seconds = int(seconds)
    if isinstance(seconds, bool) or not isinstance(seconds, int):
        return None
    seconds = seconds // 1000 if seconds > _LATEST else seconds
    return datetime.fromtimestamp(seconds, UTC) if _EARLIEST <= seconds <= _LATEST else None


def clean(value: object, depth: int = MAX_DEPTH) -> object:
    """`value` as PostgreSQL can store it: no NUL, no lone surrogate, no NaN, no bottomless nesting."""
    if isinstance(value, dict | list) and not depth:
        return "(nested too deeply)"
    if isinstance(value, list):
        return [clean(item, depth - 1) for item in value]
    if isinstance(value, dict):
        return {clean_text(str(key)): clean(item, depth - 1) for key, item in value.items()}
    return clean_text(value) if isinstance(value, str) else _clean_number(value)


def _clean_number(value: object) -> object:
    """Numbers, true, false and null as they are; what a number's 64 bits cannot hold becomes null."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, int):
        return value if -(2**63) <= value < 2**63 else None
    return None


def clean_object(value: object) -> dict[str, object]:
    """`value` cleaned; what is no object is put under the key `value`."""
    cleaned = clean(value)
    return cleaned if isinstance(cleaned, dict) else {"value": cleaned}


def clean_text(text: str) -> str:
    r"""`text` without what PostgreSQL refuses.

    >>> clean_text("a\x00b\ud83d")
    'a\ufffdb\ufffd'
    """
    text = text.replace("\0", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
