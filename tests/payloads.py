"""Webhooks as Meta sends them, for tests."""

from itertools import count
from typing import Any

import orjson

from api.whatsapp.signature import sign

_numbers = count(1)
ASHA = "919000000001"
BINA = "919000000002"


def message(text: str = "hello", *, sender: str = ASHA, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """A text message with a wamid of its own."""
    number = next(_numbers)
    item = {
        "from": sender,
        "id": f"wamid.{number}",
        "timestamp": str(1_763_800_000 + number),
        "type": "text",
        "text": {"body": text},
    }
    return item | changes


def echo(text: str, *, to: str = ASHA) -> dict[str, Any]:
    """What the shop wrote on its own phone."""
    item = message(text)
    del item["from"]
    return item | {"to": to}


def status(wamid: str, name: str, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """A status of a message that was sent."""
    return {"id": wamid, "status": name, "timestamp": "1763800000", "recipient_id": ASHA} | changes


def messages_of(phone_number_id: str, *items: dict[str, Any], name: str = "Asha") -> dict[str, Any]:
    """A webhook with these messages."""
    senders = dict.fromkeys(item["from"] for item in items if "from" in item)
    contacts = [{"profile": {"name": name}, "wa_id": sender} for sender in senders]
    return webhook(phone_number_id, {"contacts": contacts, "messages": list(items)})


def statuses_of(phone_number_id: str, *items: dict[str, Any]) -> dict[str, Any]:
    """A webhook with these statuses."""
    return webhook(phone_number_id, {"statuses": list(items)})


def echoes_of(phone_number_id: str, *items: dict[str, Any]) -> dict[str, Any]:
    """A webhook with what the shop wrote on its phone."""
    return webhook(phone_number_id, {"message_echoes": list(items)}, field="smb_message_echoes")


def webhook(phone_number_id: str, value: dict[str, Any], *, field: str = "messages") -> dict[str, Any]:
    """A webhook with one change."""
    metadata = {"display_phone_number": "919800000001", "phone_number_id": phone_number_id}
    value = {"messaging_product": "whatsapp", "metadata": metadata} | value
    change = {"field": field, "value": value}
    return {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}


def merged(*webhooks: dict[str, Any]) -> dict[str, Any]:
    """One webhook with the entries of all."""
    return webhooks[0] | {"entry": [entry for each in webhooks for entry in each["entry"]]}


def signed(payload: object, secret: bytes = b"app-secret") -> tuple[bytes, dict[str, str]]:
    """The body and the headers of the request that brings `payload`."""
    body = payload if isinstance(payload, bytes) else orjson.dumps(payload)
    return body, {"X-Hub-Signature-256": sign(body, secret), "Content-Type": "application/json"}
