"""The days that are asked about, in the business's time zone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import Depends, Query
from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from api.database import DatabaseSession
from api.identity import repository
from api.identity.current_user import SignedIn
from api.order.filter import FIRST_DAY, LAST_DAY
from api.problem import Unprocessable

MOST_DAYS = 400
_USUAL_DAYS = 30
# To compile these queries takes longer than it saves.
_NO_JIT = text("SELECT set_config('jit', 'off', true)")


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both whole, of one business."""

    business_id: int
    first: date
    last: date
    time_zone: str

    @property
    def parameters(self) -> dict[str, Any]:
        """What the queries need: they count what is at `start` or later and before `end`."""
        return {
            "business": self.business_id,
            "zone": self.time_zone,
            "start": self._begins(self.first),
            "end": self._begins(self.last + timedelta(days=1)),
        }

    @property
    def shown(self) -> dict[str, Any]:
        """The period as answers name it."""
        return {"first": self.first, "last": self.last, "time_zone": self.time_zone}

    @property
    def days(self) -> Iterator[date]:
        """Each day, also those on which nothing happened."""
        return (self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1))

    def rows(self, session: Session, query: TextClause, **more: object) -> list[Mapping[str, Any]]:
        """What a query counts."""
        return [dict(row) for row in session.execute(query, self.parameters | more).mappings()]

    def _begins(self, day: date) -> datetime:
        return datetime.combine(day, time.min, ZoneInfo(self.time_zone))


def period(
    user: SignedIn,
    session: DatabaseSession,
    from_: Annotated[
        date | None, Query(alias="from", ge=FIRST_DAY, le=LAST_DAY, description="The first day; left out: 30 days.")
    ] = None,
    to: Annotated[
        date | None, Query(ge=FIRST_DAY, le=LAST_DAY, description="The last day; left out: today, where you are.")
    ] = None,
) -> Period:
    """The days that a request asks about; raise Unprocessable where they are no period."""
    zone = repository.business(session, user.business_id).time_zone
    last = to or datetime.now(UTC).astimezone(ZoneInfo(zone)).date()
    first = from_ or last - timedelta(days=_USUAL_DAYS - 1)
    if first > last or (last - first).days >= MOST_DAYS:
        raise Unprocessable(f"`from` must not be after `to`, and at most {MOST_DAYS} days are counted at once")
    session.execute(_NO_JIT)
    return Period(user.business_id, first, last, zone)


Asked = Annotated[Period, Depends(period)]


def by_day(rows: Iterable[Mapping[str, Any]]) -> dict[date, Mapping[str, Any]]:
    """Rows by their `day`."""
    return {row["day"]: row for row in rows}
