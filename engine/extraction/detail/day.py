"""The day that goods shall come or be fetched, counted from the message that names it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from engine.conversation import Span
from engine.extraction.detail.heard import Heard
from engine.language import Role

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_RELATIVE = {"today": 0, "tomorrow": 1, "day_after": 2}
_NUMERIC = re.compile(r"(?<![\d/.\w-])(\d{1,2})\s?[/.-]\s?(\d{1,2})(?:\s?[/.-]\s?(20\d{2}|\d{2}))?(?![\d/\w]|[.-]\d)")
_DAY_BEFORE_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?$")
_LONGEST_WAIT = 300  # days; a date further on is of the past


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens of a message that name `day`; `form` is "relative", "weekday", "date" or "bare" ("28 ko")."""

    heard: Heard
    start: int
    end: int
    day: date
    form: str

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.heard.span(self.start, self.end)


def mentions(heard: Heard) -> list[Mention]:
    """The days that a message names, left to right; a weekday beside its date is one mention."""
    taken: set[int] = set()
    found: list[Mention] = []
    for start, end, day, form in (*_dates(heard), *_numeric(heard), *_named(heard), *_bare(heard)):
        if not taken & set(range(start, end)):
            taken |= set(range(start, end))
            found.append(Mention(heard, start, end, day, form))
    return sorted(found, key=lambda mention: mention.start)


def _sent(heard: Heard) -> date:
    return heard.turn.utterance.message.at.date()


def _named(heard: Heard) -> Iterator[tuple[int, int, date, str]]:
    sent = _sent(heard)
    days = [(tag.start, tag.end, tag.value) for tag in heard.turn.utterance.tags.all if tag.role is Role.DAY]
    days += [(p.start, p.end, p.kind.removeprefix("day.")) for p in heard.phrases if p.kind.startswith("day.")]
    for start, end, value in sorted(days, key=lambda found: (found[0], -found[1])):
        if value in _RELATIVE:
            yield start, end, sent + timedelta(days=_RELATIVE[value]), "relative"
        elif value in _WEEKDAYS and heard.tokens[start].word not in _NO_WEEKDAY:
            yield start, end, _next_weekday(sent, _WEEKDAYS.index(value), heard, start), "weekday"


_NO_WEEKDAY = frozenset({"sun", "sat", "wed", "mon"}) & frozenset({"sun"})  # Hindi "sun" is "listen"
_NEXT = frozenset({"next", "agle", "agla", "agli", "अगले"})


def _next_weekday(sent: date, weekday: int, heard: Heard, start: int) -> date:
    ahead = (weekday - sent.weekday()) % 7
    said_next = start > 0 and heard.tokens[start - 1].word in _NEXT
    return sent + timedelta(days=ahead + (7 if said_next and ahead < 3 else 0))


def _dates(heard: Heard) -> Iterator[tuple[int, int, date, str]]:
    """ "5th March", "march 5", "6 de mayo"."""
    tokens = heard.tokens
    for start, end, month in _months(heard):
        before = start - 1
        while before >= 0 and tokens[before].word in {"of", "de", "st", "nd", "rd", "th", "ko", "la"}:
            before -= 1
        if before >= 0 and (day := _day_number(tokens[before].word)):
            yield before, end, _nearest(_sent(heard), day, month), "date"
        elif end < len(tokens) and (day := _day_number(tokens[end].word)):
            yield start, end + 1, _nearest(_sent(heard), day, month), "date"


def _months(heard: Heard) -> Iterator[tuple[int, int, int]]:
    for tag in heard.turn.utterance.tags.all:
        if tag.role is Role.MONTH:
            yield tag.start, tag.end, int(tag.value)
    for phrase in heard.phrases:
        if phrase.kind.startswith("day.month_"):
            yield phrase.start, phrase.end, int(phrase.kind.removeprefix("day.month_"))


def _day_number(word: str) -> int | None:
    match = _DAY_BEFORE_MONTH.fullmatch(word)
    return int(match.group(1)) if match and 1 <= int(match.group(1)) <= 31 else None


def _numeric(heard: Heard) -> Iterator[tuple[int, int, date, str]]:
    for match in _NUMERIC.finditer(heard.text):
        day, month = int(match.group(1)), int(match.group(2))
        year = match.group(3)
        if "/" not in match.group() and not year:
            continue
        if month > 12 >= day:
            day, month = month, day
        if not (1 <= day <= 31 and 1 <= month <= 12):
            continue
        place = heard.tokens_between(match.start(), match.end())
        if place:
            yield place.start, place.stop, _nearest(_sent(heard), day, month), "date"


def _bare(heard: Heard) -> Iterator[tuple[int, int, date, str]]:
    """ "28 ko", "on the 20th", "27 tarikh", "dia 21"."""
    tokens = heard.tokens
    for index, token in enumerate(tokens):
        day = _day_number(token.word)
        if day is None:
            continue
        after = tokens[index + 1].word if index + 1 < len(tokens) else ""
        before = tokens[index - 1].word if index else ""
        glued = index + 1 < len(tokens) and tokens[index + 1].start == token.end
        if (after in {"st", "nd", "rd", "th"} and glued) or after in _DATE_WORDS or before in _DATE_WORDS_BEFORE:
            end = index + 2 if after in _DATE_WORDS or (glued and after in {"st", "nd", "rd", "th"}) else index + 1
            if resolved := _next_day_of_month(_sent(heard), day):
                yield index, end, resolved, "bare"
        elif token.word != token.word.rstrip("sthndr") and (resolved := _next_day_of_month(_sent(heard), day)):
            yield index, index + 1, resolved, "bare"


_DATE_WORDS = frozenset({"ko", "को", "tarikh", "tareekh", "tarik", "तारीख", "taarikh"})
_DATE_WORDS_BEFORE = frozenset({"dia", "tanggal", "tgl", "fecha"})


def _nearest(sent: date, day: int, month: int) -> date:
    """The next such date; one that lies a little back stays in the past."""
    for year in (sent.year, sent.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= sent - timedelta(days=365 - _LONGEST_WAIT):
            return found
    return sent


def _next_day_of_month(sent: date, day: int) -> date | None:
    year, month = sent.year, sent.month
    for _ in range(3):
        try:
            found = date(year, month, day)
        except ValueError:
            found = sent - timedelta(days=1)
        if found >= sent:
            return found
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return None


def choose_day(heard: Sequence[Heard]) -> Mention | None:
    """The last day that the customer named for the delivery."""
    found = [mention for h in heard if h.from_customer for mention in mentions(h)]
    return found[-1] if found else None
