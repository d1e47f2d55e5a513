"""Takes what the service sends, as Meta does: checked, counted, accepted, and only then on its way."""

import asyncio
from typing import Any

from api.simulator.chat import TYPING_SECONDS, Chat, Customer, Entry
from api.simulator.check.media_object import TYPES, late_failure
from api.simulator.check.message import Checked, Recipient, check_message, check_product_name
from api.simulator.check.node import Node
from api.simulator.check.template import TemplateCheck
from api.simulator.graph_error import GraphError
from api.simulator.journey import Journey
from api.simulator.json_value import Json
from api.simulator.network import Network, new_wamid
from api.simulator.options import Number


class LostAnswerError(Exception):
    """Raised where a message was accepted, and the sender is not to learn of it."""


class Outbox:
    """What numbers send. `accepted` holds every message that was, by wamid, with its tracker."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._references: dict[tuple[str, str], str] = {}
        self.accepted: dict[str, str | None] = {}

    def take(self, number: Number, request: Json) -> Json:
        """Do what the request asks, and return the answer; raise GraphError where Meta refuses it."""
        node = Node(request)
        check_product_name(node)
        if node.has("status"):
            return self._mark_read(number, node)
        templates = TemplateCheck(self._network.templates, number.waba_id, self._network.media)
        checked = check_message(node, templates, self._network.media)
        return self._send(number, checked)

    def _mark_read(self, number: Number, request: Node) -> Json:
        request.word("status", ("read",))
        wamid = request.text("message_id")
        chat = self._network.chat_with(wamid)
        if (
            chat is None
            or chat.number.phone_number_id != number.phone_number_id
            or not chat.entries[wamid].is_customers
        ):
            raise GraphError(131009, "message_id is not the id of a message that this number received.")
        if indicator := request.optional_node("typing_indicator"):
            indicator.word("type", ("text",))
            chat.typing_until = self._network.clock.now() + TYPING_SECONDS
            asyncio.get_running_loop().call_later(TYPING_SECONDS, self._network.changed, chat)
        chat.mark_read(wamid)
        self._network.changed(chat)
        return {"success": True}

    def _send(self, number: Number, checked: Checked) -> Json:
        customer = self._customer(checked.recipient)
        if customer.wa_id == number.digits:
            raise GraphError(100, "A message cannot be sent to the number that sends it.")
        self._check_reference(number, checked)
        self._network.pace.take(number, customer.wa_id)
        faults = self._network.options.faults
        if self._network.happens(faults.fail_send):
            raise GraphError(131000, "Message failed to send due to an unknown error.", status=500)
        chat = self._network.chat(number, customer)
        wamid = self._accept(chat, checked)
        if self._network.happens(faults.lose_answer):
            raise LostAnswerError
        return _answer(checked.recipient, wamid, is_template=checked.template is not None)

    def _customer(self, recipient: Recipient) -> Customer:
        if recipient.wa_id:
            return self._network.customer(recipient.wa_id)
        if found := self._network.customer_of(recipient.user_id or ""):
            return found
        raise GraphError(131026, "No customer of this business has this business-scoped user ID.")

    def _accept(self, chat: Chat, checked: Checked) -> str:
        content = _shown(checked)
        entry = Entry(new_wamid(), False, checked.type, content, self._network.clock.now(), checked.quoted, "accepted")
        self.accepted[entry.id] = checked.tracker
        chat.typing_until = 0.0
        problem = late_failure(content, checked.type, self._network.media) if checked.type in TYPES else None
        if checked.type == "reaction":
            self._react(chat, content)
        self._network.add(chat, entry)
        category = checked.template["category"].lower() if checked.template else "service"
        Journey(self._network, chat, entry, checked.tracker, category).start(problem)
        return entry.id

    def _react(self, chat: Chat, reaction: Json) -> None:
        if entry := chat.entries.get(reaction["message_id"]):
            entry.reactions["shop"] = reaction.get("emoji") or ""

    def _check_reference(self, number: Number, checked: Checked) -> None:
        """An order to pay is sent once; of one that was not sent there is no status."""
        if checked.type != "interactive" or not isinstance(checked.content, dict):
            return
        kind = checked.content["type"].lower()
        if kind not in {"order_details", "order_status"}:
            return
        parameters = checked.content["action"]["parameters"]
        key = number.phone_number_id, parameters["reference_id"]
        before = self._references.get(key)
        if (before is None) == (kind == "order_status"):
            known = "was sent before" if before else "was never sent"
            raise GraphError(131009, f"An order with the reference_id {key[1]!r} {known}.")
        if before in {"completed", "canceled"}:
            raise GraphError(2046, f"The order is {before}.")
        self._references[key] = parameters["order"]["status"]


def _shown(checked: Checked) -> Any:  # noqa: ANN401 - any JSON
    """The content as the phone shows it: a template with what it is made of."""
    if checked.template is None or not isinstance(checked.content, dict):
        return checked.content
    return checked.content | {"template": checked.template}


def _answer(recipient: Recipient, wamid: str, *, is_template: bool) -> Json:
    known = {"wa_id": recipient.wa_id} if recipient.wa_id else {"user_id": recipient.user_id}
    message = {"id": wamid} | ({"message_status": "accepted"} if is_template else {})
    return {"messaging_product": "whatsapp", "contacts": [{"input": recipient.given, **known}], "messages": [message]}
