"""What keeps a message from being sent, as far as we can know before Meta does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from api.conversation.models import Conversation
from api.conversation.window import window_closes_at
from api.customer.models import Customer
from api.graph.advice import ADVICE, Action
from api.identity.models import Channel, ChannelStatus
from api.problem import Conflict
from api.sending.known_template import KnownTemplate, known_template

WINDOW_CLOSED, OPTED_OUT = 131047, 131050


class NotConnected(Conflict):
    """Raised when the number cannot send: it is disabled, or has no access token."""

    slug = "not-connected"


class WindowClosed(Conflict):
    """Raised when the customer's 24 hours are over; `window_closed_at` says since when, null where she never wrote."""

    slug = "window-closed"


class OptedOut(Conflict):
    """Raised when the customer wants no marketing messages."""

    slug = "opted-out"


class TemplateNotReady(Conflict):
    """Raised when Meta would refuse the template, as it stands there."""

    slug = "template-not-ready"


@dataclass(frozen=True, slots=True)
class Sending:
    """What is to be sent: `body` is Meta's, with its `type`; to whom, and by which number."""

    channel: Channel
    conversation: Conversation
    customer: Customer
    body: Mapping[str, Any]

    @property
    def template_name(self) -> str | None:
        """The template's name, None where it is none."""
        template = self.body.get("template")
        return template["name"] if isinstance(template, Mapping) else None


def check(session: Session, sending: Sending, *, now: datetime | None = None) -> None:
    """Do nothing where the message may be sent now.

    Raises:
        NotConnected: The number is disabled or has no token.
        WindowClosed: It is no template, and the window is closed.
        TemplateNotReady: The template is known, and not approved.
        OptedOut: It is marketing, and the customer wants none.
    """
    _check_connected(sending.channel)
    if sending.template_name is None:
        _check_window(sending.conversation, now or datetime.now(UTC))
        return
    template = known_template(session, sending.channel, sending.body["template"])
    _check_template(template)
    _check_wanted(sending.customer, template)


def _check_connected(channel: Channel) -> None:
    if channel.status is not ChannelStatus.ACTIVE:
        raise NotConnected("the number is disabled: an admin enables it by PATCH /channels")
    if not channel.has_access_token:
        raise NotConnected("the number has no access token: an admin enters one by PATCH /channels")


def _check_window(conversation: Conversation, now: datetime) -> None:
    closes = window_closes_at(conversation)
    if closes is not None and now < closes:
        return
    if closes is None:
        told = "the customer has not written yet, so only a template reaches her"
    else:
        told = f"the 24-hour window closed at {closes.astimezone(UTC):%Y-%m-%d %H:%M} UTC: only a template reaches her"
    raise WindowClosed(told, window_closed_at=closes.isoformat() if closes else None)


def _check_template(template: KnownTemplate | None) -> None:
    if template is not None and not template.is_sendable:
        raise TemplateNotReady(
            f"the template is {template.status.lower()} at Meta: choose another one, or have it approved"
        )


def _check_wanted(customer: Customer, template: KnownTemplate | None) -> None:
    if customer.marketing_stopped_at is None:
        return
    if template is None:
        raise OptedOut(
            "the customer stopped marketing messages, and this template's category is not known here yet: templates "
            "are fetched from Meta once the number's account is known, see GET /templates"
        )
    if template.is_marketing:
        raise OptedOut("the customer stopped marketing messages: send none until she allows them again")


def failure_of(problem: Conflict) -> dict[str, Any]:
    """What is stored beside a message that was kept back by `check`, in the form of Meta's own errors."""
    code = {WindowClosed: WINDOW_CLOSED, OptedOut: OPTED_OUT}.get(type(problem))
    if code is not None:
        advice = ADVICE[code].as_json()
    else:
        action = Action.TEMPLATE if isinstance(problem, TemplateNotReady) else Action.PERMISSION
        advice = {"action": action.value, "meaning": problem.detail, "remedy": problem.detail}
    return {"code": code, "title": problem.slug, "details": problem.detail, **advice}
