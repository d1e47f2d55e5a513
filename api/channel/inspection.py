"""Asks Meta about a number: whether token and ids belong together, its name, its quality, and its webhooks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from api.graph.advice import Action
from api.graph.client import GraphClient
from api.graph.error import GraphRefused
from api.graph.text import storable

NUMBER_FIELDS = "id,display_phone_number,verified_name,quality_rating,throughput,platform_type"
SEND, MANAGE = "whatsapp_business_messaging", "whatsapp_business_management"


class WrongSetup(Exception):  # noqa: N818 - a state of the world
    """Raised when Meta answers, and what it answers does not fit what was given.

    `trouble` has the form of `GraphRefused.as_json()`.
    """

    def __init__(self, meaning: str, remedy: str, action: Action = Action.REQUEST) -> None:
        super().__init__(f"{meaning}. {remedy}")
        self.trouble: dict[str, Any] = {
            "code": None,
            "details": "",
            "action": action.value,
            "meaning": meaning,
            "remedy": remedy,
        }


@dataclass(frozen=True, slots=True)
class Findings:
    """What Meta says of a number; what it does not say is None.

    `throughput` is a level like `STANDARD`. `waba_id` is the one that was given, or the only one that the token
    may manage; webhooks were subscribed where it is known.
    """

    display_phone_number: str | None
    verified_name: str | None
    quality_rating: str | None
    throughput: str | None
    platform_type: str | None
    waba_id: str | None
    token_expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """What Meta says of a token."""

    expires_at: datetime | None = None
    waba_ids: tuple[str, ...] = ()


def inspect(graph: GraphClient, phone_number_id: str, waba_id: str | None, token: str) -> Findings:
    """What Meta says of a number; has its account's webhooks sent to the token's app.

    Raises:
        GraphRefused: Meta refuses the token, or does not know the number.
        WrongSetup: The token lacks a permission, or the number is not of this account.
        GraphUnreachable: Meta does not answer; GraphUncertain while the webhooks were subscribed to.
    """
    number = graph.get(phone_number_id, token=token, fields=NUMBER_FIELDS)
    facts = _token_facts(graph, token)
    account = waba_id or (facts.waba_ids[0] if len(facts.waba_ids) == 1 else None)
    if account is not None:
        _check_account(graph, account, phone_number_id, token)
        graph.post(f"{account}/subscribed_apps", {}, token=token)
    throughput = number.get("throughput")
    return Findings(
        display_phone_number=_text(number, "display_phone_number"),
        verified_name=_text(number, "verified_name"),
        quality_rating=_text(number, "quality_rating"),
        throughput=_text(throughput, "level") if isinstance(throughput, dict) else None,
        platform_type=_text(number, "platform_type"),
        waba_id=account,
        token_expires_at=facts.expires_at,
    )


def _token_facts(graph: GraphClient, token: str) -> TokenFacts:
    """What the token may do and until when; nothing where Meta does not tell (some tokens may not ask)."""
    try:
        told = graph.get("debug_token", token=token, input_token=token).get("data")
    except GraphRefused:
        return TokenFacts()
    if not isinstance(told, dict):
        return TokenFacts()
    if told.get("is_valid") is False:
        raise WrongSetup(
            "the access token is not valid any more", "Make a new one, and enter it.", action=Action.PERMISSION
        )
    _check_scopes(told.get("scopes"))
    return TokenFacts(_time(told.get("expires_at")), _accounts(told.get("granular_scopes")))


def _check_scopes(scopes: object) -> None:
    if not isinstance(scopes, list) or not scopes:
        return
    missing = [scope for scope in (SEND, MANAGE) if scope not in scopes]
    if missing:
        raise WrongSetup(
            f"the access token lacks {' and '.join(missing)}",
            "Make a new one with both permissions, and enter it.",
            action=Action.PERMISSION,
        )


def _accounts(granular: object) -> tuple[str, ...]:
    """The WhatsApp Business Accounts that the token was made for, where it was made for some."""
    scopes: Iterable[object] = granular if isinstance(granular, list) else ()
    for scope in scopes:
        if isinstance(scope, dict) and scope.get("scope") == MANAGE:
            targets = scope.get("target_ids")
            return (
                tuple(each for each in targets if isinstance(each, str) and each.isascii() and each.isdigit())
                if isinstance(targets, list)
                else ()
            )
    return ()


def _check_account(graph: GraphClient, waba_id: str, phone_number_id: str, token: str) -> None:
    numbers = graph.pages(f"{waba_id}/phone_numbers", token=token, fields="id", limit=100)
    if all(str(number.get("id")) != phone_number_id for number in numbers):
        raise WrongSetup(
            f"the WhatsApp Business Account {waba_id} has no number {phone_number_id}",
            "Check both ids: WhatsApp Manager shows them, and they are easily taken for each other.",
        )


def _text(found: Mapping[str, Any], name: str) -> str | None:
    value = found.get(name)
    return storable(value[:200]) if isinstance(value, str) and value else None


def _time(seconds: object) -> datetime | None:
    """A time in seconds since 1970; 0 says that there is no end."""
    if not isinstance(seconds, int) or isinstance(seconds, bool) or not 0 < seconds < 2**33:
        return None
    return datetime.fromtimestamp(seconds, UTC)
