"""Parts of an address that stand in messages of their own and name nothing known: told by the messages around them."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from engine.extraction.detail.address import Tagged
from engine.extraction.detail.grow import PLACES, is_quiet
from engine.extraction.detail.tagger import ADDRESS, NAME
from engine.language.english import english_words
from engine.order import Intent

_LONGEST = 6  # tokens of a part
_TOLD = frozenset({Intent.DETAILS, None})
_PERSON = frozenset({"people.given", "people.family", "person.honorific"})


def joined(tagged: Sequence[Tagged]) -> list[Tagged]:
    """The messages, with the part of an address between two others, or with a number before one, told as such.

    "The Old Forge / Mill Lane / Great Abbots / IP14 7XX": who types an address line by line says nothing else between.
    """
    out = list(tagged)
    for at, (message, after) in enumerate(pairwise(tagged)):
        is_before = ADDRESS in after.labels
        is_between = (is_before or bool(after.codes)) and at > 0 and ADDRESS in out[at - 1].labels
        if not (is_before or is_between) or not _follows(message, after) or not _may_be_part(message):
            continue
        if NAME in message.labels and not (is_between and _is_code(after)):
            continue  # who sends the code next has not yet come to the name
        is_next = is_between and _follows(out[at - 1], message) and (is_before or _is_code(after))
        if is_next or (is_before and _names_place(message)):
            out[at] = replace(message, labels=[ADDRESS] * len(message.labels))
    return out


def _follows(message: Tagged, after: Tagged) -> bool:
    return message.heard.index + 1 == after.heard.index


def _may_be_part(message: Tagged) -> bool:
    """Whether a message of few words speaks of nothing that is known, nor of a person."""
    h = message.heard
    if (
        ADDRESS in message.labels
        or len(h.tokens) > _LONGEST
        or message.codes
        or message.phones
        or h.intent not in _TOLD
    ):
        return False
    is_named = any(token.raw[0].isupper() or token.word not in english_words() for token in h.tokens if token.is_word)
    return is_named and not h.turn.utterance.asks and all(_is_part(message, i) for i in range(len(h.tokens)))


def _is_part(message: Tagged, index: int) -> bool:
    h = message.heard
    return is_quiet(h, index) and not h.kinds[index] & _PERSON


def _is_code(message: Tagged) -> bool:
    """Whether a message is a postal code, with a word or two."""
    return bool(message.codes) and len(message.heard.tokens) <= _LONGEST


def _names_place(message: Tagged) -> bool:
    h = message.heard
    return any(h.kinds[i] & PLACES or any(char.isdigit() for char in token.raw) for i, token in enumerate(h.tokens))
