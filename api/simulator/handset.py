"""What a customer does with the phone; the service hears of it by webhook."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from api.simulator.chat import Chat, Entry
from api.simulator.json_value import Json
from api.simulator.network import Network, new_wamid
from api.simulator.template_book import filled

# What a transaction is called beside its payment.
_TRANSACTIONS = {"captured": "success"}


class NotThereError(Exception):
    """Raised where a message or a button is not there to be tapped, changed or quoted; says which."""


@dataclass(frozen=True, slots=True)
class Handset:
    """A customer's side of one chat. What is sent returns its wamid."""

    network: Network
    chat: Chat

    def say(self, text: str, *, quote: str | None = None) -> str:
        """Write a text."""
        return self.send("text", {"body": text}, quote=quote)

    def send(self, kind: str, content: Any, *, quote: str | None = None, context: Json | None = None) -> str:  # noqa: ANN401 - any JSON
        """Send a message of any type, with its content as webhooks have it."""
        entry = Entry(new_wamid(), True, kind, content, self.network.clock.now(), quote, "delivered")
        item = self._item(entry.id, kind) | {kind: content}
        if quote is not None:
            item["context"] = self._quoted(quote) | (context or {})
        elif context:
            item["context"] = context
        self._opened()
        self.network.add(self.chat, entry)
        self.network.post(self.chat, "messages", item)
        return entry.id

    def send_file(
        self,
        kind: str,
        content: bytes,
        mime_type: str,
        *,
        caption: str = "",
        filename: str = "",
        voice: bool = False,
        quote: str | None = None,
    ) -> str:
        """Send a picture, a film, a document, a sticker or a sound; `voice` is of a voice note."""
        media = self.network.media.add(content, mime_type)
        said = {"caption": caption} if caption else {}
        named = {"filename": filename or "file"} if kind == "document" else {}
        noted = {"voice": voice} if kind == "audio" else {"animated": False} if kind == "sticker" else {}
        url = self.network.address + self.network.media.path(media.id)
        found: Json = {"mime_type": mime_type, "sha256": media.sha256, "id": media.id, "url": url}
        return self.send(kind, said | named | found | noted, quote=quote)

    def send_location(self, latitude: float, longitude: float, name: str = "", address: str = "") -> str:
        """Send a place."""
        named = {key: value for key, value in (("name", name), ("address", address)) if value}
        return self.send("location", {"latitude": latitude, "longitude": longitude} | named)

    def send_cart(self, items: Sequence[Json], *, text: str = "", catalog_id: str = "") -> str:
        """Send a cart; an item has product_retailer_id, quantity, item_price and currency."""
        return self.send(
            "order", {"catalog_id": catalog_id or "194836987003835", "text": text, "product_items": list(items)}
        )

    def tap(self, wamid: str, button: str) -> str:
        """Tap a button or a row of a list, by its id, or by its text under a template."""
        entry = self._shops(wamid)
        if entry.type == "template":
            return self._tap_template(entry, button)
        if entry.type != "interactive":
            raise NotThereError(f"{wamid} has no buttons")
        action = entry.content["action"]
        for each in action.get("buttons", ()):
            if each["reply"]["id"] == button:
                return self._reply(wamid, "button_reply", each["reply"])
        for section in action.get("sections", ()):
            for row in section.get("rows", ()):
                if row["id"] == button:
                    return self._reply(wamid, "list_reply", row)
        raise NotThereError(f"{wamid} has no button or row {button}")

    def answer_form(self, wamid: str, name: str, values: Json) -> str:
        """Fill in an address form (`address_message`) or a flow (`flow`)."""
        self._shops(wamid)
        content = {"name": name, "body": "Sent", "response_json": orjson.dumps(values).decode()}
        return self._interactive(wamid, "nfm_reply", content)

    def pay(self, wamid: str, status: str = "captured") -> str:
        """Pay what an `order_details` message asks for; `status` may also be `pending` or `failed`."""
        entry = self._shops(wamid)
        if entry.type != "interactive" or entry.content["type"].lower() != "order_details":
            raise NotThereError(f"{wamid} asks for no payment")
        parameters = entry.content["action"]["parameters"]
        timestamp = str(int(self.network.clock.now()))
        transaction = {"id": secrets.token_hex(8), "type": "razorpay", "status": _TRANSACTIONS.get(status, status)}
        payment: Json = {
            "reference_id": parameters["reference_id"],
            "amount": parameters["total_amount"],
            "currency": parameters["currency"],
            "transaction": transaction | {"created_timestamp": timestamp, "updated_timestamp": timestamp},
        }
        told: Json = {"id": wamid, "type": "payment", "status": status, "timestamp": timestamp, "payment": payment}
        entry.payment = status
        self.network.post(self.chat, "statuses", told | self.chat.customer.recipient)
        self.network.changed(self.chat)
        return wamid

    def react(self, wamid: str, emoji: str) -> str:
        """React to a message; an empty emoji takes the reaction away."""
        entry = self._entry(wamid)
        entry.reactions["customer"] = emoji
        reaction = {"message_id": wamid} | ({"emoji": emoji} if emoji else {})
        return self._silently("reaction", reaction)

    def edit(self, wamid: str, text: str) -> str:
        """Change an own message's words."""
        entry = self._own(wamid)
        part = "text" if entry.type == "text" else entry.type
        entry.content = entry.content | ({"body": text} if part == "text" else {"caption": text})
        entry.is_edited = True
        message: Json = {"type": part, part: entry.content}
        if entry.quoted:
            message["context"] = self._quoted(entry.quoted)
        return self._silently("edit", {"original_message_id": wamid, "message": message})

    def delete(self, wamid: str) -> str:
        """Delete an own message for everyone."""
        self._own(wamid).is_deleted = True
        return self._silently("revoke", {"original_message_id": wamid})

    def _tap_template(self, entry: Entry, text: str) -> str:
        buttons: list[Json] = next(
            (part["buttons"] for part in entry.content["template"]["components"] if "buttons" in part), []
        )
        for index, button in enumerate(buttons):
            if button["type"] == "QUICK_REPLY" and button["text"] == text:
                payload = _payload(entry.content.get("components", ()), index) or text
                return self.send("button", {"payload": payload, "text": text}, context=self._quoted(entry.id))
        raise NotThereError(f"{entry.id} has no quick reply {text}")

    def _reply(self, wamid: str, kind: str, chosen: Json) -> str:
        kept = {key: chosen[key] for key in ("id", "title", "description") if chosen.get(key)}
        return self._interactive(wamid, kind, kept)

    def _interactive(self, wamid: str, kind: str, content: Json) -> str:
        return self.send("interactive", {"type": kind, kind: content}, context=self._quoted(wamid))

    def _silently(self, kind: str, content: Json) -> str:
        """Send what changes another message and stands nowhere itself."""
        wamid = new_wamid()
        self._opened()
        self.network.changed(self.chat)
        self.network.post(self.chat, "messages", self._item(wamid, kind) | {kind: content})
        return wamid

    def _item(self, wamid: str, kind: str) -> Json:
        timestamp = str(int(self.network.clock.now()))
        return self.chat.customer.sender | {"id": wamid, "timestamp": timestamp, "type": kind}

    def _opened(self) -> None:
        self.chat.wrote_at = self.network.clock.now()

    def _quoted(self, wamid: str) -> Json:
        entry = self._entry(wamid)
        sender = self.chat.customer.wa_id if entry.is_customers else self.chat.number.digits
        return {"from": sender, "id": wamid}

    def _entry(self, wamid: str) -> Entry:
        if wamid not in self.chat.entries:
            raise NotThereError(f"the chat has no message {wamid}")
        return self.chat.entries[wamid]

    def _own(self, wamid: str) -> Entry:
        entry = self._entry(wamid)
        if not entry.is_customers or entry.is_deleted:
            raise NotThereError(f"{wamid} is not the customer's to change")
        return entry

    def _shops(self, wamid: str) -> Entry:
        entry = self._entry(wamid)
        if entry.is_customers:
            raise NotThereError(f"{wamid} is the customer's own")
        return entry


def template_text(content: Json) -> str:
    """The words of a template that was sent, with its parameters in their places."""
    template = content["template"]
    body = next((part.get("text", "") for part in template["components"] if part["type"].upper() == "BODY"), "")
    given: Json = next((part for part in content.get("components", ()) if part["type"].lower() == "body"), {})
    values = {
        str(parameter.get("parameter_name") or index + 1): str(parameter.get("text") or _fallback(parameter))
        for index, parameter in enumerate(given.get("parameters", ()))
    }
    return filled(body, values)


def _fallback(parameter: Json) -> str:
    inner = parameter.get(parameter["type"], {})
    return str(inner.get("fallback_value", "")) if isinstance(inner, dict) else ""


def _payload(components: Sequence[Json], index: int) -> str:
    for part in components:
        if part["type"].lower() == "button" and str(part.get("index")) == str(index):
            return next((str(each["payload"]) for each in part.get("parameters", ()) if "payload" in each), "")
    return ""
