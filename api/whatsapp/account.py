"""What Meta tells of accounts, numbers and templates: all of it is kept, and what means something is acted on."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from api.identity.models import Channel
from api.live.service import announce
from api.template.news import note_template_news
from api.whatsapp.item import OtherEvent
from api.whatsapp.json_value import as_list, as_object, number_at, text_at
from api.whatsapp.models import AccountEvent
from api.whatsapp.routing import named

# Where Meta says in a word what happened.
_EVENT_KEYS = ("event", "decision", "alert_type", "type", "status", "new_category", "new_quality_score")


@dataclass(frozen=True, slots=True)
class AccountNews:
    """An event with the channels of its account, and the webhook that brought it."""

    event: OtherEvent
    channels: Sequence[Channel]
    webhook_event_id: int


def record_account_news(session: Session, news: Sequence[AccountNews]) -> None:
    """Keep each event once, and do what it asks for."""
    if not news:
        return
    session.execute(insert(AccountEvent).on_conflict_do_nothing(), [_values(each) for each in news])
    _hold(session, {channel.id for each in news for channel in each.channels})
    for each in news:
        act = ACTIONS.get(each.event.source.field)
        if act is not None:
            act(session, each)
            for channel in each.channels:
                announce(session, "channel", channel.id, business_id=channel.business_id)


def _hold(session: Session, channel_ids: set[int]) -> None:
    """Lock the channels, and see them as they are now."""
    query = select(Channel).where(Channel.id.in_(channel_ids)).order_by(Channel.id)
    session.scalars(query.with_for_update(key_share=True).execution_options(populate_existing=True)).all()


def _values(news: AccountNews) -> dict[str, Any]:
    source, raw = news.event.source, news.event.raw
    channel = named(news.channels, source)
    told = [source.field, source.waba_id, source.phone_number_id, str(source.time), raw]
    return {
        "business_id": news.channels[0].business_id,
        "channel_id": channel.id if channel else None,
        "waba_id": source.waba_id,
        "field": source.field,
        "event": next((word for key in _EVENT_KEYS if (word := text_at(raw, key))), None),
        "timestamp": source.time,
        "payload": raw,
        "digest": hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).digest(),
        "webhook_event_id": news.webhook_event_id,
    }


def _check_again(_session: Session, news: AccountNews) -> None:
    """Have Meta asked how the number stands: events come late and out of order, the answer is how it is now."""
    for channel in _concerned(news):
        channel.check_due_at = func.clock_timestamp()


def _fetch_templates(session: Session, news: AccountNews) -> None:
    """Show what was told at once, and have Meta asked: events come out of order, and do not tell all."""
    source = news.event.source
    for business_id in {channel.business_id for channel in news.channels if source.waba_id}:
        note_template_news(session, business_id, source.waba_id or "", source.field, news.event.raw)
    for channel in news.channels:
        channel.templates_due_at = func.clock_timestamp()


def _note_quality(session: Session, news: AccountNews) -> None:
    """Show the number's limit and throughput as they were told last, until the check that follows."""
    for channel in _concerned(news):
        told = session.scalars(
            select(AccountEvent.payload)
            .where(AccountEvent.channel_id == channel.id, AccountEvent.field == news.event.source.field)
            .order_by(AccountEvent.timestamp.asc().nulls_first(), AccountEvent.id)
        )
        for raw in told:
            channel.messaging_limit = text_at(raw, "current_limit") or channel.messaging_limit
            if text_at(raw, "event") == "THROUGHPUT_UPGRADE":
                channel.throughput = "HIGH"
    _check_again(session, news)


def _note_payment_configuration(_session: Session, news: AccountNews) -> None:
    """Keep the newest state of a payment configuration with each number of the account."""
    raw = news.event.raw
    name = text_at(raw, "configuration_name") or ""
    for channel in news.channels if name else ():
        known = channel.payment_configurations.get(name)
        if (number_at(known, "updated_timestamp") or 0) <= (number_at(raw, "updated_timestamp") or 0):
            channel.payment_configurations = channel.payment_configurations | {name: dict(raw)}


def _note_history(_session: Session, news: AccountNews) -> None:
    """Keep how far the history has come: chunks come out of order, so the furthest; or why there is none."""
    raw = news.event.raw
    told = as_object(raw.get("metadata"))
    errors = [error for error in as_list(raw.get("errors")) if error]
    for channel in _concerned(news):
        known = dict(channel.history_sync)
        progress = max(number_at(told, "progress") or 0, number_at(known, "progress") or 0)
        phase = max(number_at(told, "phase") or 0, number_at(known, "phase") or 0)
        found = known | ({"errors": errors} if errors else {"progress": int(progress), "phase": int(phase)})
        channel.history_sync = found


def _concerned(news: AccountNews) -> Sequence[Channel]:
    """The channel that an event names, else all of the account."""
    channel = named(news.channels, news.event.source)
    return [channel] if channel else news.channels


ACTIONS: Mapping[str, Callable[[Session, AccountNews], None]] = {
    "history": _note_history,
    "payment_configuration_update": _note_payment_configuration,
    "phone_number_quality_update": _note_quality,
    "phone_number_name_update": _check_again,
    "account_update": _check_again,
    "account_alerts": _check_again,
    "account_review_update": _check_again,
    "account_settings_update": _check_again,
    "business_capability_update": _check_again,
    "security": _check_again,
    "message_template_status_update": _fetch_templates,
    "message_template_quality_update": _fetch_templates,
    "message_template_components_update": _fetch_templates,
    "template_category_update": _fetch_templates,
}
