"""How many pieces the packs hold that a size names in the words of any language: "media docena", "12 pack"."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache, lru_cache

from engine.catalog_match.word import every_language, is_numeric, words_of
from engine.language import Role, Tag, languages
from engine.text import stem

_DOZEN, _MOST = 12, 500  # of what words count in; of pieces
_FEWEST = 2  # pieces that are a pack
_LONGEST = 4  # words of such a size
_ONE = Decimal(1)
_COUNTING = frozenset({Role.PACK, Role.COUNT})


@lru_cache(maxsize=4096)
def pieces_of(text: str) -> Decimal | None:
    """The number of pieces that a whole size names; None where it names none.

    >>> pieces_of("half dozen"), pieces_of("media docena"), pieces_of("12 pack"), pieces_of("cartera 30")
    (Decimal('6.0'), Decimal('6.0'), Decimal('12'), Decimal('30'))
    >>> pieces_of("24 ct"), pieces_of("10 stems")
    (Decimal('24'), Decimal('10'))
    >>> pieces_of("half bag"), pieces_of("XL"), pieces_of("1 box")
    (None, None, None)
    """
    words = words_of(text.partition("(")[0])
    if not 0 < len(words) <= _LONGEST or _counting_words().isdisjoint(words):
        return None
    tags = every_language().tags(words)
    return _dozens(words, tags) or _in_a_pack(words, tags)


@lru_cache(maxsize=4096)
def called(text: str) -> str | None:
    """What the pieces of a size are called behind their number: the "rollo" of "4 rollos", the "pack" of "6 pack".

    >>> called("4 rollos"), called("6 pack"), called("pack of 6")
    ('rollo', 'pack', None)
    """
    words = words_of(text.partition("(")[0])
    is_counted = len(words) > 1 and is_numeric(words[0])
    return stem(words[1]) if is_counted and pieces_of(text) else None


@cache
def _counting_words() -> frozenset[str]:
    """What packs and pieces are called in any language."""
    words = (word for language in languages().values() for word in language.words)
    return frozenset([said[0] for said, role, _ in words if role in _COUNTING and len(said) == 1])


def _dozens(words: Sequence[str], tags: Sequence[Tag]) -> Decimal | None:
    """ "docena", "half dozen", "2 dozen"."""
    count = next((t for t in tags if t.role is Role.COUNT and t.end == len(words) and t.number >= _DOZEN), None)
    if count is None:
        return None
    said = _ONE if count.start == 0 else _number(words, tags, 0, count.start)
    return said * count.number if said else None


def _in_a_pack(words: Sequence[str], tags: Sequence[Tag]) -> Decimal | None:
    """ "12 pack", "4 rollos", "tray of 30", "caja con 12"."""
    packs = [t for t in tags if t.role is Role.PACK or (t.role is Role.COUNT and t.number == 1)]
    last = next((_number(words, tags, 0, tag.start) for tag in packs if tag.end == len(words) and tag.start), None)
    first = next((_number(words, tags, _behind_of(tags, tag.end), len(words)) for tag in packs if tag.start == 0), None)
    held = last or first
    return held if held and _FEWEST <= held <= _MOST and held == held.to_integral_value() else None


def _behind_of(tags: Sequence[Tag], place: int) -> int:
    return next((tag.end for tag in tags if tag.role is Role.OF and tag.start == place), place)


def _number(words: Sequence[str], tags: Sequence[Tag], start: int, end: int) -> Decimal | None:
    """The number that the words from `start` to `end` are."""
    if end == start + 1 and is_numeric(words[start]):
        return Decimal(words[start])
    roles = (Role.NUMBER, Role.FRACTION)
    return next((t.number for t in tags if t.role in roles and (t.start, t.end) == (start, end)), None)
