"""Messages by day and hour, and how long customers waited for an answer."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from api.analytics.period import Period, by_day
from api.analytics.schemas import (
    BusiestHours,
    HourCount,
    MessageCounts,
    MessageDay,
    ResponseTimes,
    WaitAgent,
    WaitDay,
    Waits,
)
from api.conversation.message_kind import CHANGES, KINDS
from api.identity import repository

# What a person expects an answer to. An answer that comes later than so long answers something else.
_QUIET = [*(name for name, kind in KINDS.items() if not kind.unread), *CHANGES]
PATIENCE = timedelta(days=2)

_BY_DAY = text("""
    SELECT (timestamp AT TIME ZONE :zone)::date AS day,
           count(*) FILTER (WHERE direction = 'inbound') AS received,
           count(*) FILTER (WHERE direction = 'outbound') AS sent
    FROM messages
    WHERE business_id = :business AND timestamp >= :start AND timestamp < :end
      AND NOT historic AND type <> ALL (:quiet)
    GROUP BY 1
""")
_BY_HOUR = text("""
    SELECT extract(isodow FROM timestamp AT TIME ZONE :zone)::int AS weekday,
           extract(hour FROM timestamp AT TIME ZONE :zone)::int AS hour, count(*) AS received
    FROM messages
    WHERE business_id = :business AND timestamp >= :start AND timestamp < :end
      AND NOT historic AND direction = 'inbound' AND type <> ALL (:quiet)
    GROUP BY 1, 2 ORDER BY 1, 2
""")
# Of each conversation, the messages at which the turn passes: from the customer, or to her by a person (on the page,
# or on the shop's phone: then there is no tracker). A wait begins at the customer's and ends at the next one.
_WAITS = """
    WITH said AS (
        SELECT conversation_id, timestamp, sequence, id, sent_by, direction = 'inbound' AS asks,
               lag(direction) OVER turn IS DISTINCT FROM direction AS passes
        FROM messages
        WHERE business_id = :business AND timestamp >= :from AND timestamp < :until
          AND NOT historic AND type <> ALL (:quiet)
          AND (direction = 'inbound' OR sent_by IS NOT NULL OR tracker IS NULL)
        WINDOW turn AS (PARTITION BY conversation_id ORDER BY timestamp, sequence, id)
    ), turns AS (
        SELECT timestamp AS asked, asks, lead(timestamp) OVER turn AS answered, lead(sent_by) OVER turn AS answerer
        FROM said WHERE passes
        WINDOW turn AS (PARTITION BY conversation_id ORDER BY timestamp, sequence, id)
    ), waits AS (
        SELECT (asked AT TIME ZONE :zone)::date AS day,
               CASE WHEN answered < asked + :patience THEN extract(epoch FROM answered - asked) END AS seconds,
               answerer
        FROM turns WHERE asks AND asked >= :start AND asked < :end
    )
"""
_MEASURES = """
    count(seconds) AS answered, count(*) - count(seconds) AS unanswered,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS median_seconds,
    percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds) AS p90_seconds
"""
_WAITS_BY = text(f"""{_WAITS}
    SELECT grouping(day) AS over_days, grouping(answerer) AS over_people, day, answerer, {_MEASURES}
    FROM waits GROUP BY GROUPING SETS ((), (day), (answerer))
""")  # noqa: S608 - our own words


def count_messages(session: Session, period: Period) -> MessageCounts:
    """Messages in and out, by day."""
    found = by_day(period.rows(session, _BY_DAY, quiet=_QUIET))
    none = {"received": 0, "sent": 0}
    days = [MessageDay(**{**none, **found.get(day, {}), "day": day}) for day in period.days]
    return MessageCounts(
        **period.shown, days=days, received=sum(day.received for day in days), sent=sum(day.sent for day in days)
    )


def count_hours(session: Session, period: Period) -> BusiestHours:
    """Messages in, by hour of the week."""
    rows = period.rows(session, _BY_HOUR, quiet=_QUIET)
    return BusiestHours(**period.shown, items=[HourCount(**row) for row in rows])


def response_times(session: Session, period: Period) -> ResponseTimes:
    """How long customers waited for the first answer of a person."""
    bounds = {
        "from": period.parameters["start"] - PATIENCE,
        "until": period.parameters["end"] + PATIENCE,
        "patience": PATIENCE,
    }
    rows = period.rows(session, _WAITS_BY, quiet=_QUIET, **bounds)
    days = by_day(row for row in rows if not row["over_days"])
    people = [row for row in rows if not row["over_people"] and row["answered"]]
    names = repository.names(session, period.business_id, (row["answerer"] for row in people))
    all_in_all = next(row for row in rows if row["over_days"] and row["over_people"])
    return ResponseTimes(
        **period.shown,
        **_waits(all_in_all).model_dump(),
        days=[WaitDay(day=day, **_waits(days.get(day)).model_dump()) for day in period.days],
        agents=sorted((_agent(row, names) for row in people), key=lambda agent: -agent.answered),
    )


def _waits(row: Mapping[str, Any] | None) -> Waits:
    if row is None:
        return Waits(answered=0, unanswered=0, median_seconds=None, p90_seconds=None)
    return Waits.model_validate({name: row[name] for name in Waits.model_fields})


def _agent(row: Mapping[str, Any], names: Mapping[int, str]) -> WaitAgent:
    return WaitAgent(
        user_id=row["answerer"],
        name=names.get(row["answerer"]),
        answered=row["answered"],
        median_seconds=row["median_seconds"],
        p90_seconds=row["p90_seconds"],
    )
