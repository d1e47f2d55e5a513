"""A "not" whose own words stand behind it: "no rush", "no grass then, the soil alone"."""

from engine.clause.wish import Wish
from engine.extraction.utterance import COMMA, Utterance
from engine.language import Role, Tag

_GOODS = frozenset({Role.GOODS})  # by a name that nothing here is sold by
_REFUSED_AFTER = frozenset({  # "not wanted", "no more", "no thanks"
    Role.GIVE, Role.WANT, Role.ADD, Role.MORE, Role.THANKS, Role.LATER,
})  # fmt: skip


def refuses_other(utterance: Utterance, tag: Tag, after: Wish) -> bool:
    """ "no grass then, the soil alone": whether words that nobody knows and a comma stand before the next wish."""
    comma = next((i for i in range(tag.end, after.start + 1) if utterance.breaks[i] == COMMA), None)
    said = range(tag.end, comma or tag.end)
    is_other = any(utterance.tokens[i].is_word and utterance.tags.roles(i) <= _GOODS for i in said)
    return tag.role is Role.NOT and not tag.final and is_other


def refuses_what_follows(utterance: Utterance, tag: Tag, start: int) -> bool:
    """ "2 belts, no rush", "keep one, don't let it finish": whether a "not" behind a comma has words of its own behind.

    Not where they want or add nothing more: "the belt, I don't want it".
    """
    if tag.role is not Role.NOT or tag.final or all(utterance.breaks[i] < COMMA for i in range(start, tag.start + 1)):
        return False
    last = len(utterance.tokens)
    end = next((i for i in range(tag.end, last) if utterance.breaks[i] >= COMMA), last)
    said = [utterance.tags.roles(i) for i in range(tag.end, end) if utterance.tokens[i].is_word]
    return bool(said) and not any(roles & _REFUSED_AFTER for roles in said)
