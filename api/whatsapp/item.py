"""What is found in webhooks: one small value a thing that happened, with where it stood."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from api.conversation.content import MessageContent
from api.conversation.models import Direction
from api.customer.person import Person


@dataclass(frozen=True, slots=True)
class Source:
    """Where in the payload an item stood, and the number it came in by (None where it names none).

    `time` is when Meta says that it made the entry.
    """

    path: str
    field: str
    waba_id: str | None = None
    phone_number_id: str | None = None
    display_phone_number: str | None = None
    time: datetime | None = None

    def at(self, path: str) -> "Source":
        """The same source, further down at `path`."""
        return Source(
            f"{self.path}.{path}",
            self.field,
            self.waba_id,
            self.phone_number_id,
            self.display_phone_number,
            self.time,
        )


@dataclass(frozen=True, slots=True)
class ReceivedMessage:
    """A message between `person` and the number: hers (inbound), or the shop's own from its phone (outbound).

    `timestamp` is None where Meta's is missing or absurd; `raw` is Meta's item, fit for JSONB. A `historic` one
    comes with the chats that the shop's phone had before; `told_status` is how far it has come since.
    """

    source: Source
    wamid: str
    direction: Direction
    person: Person
    timestamp: datetime | None
    content: MessageContent
    reply_to_wamid: str | None
    raw: Mapping[str, object]
    historic: bool = False
    told_status: str | None = None

    @property
    def name(self) -> str:
        """What to count it as."""
        prefix = "message" if self.direction is Direction.INBOUND else "echo"
        return f"{'history.' if self.historic else ''}{prefix}.{self.content.type}"


@dataclass(frozen=True, slots=True)
class ReceivedStatus:
    """A status of a message that was sent: Meta's own word, known to us or not."""

    source: Source
    wamid: str
    status: str
    timestamp: datetime | None
    raw: Mapping[str, object]
    participant: str | None = None
    tracker: str | None = None

    @property
    def name(self) -> str:
        """What to count it as."""
        return f"status.{self.status}"


@dataclass(frozen=True, slots=True)
class ReceivedPayment:
    """How a payment stands that was asked for by `reference_id`; the amount in minor units."""

    source: Source
    reference_id: str
    status: str
    timestamp: datetime | None
    raw: Mapping[str, object]
    transaction_id: str | None = None
    transaction_status: str | None = None
    amount_minor: int | None = None
    currency: str | None = None

    @property
    def name(self) -> str:
        """What to count it as."""
        return f"payment.{self.status}"


@dataclass(frozen=True, slots=True)
class ReceivedIdentity:
    """A person got another number or another of Meta's ids."""

    source: Source
    previous: Person
    current: Person
    timestamp: datetime | None
    name: str = "identity_change"


@dataclass(frozen=True, slots=True)
class ReceivedChoice:
    """A person stopped marketing messages, or allowed them again."""

    source: Source
    person: Person
    stopped: bool
    timestamp: datetime | None

    @property
    def name(self) -> str:
        """What to count it as."""
        return f"marketing.{'stop' if self.stopped else 'resume'}"


@dataclass(frozen=True, slots=True)
class ReceivedContact:
    """An entry of the shop's phone book: what it calls a person, None where it was removed."""

    source: Source
    person: Person
    called: str | None
    timestamp: datetime | None
    name: str = "phone_book_entry"


@dataclass(frozen=True, slots=True)
class OtherEvent:
    """Something beside messages: kept by its field's name, and acted on where that means something."""

    source: Source
    raw: Mapping[str, object]

    @property
    def name(self) -> str:
        """What to count it as."""
        return self.source.field


@dataclass(frozen=True, slots=True)
class Malformed:
    """Something that is not what Meta documents: where it stood and what is wrong."""

    source: Source
    reason: str
    raw: Mapping[str, object]
    name: str = "malformed"


Item = (
    ReceivedMessage
    | ReceivedStatus
    | ReceivedPayment
    | ReceivedIdentity
    | ReceivedChoice
    | ReceivedContact
    | OtherEvent
    | Malformed
)
