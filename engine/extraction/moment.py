"""Numbers that tell when: parts of clocks, dates and spans of time."""

from collections.abc import Sequence
from decimal import Decimal

from engine.extraction.tag_table import TagTable
from engine.extraction.token import Token
from engine.language import Role

_DAYS = 31  # of a month


def is_when(tokens: Sequence[Token], tags: TagTable, start: int, end: int) -> bool:
    """Beside a unit of time, a month, or the parts of a clock."""
    if (Role.OF in tags.roles(end) and tags.at(end + 1, Role.MONTH)) or _is_time(tokens, tags, end):
        return True
    if _is_month(tokens, tags, end) or _is_month(tokens, tags, start - 1):
        return True
    sign = start - 1
    if start and (Role.TIME_BEFORE in tags.roles(sign) or _is_date(tokens, tags, start, end)):
        return True
    glued_after = end + 1 < len(tokens) and tokens[end + 1].is_number and _is_of_clock(tokens, end)
    is_glued = start > 1 and tokens[sign].raw == ":" and tokens[sign].end == tokens[start].start
    if glued_after or (is_glued and tokens[sign - 1].is_number):
        return True
    ranges = end + 1 < len(tokens) and (tokens[end].word == "-" or tags.at(end, Role.TIME_RANGE))
    return bool(ranges and tokens[end + 1].is_number and tags.at(end + 2, Role.TIME))


def _is_of_clock(tokens: Sequence[Token], sign: int) -> bool:
    """Whether a colon stands alike to both sides: not behind what is told more of, "model 5100: 2 L"."""
    before, colon, behind = tokens[sign - 1 : sign + 2]
    return colon.raw == ":" and (before.end == colon.start) == (colon.end == behind.start)


def _is_time(tokens: Sequence[Token], tags: TagTable, place: int) -> bool:
    """Whether a word is a unit of time: no "din" that ends what is said in a language where it is "give", too."""
    if tags.at(place, Role.TIME) is None:
        return False
    is_followed = place + 1 < len(tokens) and (tokens[place + 1].is_word or tokens[place + 1].is_number)
    return is_followed or not place or tokens[place - 1].is_number or tags.at(place, Role.GIVE) is None


def _is_month(tokens: Sequence[Token], tags: TagTable, place: int) -> bool:
    """Whether a word names a month and nothing else: a "may" only where nothing is said behind it."""
    if tags.at(place, Role.MONTH) is None:
        return False
    return Role.STOP not in tags.roles(place) or not any(
        t.is_word or t.is_number for t in tokens[place + 1 : place + 2]
    )


def _is_date(tokens: Sequence[Token], tags: TagTable, start: int, end: int) -> bool:
    """ "the party is on 14", "pick up at 11.30": a day or an hour, with nothing behind it that it could count."""
    if Role.DATE_BEFORE not in tags.roles(start - 1) or (start > 1 and tokens[start - 2].is_number):
        return False
    is_said = end < len(tokens) and (tokens[end].is_word or tokens[end].is_number)
    is_last = not is_said or tags.at(end, Role.FOR, Role.YES, Role.DAY) is not None
    return tokens[start].is_number and is_last and 0 < Decimal(tokens[start].word.replace(",", "")) <= _DAYS
