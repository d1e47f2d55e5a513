"""Dates and times as phones write them in front of a message, in any order and clock."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

FIRST_YEAR, LAST_YEAR = 2009, 2099  # WhatsApp is from 2009
ENOUGH_DAYS = 4

_DATE = r"(?P<a>\d{1,4})[./-]\s?(?P<b>\d{1,2})[./-]\s?(?P<c>\d{1,4})\.?"
_CLOCK = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?"
# A word may stand before the clock ("klo", "às", "下午") and half of the day before or after it.
_HALF = r"(?:\s*(?P<after>[^\W\d][^\]:\d]{0,12}?))?"
_STAMP = rf"{_DATE},?\s+(?:(?P<before>[^\W\d]+\.?)\s*)?{_CLOCK}{_HALF}"
IOS = re.compile(rf"^\u200e?\[{_STAMP}\]\s?(?P<rest>.*)$")
ANDROID = re.compile(rf"^\u200e?{_STAMP}\s[-\u2013\u2014]\s(?P<rest>.*)$")

_MORNING = frozenset(("am", "a", "पूर्वाह्न", "上午", "午前", "오전", "ص", "öö", "pg", "sa", "πμ"))
_EVENING = frozenset(("pm", "p", "अपराह्न", "下午", "午後", "오후", "م", "ös", "ptg", "ch", "μμ"))


class DateOrder(StrEnum):
    """In which order day, month and year stand."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date whose order is not settled yet, and a time of day."""

    date: tuple[int, int, int]
    hour: int
    minute: int
    second: int
    looks_american: bool

    @classmethod
    def of(cls, match: re.Match[str]) -> "Stamp | None":
        """Read a match of a layout's pattern; None where it is no time of day."""
        hour = _hour(int(match["hour"]), _half(match["before"]), _half(match["after"]))
        minute, second = int(match["minute"]), int(match["second"] or 0)
        if hour is None or minute > 59 or second > 59:
            return None
        date = (int(match["a"]), int(match["b"]), int(match["c"]))
        return cls(date, hour, minute, second, _looks_american(match))

    def at(self, order: DateOrder) -> datetime | None:
        """The moment, without a zone, if the date is read in this order; None where there is no such date."""
        a, b, c = self.date
        day, month, year = {"dmy": (a, b, c), "mdy": (b, a, c), "ymd": (c, b, a)}[order]
        year += 2000 if year < 100 else 0
        try:
            moment = datetime(year, month, day, self.hour, self.minute, self.second)  # noqa: DTZ001 - a phone's clock
        except ValueError:
            return None
        return moment if FIRST_YEAR <= year <= LAST_YEAR else None


def _half(word: str | None) -> str:
    """A half of the day as `am`, `pm`, "" where no word stands, or the word itself."""
    plain = re.sub(r"[.\s]", "", word or "").casefold()
    if plain in _MORNING:
        return "am"
    return "pm" if plain in _EVENING else plain


def _hour(hour: int, before: str, after: str) -> int | None:
    """The hour 0..23; None where hour or half make no sense. A strange word before the clock is none of ours."""
    half = after or (before if before in {"am", "pm"} else "")
    if not half:
        return hour if hour < 24 else None
    if half not in {"am", "pm"} or hour > 12:
        # Some phones write "13:05 pm"; the clock is right and the half says nothing new.
        return hour if half in {"am", "pm"} and hour < 24 else None
    return hour % 12 + (12 if half == "pm" else 0)


def _looks_american(match: re.Match[str]) -> bool:
    """`1/5/26, 9:41 PM`: no leading zeros, slashes, and capital AM or PM."""
    unpadded = len(match["a"]) == 1 or len(match["b"]) == 1
    return unpadded and "/" in match[0][:4] and (match["after"] or "") in {"AM", "PM"}


def date_order(stamps: Sequence[Stamp]) -> DateOrder:
    """The order in which the dates of a whole file make sense.

    It is the one with the fewest impossible dates, then the fewest steps back in time. Where that settles
    nothing, a file of several days is read as the denser one (messages on 3, 4, 5 January rather than on the
    first of three months); then the American layout is known by its look; then it is day, month, year.
    """
    several = len({stamp.date for stamp in stamps}) >= ENOUGH_DAYS
    american = any(stamp.looks_american for stamp in stamps) and not any(
        s.date[0] < 10 and not s.looks_american for s in stamps
    )
    preferred = [DateOrder.MDY, DateOrder.DMY] if american else [DateOrder.DMY, DateOrder.MDY]
    return min((*preferred, DateOrder.YMD), key=_implausibility(stamps, several))


def _implausibility(stamps: Sequence[Stamp], several: bool) -> Callable[[DateOrder], tuple[float, ...]]:
    def of(order: DateOrder) -> tuple[float, ...]:
        moments = [moment for stamp in stamps if (moment := stamp.at(order))]
        impossible = len(stamps) - len(moments)
        back = sum(later < earlier for earlier, later in pairwise(moments))
        span = (max(moments) - min(moments)).total_seconds() if several and moments else 0.0
        return impossible, back, span

    return of
