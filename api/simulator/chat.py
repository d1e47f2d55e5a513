"""What a customer and a business have written to each other, as the phone shows it."""

import hashlib
import itertools
from dataclasses import dataclass, field
from typing import Any

import phonenumbers

from api.simulator.json_value import Json
from api.simulator.options import Number

_serial = itertools.count(1)
TYPING_SECONDS = 25.0


@dataclass(slots=True)
class Customer:
    """Somebody with WhatsApp. Who `hides` the number is known to businesses by the user id alone."""

    wa_id: str
    name: str = ""
    hides: bool = False
    is_reachable: bool = True

    @property
    def user_id(self) -> str:
        """The business-scoped user id: the country and a number that tells nothing."""
        country = phonenumbers.region_code_for_country_code(_country_code(self.wa_id))
        digits = int.from_bytes(hashlib.sha256(self.wa_id.encode()).digest()[:6])
        return f"{country if country.isalpha() else 'US'}.{digits}"

    @property
    def contact(self) -> Json:
        """How a webhook names the customer."""
        known = {} if self.hides else {"wa_id": self.wa_id}
        return {"profile": {"name": self.name or self.wa_id}, **known, "user_id": self.user_id}

    @property
    def sender(self) -> Json:
        """How a message says who wrote it."""
        return ({} if self.hides else {"from": self.wa_id}) | {"from_user_id": self.user_id}

    @property
    def recipient(self) -> Json:
        """How a status says whom it is about."""
        return ({} if self.hides else {"recipient_id": self.wa_id}) | {"recipient_user_id": self.user_id}


@dataclass(slots=True)
class Entry:
    """One message of a chat. `content` is as in the webhook or in the request; `status` as last said."""

    id: str
    is_customers: bool
    type: str
    content: Any
    at: float
    quoted: str | None = None
    status: str = "sent"
    failure: Json | None = None
    payment: str | None = None
    is_edited: bool = False
    is_deleted: bool = False
    reactions: dict[str, str] = field(default_factory=dict)  # by "customer" and "shop"
    serial: int = field(default_factory=lambda: next(_serial))


@dataclass(slots=True)
class Chat:
    """The messages between a customer and a number, by wamid in their order."""

    number: Number
    customer: Customer
    entries: dict[str, Entry] = field(default_factory=dict)
    wrote_at: float | None = None  # when the customer last did
    typing_until: float = 0.0

    @property
    def key(self) -> str:
        """The chat's name in the phone's addresses."""
        return f"{self.number.phone_number_id}.{self.customer.wa_id}"

    def is_open(self, now: float, window_seconds: float) -> bool:
        """Whether the business may write what it likes."""
        return self.wrote_at is not None and now - self.wrote_at < window_seconds

    def mark_read(self, wamid: str) -> None:
        """The business has read this message and all before it."""
        last = self.entries[wamid].serial
        for entry in self.entries.values():
            if entry.is_customers and entry.serial <= last:
                entry.status = "read"


def _country_code(wa_id: str) -> int:
    try:
        return phonenumbers.parse(f"+{wa_id}").country_code or 1
    except phonenumbers.NumberParseException:
        return 1
