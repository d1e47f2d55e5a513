"""The day that goods shall come or be fetched, counted from the message that names it."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from engine.conversation import Span
from engine.extraction.detail.heard import Heard
from engine.extraction.detail.tagger import ADDRESS
from engine.extraction.detail.vocabulary import Vocabulary
from engine.extraction.utterance import COMMA
from engine.language import Role, Tag
from engine.order import Intent

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_RELATIVE = {"today": 0, "tomorrow": 1, "day_after": 2}
_NUMERIC = re.compile(r"(?<![\d/.\w-])(\d{1,2})\s?[/.-]\s?(\d{1,2})(?:\s?[/.-]\s?(20\d{2}|\d{2}))?(?![\d/\w]|[.-]\d)")
_FRACTIONS = frozenset({(1, 2), (1, 4), (3, 4)})
_ROLES = frozenset(
    {
        Role.GIVE, Role.WANT, Role.LATER, Role.PAID, Role.STATUS, Role.COMPLAINT, Role.QUESTION, Role.TIME, Role.NOT,
        Role.PICKUP, Role.YES, Role.NO, Role.GOODS, Role.LAST_TIME, Role.SAME, Role.IF, Role.CHANGE,
    }
)  # fmt: skip
_DIGITS_OF_A_SUM = 3
_DAYS = 31  # of a month
_DAY = re.compile(r"(\d{1,2})([^\W\d_]*)")
_LONGEST_WAIT = 300  # days; a date further on is of the past


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens of a message that name `day`; `form` is "relative", "weekday", "date" or "bare" ("28 ko")."""

    heard: Heard
    start: int
    end: int
    day: date
    form: str
    place: str = "only day"  # among those that are not over

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.heard.span(self.start, self.end)


def mentions(heard: Heard) -> list[Mention]:
    """The days that a message names, left to right; a weekday beside its date is one mention."""
    named = _named(heard)
    told = (*_dates(heard), *_numeric(heard), *named, *_bare(heard)) if heard.has_digits else tuple(named)
    if not told:
        return []
    taken: set[int] = set()
    found: list[Mention] = []
    for start, end, day, form in told:
        if not taken & set(range(start, end)):
            taken |= set(range(start, end))
            found.append(Mention(heard, start, end, day, form))
    dates = {i for m in found if m.form in {"date", "bare"} for i in (m.start - 1, m.start - 2, m.end, m.end + 1)}
    kept = [m for m in found if m.form != "weekday" or not dates & {m.start, m.end - 1}]
    return _placed(sorted(kept, key=lambda mention: mention.start), _sent(heard))


def _placed(found: list[Mention], sent: date) -> list[Mention]:
    """Mentions that know which of them is the first that is not over."""
    ahead = [mention.start for mention in found if mention.day >= sent]
    if len(ahead) < 2:
        return found
    return [replace(mention, place="first day" if mention.start == ahead[0] else "later day") for mention in found]


def _sent(heard: Heard) -> date:
    return heard.turn.utterance.message.at.date()


def _named(heard: Heard) -> Iterator[tuple[int, int, date, str]]:
    sent = _sent(heard)
    no_days = Vocabulary.shared().spellings("date.no_day")
    days = [(tag.start, tag.end, tag.value) for tag in heard.tags if tag.role is Role.DAY]
    greetings = _greetings(heard)
    days += [(p.start, p.end, p.kind.removeprefix("day.")) for p in heard.phrases if p.kind.startswith("day.")]
    for start, end, value in sorted(days, key=lambda found: (found[0], -found[1])):
        is_no_day = heard.tokens[start].raw in no_days and "day" not in heard.asked
        if is_no_day or start in greetings:
            continue
        if value in _RELATIVE:
            week = 7 if _is_behind(heard, start, "date.week") else 0  # "a week tomorrow"
            yield start, end, sent + timedelta(days=_RELATIVE[value] + week), "relative"
        elif value in _WEEKDAYS and not _is_behind(heard, start, "date.past"):
            yield start, end, _next_weekday(sent, _WEEKDAYS.index(value), heard, start), "weekday"


def _is_behind(heard: Heard, start: int, kind: str) -> bool:
    return start > 0 and kind in heard.kinds[start - 1]


def _greetings(heard: Heard) -> frozenset[int]:
    """The words of greetings of several words: a "Sat" of "Sat sri akal" is no day."""
    greetings = (tag for tag in heard.tags if tag.role is Role.GREETING and tag.end - tag.start > 1)
    return frozenset(i for tag in greetings for i in range(tag.start, tag.end))


def _next_weekday(sent: date, weekday: int, heard: Heard, start: int) -> date:
    ahead = (weekday - sent.weekday()) % 7
    said_next = _is_behind(heard, start, "date.next")
    return sent + timedelta(days=ahead + (7 if said_next and ahead < 3 else 0))


def _dates(heard: Heard) -> Iterator[tuple[int, int, date, str]]:
    """Dates with a month's name: "5th March", "march 5", "6 de mayo"."""
    tokens = heard.tokens
    for start, end, month in _months(heard):
        before = start - 1
        while before >= 0 and "date.between" in heard.kinds[before]:
            before -= 1
        if before >= 0 and (day := _day_number(tokens[before].word)):
            yield before, end, _nearest(_sent(heard), day, month), "date"
        elif end < len(tokens) and (day := _day_number(tokens[end].word)):
            yield start, end + 1, _nearest(_sent(heard), day, month), "date"


def _months(heard: Heard) -> Iterator[tuple[int, int, int]]:
    for tag in heard.tags:
        if tag.role is Role.MONTH:
            yield tag.start, tag.end, int(tag.value)
    for phrase in heard.phrases:
        if phrase.kind.startswith("day.month_"):
            yield phrase.start, phrase.end, int(phrase.kind.removeprefix("day.month_"))


def _day_number(word: str) -> int | None:
    match = _DAY.fullmatch(word)
    is_day = match is not None and 1 <= int(match[1]) <= _DAYS and (not match[2] or match[2] in _endings())
    return int(match[1]) if match and is_day else None


@cache
def _endings() -> frozenset[str]:
    return frozenset(Vocabulary.shared().spellings("date.ending"))


def _numeric(heard: Heard) -> Iterator[tuple[int, int, date, str]]:
    for match in _NUMERIC.finditer(heard.text):
        day, month = int(match.group(1)), int(match.group(2))
        year = match.group(3)
        if not year and ("/" not in match.group() or (day, month) in _FRACTIONS):
            continue
        if month > 12 >= day:
            day, month = month, day
        if not (1 <= day <= 31 and 1 <= month <= 12):
            continue
        place = heard.tokens_between(match.start(), match.end())
        if place:
            yield place.start, place.stop, _nearest(_sent(heard), day, month), "date"


def _bare(heard: Heard) -> Iterator[tuple[int, int, date, str]]:
    """Days of this month or the next: "28 ko", "on the 20th", "27 tarikh", "saat tarikh", "dia 21"."""
    tokens = heard.tokens
    words = {tag.start: tag.value for tag in heard.tags if tag.role is Role.NUMBER and _is_before_called(heard, tag)}
    for index, token in enumerate(tokens):
        word = words.get(index, token.word)
        day = _day_number(word) if word[:1].isdecimal() else None
        if day is None:
            continue
        after = index + 1
        is_followed = after < len(tokens) and "date.after" in heard.kinds[after]
        is_day = is_followed or index in words or _is_behind(heard, index, "date.before") or not token.word.isdigit()
        if is_day and (resolved := _next_day_of_month(_sent(heard), day)):
            yield index, after + is_followed, resolved, "bare"


def _is_before_called(heard: Heard, tag: Tag) -> bool:
    """Whether a word for a number stands before a word for a date."""
    return tag.end == tag.start + 1 < len(heard.tokens) and "date.called" in heard.kinds[tag.end]


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


class DayChooser:
    """Tells the days that are meant for the delivery from those of parties, payments and talk, by a linear model."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = weights

    @staticmethod
    @cache
    def trained() -> "DayChooser":
        """The chooser that `training` made."""
        return DayChooser(
            json.loads(files("engine.extraction.detail").joinpath("day.json").read_text(encoding="utf-8"))
        )

    def choose(self, heard: Sequence[Heard], addresses: Mapping[int, Sequence[int]]) -> Mention | None:
        """The last day that is more likely meant for the delivery than not.

        `addresses` maps a turn to its tokens' labels: a "3rd" of "3rd floor" is no day.
        """
        chosen: Mention | None = None
        for before, h, after in zip([None, *heard], heard, [*heard[1:], None], strict=False):
            if before and not before.from_customer and h.from_customer and h.intent is Intent.CONFIRM:
                chosen = _proposed(before) or chosen
            found = candidates(h, addresses.get(h.index, ()))
            best = max(found, key=self.score, default=None)
            if best and self.score(best) > 0 and not _is_denied(best, after):
                chosen = best
        return _dated(chosen, heard) if chosen else None

    def score(self, mention: Mention) -> float:
        """Log odds that a mention is meant for the delivery."""
        return sum(self.weights.get(name, 0.0) for name in mention_features(mention))


def _is_denied(mention: Mention, answer: Heard | None) -> bool:
    """ "will it come tomorrow?" - "no, in 3 days": whether a day was only asked about, and the seller says no."""
    says_no = answer is not None and not answer.from_customer and bool(answer.roles) and Role.NO in answer.roles[0]
    return says_no and mention.heard.sentence_asks(mention.start)


def _proposed(seller: Heard) -> Mention | None:
    """The one day of a seller's summary or question, which a customer's yes makes the day."""
    ahead = [m for m in mentions(seller) if m.day >= _sent(seller)]
    if len({m.day for m in ahead}) != 1:
        return None
    last = ahead[-1]
    sums_up = any(token.is_number and len(token.word) >= _DIGITS_OF_A_SUM for token in seller.tokens)
    return last if last.form == "date" or sums_up or seller.sentence_asks(last.start) else None


def _dated(chosen: Mention, heard: Sequence[Heard]) -> Mention:
    """The day itself, but of "the Saturday" the one of which the customer gave the date before."""
    if chosen.form != "weekday" or not _is_behind(chosen.heard, chosen.start, "date.named"):
        return chosen
    earlier = [m for h in heard[: chosen.heard.index] if h.from_customer for m in mentions(h) if m.form == "date"]
    same = [m.day for m in earlier if m.day.weekday() == chosen.day.weekday() and m.day >= chosen.day]
    return replace(chosen, day=same[-1]) if same else chosen


def candidates(heard: Heard, labels: Sequence[int]) -> list[Mention]:
    """The customer's mentions of days outside of addresses and goods: no "6/16 socket", no "10th digest"."""
    if not heard.from_customer:
        return []
    ahead = [m for m in mentions(heard) if m.day >= _sent(heard)]
    return [m for m in ahead if not (labels and labels[m.start] == ADDRESS) and not _is_of_goods(m)]


def _is_of_goods(mention: Mention) -> bool:
    """Whether goods took the mention's words, or are what the day's number tells: "10th digest"."""
    h = mention.heard
    is_before = mention.form == "bare" and mention.end - mention.start == 1 and mention.end in h.goods
    return h.goods.issuperset(range(mention.start, mention.end)) or (is_before and h.breaks[mention.end] < COMMA)


def mention_features(mention: Mention) -> list[str]:
    """Names of what is known of a mention: its form, its words' neighbors, its clause, sentence and message."""
    h = mention.heard
    ahead = (mention.day - _sent(h)).days
    features = ["bias", f"form {mention.form}", f"intent {h.intent.value if h.intent else None}"]
    features.append(f"ahead {min(ahead, 2) + (ahead > 7)}")
    features += [f"asked {what}" for what in h.asked & {"day", "address", "payment"}]
    features += _around(mention) + _within(mention)
    if h.sentence_asks(mention.start):
        features.append("question")
    return [*features, mention.place]


def _around(mention: Mention) -> list[str]:
    h = mention.heard
    features = []
    for name, index in (
        ("-2", mention.start - 2),
        ("-1", mention.start - 1),
        ("+1", mention.end),
        ("+2", mention.end + 1),
    ):
        if not 0 <= index < len(h.tokens):
            features.append(f"{name} edge")
            continue
        features.append(f"{name} {h.tokens[index].word}")
        features += [f"{name} {kind}" for kind in _kinds(h, index)]
    return features


def _within(mention: Mention) -> list[str]:
    """The kinds in its clause (between commas) and in its sentence."""
    h = mention.heard
    clause = {kind for i in h.clause(mention.start, mention.end) for kind in _kinds(h, i)}
    sentence = {kind for i in h.sentence(mention.start) for kind in _kinds(h, i)}
    return [f"clause {kind}" for kind in sorted(clause)] + [f"sentence {kind}" for kind in sorted(sentence)]


def _kinds(heard: Heard, index: int) -> set[str]:
    roles = {f"role {role}" for role in heard.roles[index] & _ROLES}
    return roles | {
        kind for kind in heard.kinds[index] if kind.startswith(("delivery.", "payment.", "person.relation"))
    }
