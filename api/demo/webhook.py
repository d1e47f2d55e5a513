"""The demo's messages as Meta sends them."""

from collections.abc import Callable, Mapping
from typing import Any

from api.demo.story import Moment
from api.first_run.simulator import PHONE_NUMBER_ID, WABA_ID
from api.simulator.envelope import change, webhook
from api.simulator.json_value import Json
from api.simulator.options import Number

SHOP = Number(phone_number_id=PHONE_NUMBER_ID, display_phone_number="+919000040100", waba_id=WABA_ID)
CATALOG_ID = "100000000000003"

Row = Mapping[str, Any]


def webhooks(moment: Moment) -> list[Json]:
    """What Meta sends for one message: of the shop's own also that it was delivered and read."""
    if moment.row["from"] == "customer":
        contact = {"profile": {"name": moment.chat.name}, "wa_id": moment.chat.wa_id}
        return [_webhook("messages", contacts=[contact], messages=[_item(moment) | {"from": moment.chat.wa_id}])]
    echo = _item(moment) | {"from": SHOP.digits, "to": moment.chat.wa_id}
    statuses = [_status(moment, name) for name in ("delivered", "read")]
    return [_webhook("smb_message_echoes", message_echoes=[echo]), _webhook("messages", statuses=statuses)]


def _webhook(field: str, **lists: list[Json]) -> Json:
    return webhook([(SHOP.waba_id, change(SHOP, field, **lists))])


def _item(moment: Moment) -> Json:
    row = moment.row
    kind = row["type"]
    item = {"id": _wamid(moment), "timestamp": _seconds(moment), "type": kind, kind: _CONTENTS[kind](row)}
    if "reply_to" in row:
        item["context"] = {"from": SHOP.digits, "id": _wamid(moment, row["reply_to"])}
    return item


def _status(moment: Moment, name: str) -> Json:
    return {
        "id": _wamid(moment),
        "status": name,
        "timestamp": _seconds(moment),
        "recipient_id": moment.chat.wa_id,
    }


def _wamid(moment: Moment, message_id: str | None = None) -> str:
    return f"wamid.{moment.chat.id}.{message_id or moment.row['id']}"


def _seconds(moment: Moment) -> str:
    return str(int(moment.at.timestamp()))


def _text(row: Row) -> Json:
    return {"body": row["text"]}


def _image(row: Row) -> Json:
    return {"id": f"media.{row['id']}", "mime_type": "image/jpeg", "caption": row.get("caption", "")}


def _location(row: Row) -> Json:
    return {key: row[key] for key in ("latitude", "longitude", "name", "address")}


def _cart(row: Row) -> Json:
    return {"catalog_id": CATALOG_ID, "product_items": row["items"]}


def _choice(row: Row) -> Json:
    return {"type": "button_reply", "button_reply": {"id": row["payload"], "title": row["title"]}}


_CONTENTS: Mapping[str, Callable[[Row], Json]] = {
    "text": _text,
    "image": _image,
    "location": _location,
    "order": _cart,
    "interactive": _choice,
}
