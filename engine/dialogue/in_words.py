"""An answer in the seller's own words: "window" to "window 5 ft or door 7 ft?"."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from engine.catalog_match.shop import Shop
from engine.clause.evidence import gather
from engine.clause.hearing import Hearing
from engine.clause.segment import Item
from engine.clause.wish import Wish
from engine.dialogue.state import State
from engine.extraction.utterance import COMMA, Utterance
from engine.language import Role

_IDLE = frozenset({
    Role.YES, Role.THE, Role.THIS, Role.THAT, Role.OF, Role.WORTH, Role.WANT, Role.GIVE, Role.THANKS,
    Role.ONLY, Role.FOR,
})  # fmt: skip
_BESIDE = frozenset({Role.STOP, Role.HONORIFIC})
_MOST_WORDS, _ALIKE, _TWO = 3, 85, 2  # words of such an answer; how like a spelling has to be, of 100; choices

Choice = tuple[Mapping[str, frozenset[str]], Sequence[str]]  # options that a part of a question names, and its words


def answer_in_words(shop: Shop, state: State, utterance: Utterance) -> Wish | None:
    """What a message chooses that says no more than words which the seller's question put beside one variant."""
    asked = state.previous_business if state.is_business_latest else None
    left = [line for line in state.draft.lines if line.group is not None and not line.is_complete and not line.rivals]
    if asked is None or not asked.has(Role.OR) or len(left) != 1 or utterance.asks or left[0].group is None:
        return None
    said = list(_telling(utterance, {token.word for token in asked.tokens}))
    is_counted = any(utterance.tags.at(number.start, Role.WORTH) is None for number in utterance.numbers)
    if is_counted or not 0 < len(said) <= _MOST_WORDS:
        return None
    words = [utterance.tokens[i].word for i in said]
    choices = list(_choices(shop, state, asked, left[0].group))
    meant = [options for options, told in choices if all(_is_among(word, told) for word in words)]
    differing = {value for options, _ in choices for values in options.values() for value in values}
    if len(meant) != 1 or len(differing) < _TWO:
        return None
    start, end = said[0], said[-1] + 1
    text = utterance.message.text[utterance.tokens[start].start : utterance.tokens[end - 1].end]
    return Wish(
        left[0].group, options=meant[0], text=text, start=start, end=end, told=dict.fromkeys(meant[0], tuple(said))
    )


def _telling(utterance: Utterance, asked: Collection[str]) -> Iterator[int]:
    """The words of an answer that tell something; an idle one does where the question has it: "gents", "family"."""
    for index, token in enumerate(utterance.tokens):
        roles = utterance.tags.roles(index)
        is_idle = bool(roles & _BESIDE) and token.word not in asked
        if token.is_word and not is_idle and not roles & _IDLE:
            yield index


def _choices(shop: Shop, state: State, asked: Utterance, group: int) -> Iterator[Choice]:
    """Of each part of a question that names values of a product's options: these, and its words."""
    hearing = Hearing(shop, asked, gather(asked, shop.index), state.context(None))
    for part in _parts(asked):
        fits = hearing.fits(Item.of(part), group)
        options = {n: chosen.values for n, chosen in fits.chosen.items() if n in shop.options(group).names}
        words = [asked.tokens[i].word for i in part if asked.tokens[i].is_word and i not in asked.number_at]
        if options and all(len(values) == 1 for values in options.values()):
            yield options, words


def _parts(asked: Utterance) -> Iterator[list[int]]:
    """The tokens of a question, parted at commas and at each "or"."""
    part: list[int] = []
    for index, token in enumerate(asked.tokens):
        is_or = Role.OR in asked.tags.roles(index)
        if part and (is_or or asked.breaks[index] >= COMMA):
            yield part
            part = []
        if not is_or and (token.is_word or token.is_number):
            part.append(index)
    if part:
        yield part


def _is_among(word: str, told: Sequence[str]) -> bool:
    return any(fuzz.ratio(word, other) >= _ALIKE for other in told)
