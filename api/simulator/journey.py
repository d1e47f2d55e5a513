"""What becomes of a message that the service has sent: its statuses, each after its delay."""

import asyncio
from dataclasses import dataclass

from api.simulator.chat import Chat, Entry
from api.simulator.graph_error import failure
from api.simulator.json_value import Json
from api.simulator.network import Network


@dataclass(frozen=True, slots=True)
class Journey:
    """One message on its way to the customer; `category` is its template's, else `service`."""

    network: Network
    chat: Chat
    entry: Entry
    tracker: str | None
    category: str

    def start(self, late_failure: Json | None) -> None:
        """Let the statuses come, or the one that tells of the failure."""
        delays = self.network.options.delays
        if problem := late_failure or self._problem():
            self._later(delays.sent or 0.0, "failed", problem)
            return
        after = 0.0
        for name, delay in (("sent", delays.sent), ("delivered", delays.delivered)):
            if delay is not None:
                self._later(delay, name)
                after = max(after, delay)
        if delays.read is not None:
            self._later(after + delays.read, "read")

    def _problem(self) -> Json | None:
        """What Meta finds out after it has accepted a message."""
        now, window = self.network.clock.now(), self.network.options.limits.window_seconds
        if self.entry.type != "template" and not self.chat.is_open(now, window):
            details = "Message failed to send because more than 24 hours have passed since the customer last replied"
            return failure(131047, f"{details} to this number.")
        if self.entry.type == "reaction" and self.network.chat_with(self.entry.content["message_id"]) is not self.chat:
            return failure(131009, "The message to react to is unknown or older than 30 days.")
        if not self.chat.customer.is_reachable or self.network.happens(self.network.options.faults.fail_status):
            return failure(131026, "Message Undeliverable.")
        return None

    def _later(self, delay: float, name: str, problem: Json | None = None) -> None:
        asyncio.get_running_loop().call_later(delay, self._arrive, name, problem)

    def _arrive(self, name: str, problem: Json | None) -> None:
        self.entry.status = name
        self.entry.failure = problem
        self.network.post(self.chat, "statuses", self._status(name, problem))
        self.network.changed(self.chat)

    def _status(self, name: str, problem: Json | None) -> Json:
        status: Json = {"id": self.entry.id, "status": name, "timestamp": str(int(self.network.clock.now()))}
        status |= self.chat.customer.recipient
        if self.tracker is not None:
            status["biz_opaque_callback_data"] = self.tracker
        return status | ({"errors": [problem]} if problem else {"pricing": self._pricing()})

    def _pricing(self) -> Json:
        is_free = self.category == "service"
        kind = "free_customer_service" if is_free else "regular"
        return {"billable": not is_free, "pricing_model": "PMP", "type": kind, "category": self.category}
