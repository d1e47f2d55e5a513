"""What a customer filled in: the answers of flows, and of India's address forms."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from api.whatsapp.json_value import as_object, clean, loads, text_at

# The fields of an address form, in the order in which an address is written.
_PLACE = (
    ("house_number", "House {}"),
    ("unit_number", "Unit {}"),
    ("floor_number", "Floor {}"),
    ("tower_number", "Tower {}"),
    ("building_name", "{}"),
    ("address", "{}"),
    ("landmark_area", "{}"),
    ("city", "{}"),
    ("state", "{}"),
)
_CODES = ("in_pin_code", "sg_post_code", "pin_code", "pincode")
_PERSON = ("name", "phone_number")
ADDRESS_FIELDS = (*_PERSON, *(name for name, _ in _PLACE), *_CODES)


@dataclass(frozen=True, slots=True)
class FormReply:
    """A form's answers: `name` is `flow`, `address_message` or what Meta calls it; `data` what was filled in.

    `address` are the fields of an address among them, empty where they are none; `words` is what stands in the
    chat: the address as one writes it, else Meta's line.
    """

    name: str
    data: Mapping[str, object] = field(default_factory=dict)
    address: Mapping[str, str] = field(default_factory=dict)
    words: str = ""


def read_form(reply: object) -> FormReply:
    """The form reply in an `nfm_reply`, whatever it holds."""
    data = _data(as_object(reply).get("response_json"))
    name = text_at(reply, "name") or "flow"
    address = _address(data)
    words = _written(address) if address else text_at(reply, "body") or ""
    return FormReply(name, data, address, words)


def _data(told: object) -> Mapping[str, object]:
    """The answers: usually JSON in a string, and usually an object."""
    if isinstance(told, str):
        with suppress(ValueError):
            told = loads(told.encode("utf-8", "replace"))
    cleaned = clean(told)
    if isinstance(cleaned, dict):
        return cleaned
    return {} if cleaned in (None, "") else {"value": cleaned}


def _address(data: Mapping[str, object]) -> dict[str, str]:
    """The fields of an address: with a place or a code among them, it is one."""
    values = as_object(data.get("values")) or data
    found = {name: told for name in ADDRESS_FIELDS if (told := text_at(values, name))}
    is_one = any(code in found for code in _CODES) or ("address" in found and "city" in found)
    return found if is_one else {}


def _written(address: Mapping[str, str]) -> str:
    """An address as one writes it, a line each for name, phone and place."""
    place = ", ".join(form.format(address[name]) for name, form in _PLACE if name in address)
    code = next((address[name] for name in _CODES if name in address), "")
    lines = (
        ("Name", address.get("name", "")),
        ("Phone", address.get("phone_number", "")),
        ("Address", " - ".join(part for part in (place, code) if part)),
    )
    return "\n".join(f"{label}: {told}" for label, told in lines if told)
