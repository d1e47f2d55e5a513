"""What size a variant is: its pack, its container, its place between small and large."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from engine.catalog import Variant
from engine.catalog_match.measure import PACK, Measure, parse_size
from engine.catalog_match.word import CONCEPT_ROLES, every_language, is_numeric, words_of
from engine.language import Role, Tag
from engine.text import stem

_SIZE_SIGNS = frozenset({Role.SIZE_SIGN, Role.NUMBER_SIGN})
_LETTER_SIZES = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "3XL", "4XL", "5XL")
_UNRANKED = (1, 0, Decimal(0))


def concepts(words: Sequence[str]) -> Iterator[Tag]:
    """The colors, sizes and goods that a catalogue's words name; a sound alone is no proof in Latin letters."""
    for tag in every_language().tags(words):
        if tag.role in CONCEPT_ROLES and not (tag.by_sound and words[tag.start].isascii()):
            yield tag


def is_container(word: str) -> bool:
    """Whether a word is one for a container, in any language.

    >>> is_container("tray"), is_container("single")
    (True, False)
    """
    return any(tag.role is Role.PACK for tag in every_language().tags([word]))


def is_idle(word: str) -> bool:
    """Whether a word tells nothing of a thing by itself, in any language.

    >>> is_idle("with"), is_idle("pack"), is_idle("redmi")
    (True, True, False)
    """
    return any(tag.role not in CONCEPT_ROLES for tag in every_language().tags([word]))


def is_size_sign(word: str) -> bool:
    """Whether a number beside a word is a size, in any language.

    >>> is_size_sign("uk"), is_size_sign("talla"), is_size_sign("kg")
    (True, True, False)
    """
    tags = every_language().tags([word])
    return any(tag.role in _SIZE_SIGNS or (tag.role is Role.OPTION and tag.value == "size") for tag in tags)


def numbers_in(size: str) -> frozenset[Decimal]:
    """The numbers of a size: 18 of "18x18", 30 and 60 of "30 x 60".

    >>> sorted(map(int, numbers_in("30 x 60"))), len(numbers_in("free size"))
    ([30, 60], 0)
    """
    return frozenset(map(Decimal, re.findall(r"\d+(?:\.\d+)?", size)))


def number_in(size: str) -> Decimal | None:
    """The one number of a size: 8 of "UK 8"."""
    found = re.findall(r"\d+(?:\.\d+)?", size)
    return Decimal(found[0]) if len(found) == 1 else None


def size_of(variant: Variant) -> Measure | None:
    """The pack size that a variant's options, else its title, name."""
    for text in (*(variant.options.get(name, "") for name in ("size", *variant.options)), variant.title):
        if text and (measure := parse_size(text)):
            return measure
    return None


@lru_cache(maxsize=4096)
def container_of(text: str) -> Measure | None:
    """The container that an option's value names, as a count of it; None where it names none.

    >>> container_of("half carton (20 packs)"), container_of("500 g")
    (Measure(amount=Decimal('0.5'), dimension='pack:carton'), None)
    """
    words = words_of(text.partition("(")[0])
    if not 0 < len(words) <= 2:
        return None
    tags = every_language().tags(words)
    if not any(tag.role is Role.PACK and tag.start == len(words) - 1 for tag in tags):
        return None
    fraction = next((tag.number for tag in tags if tag.role is Role.FRACTION and tag.start == 0), None)
    if len(words) == 2 and fraction is None:
        return None
    return Measure(fraction or Decimal(1), f"{PACK}{stem(words[-1])}")


def rank_by_size(variants: Sequence[Variant], name: str) -> list[Variant]:
    """Variants from small to large by the option `name`: by measure, letter or number; the others last, as they are."""
    return sorted(variants, key=lambda variant: _rank(variant.options.get(name, "")))


def is_multipack(text: str) -> bool:
    """Whether a size is a pack of several pieces.

    >>> is_multipack("pack of 6"), is_multipack("60 g"), is_multipack("1 pc")
    (True, False, False)
    """
    measure = parse_size(text)
    return measure is not None and measure.dimension == "pc" and measure.amount > 1


def _rank(text: str) -> tuple[int, int, Decimal]:
    """Weights and volumes before packs of several, what is no size at all last."""
    if measure := parse_size(text):
        return 0, int(is_multipack(text)), measure.amount
    words = words_of(text)
    letter = next((tag.value for tag in every_language().tags(words) if tag.role is Role.SIZE), "")
    if letter in _LETTER_SIZES:
        return 0, 0, Decimal(_LETTER_SIZES.index(letter))
    number = next(filter(is_numeric, words), None)
    return (0, 0, Decimal(number)) if number else _UNRANKED
