"""Whether customers want marketing messages, as they told WhatsApp."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from api.customer.people import customers_of
from api.customer.person import Person
from api.live.service import announce_all


@dataclass(frozen=True, slots=True)
class MarketingChoice:
    """A person stopped marketing messages at `timestamp`, or allowed them again."""

    person: Person
    stopped: bool
    timestamp: datetime


def note_choices(session: Session, business_id: int, choices: Iterable[MarketingChoice]) -> None:
    """Keep each person's latest choice. The caller holds the people's locks."""
    choices = list(choices)
    customers = customers_of(session, business_id, (choice.person for choice in choices))
    changed: set[int] = set()
    for choice in choices:
        customer = customers[choice.person]
        known = customer.marketing_changed_at
        # Of two at the same second, the one that stops: nobody is written to who may not want it.
        if known is None or choice.timestamp > known or (choice.timestamp == known and choice.stopped):
            customer.marketing_changed_at = choice.timestamp
            customer.marketing_stopped_at = choice.timestamp if choice.stopped else None
            changed.add(customer.id)
    announce_all(session, "customer", changed, business_id=business_id)
