"""What a message shows of its intent: its words, and named cues of its words, numbers and context."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from engine.conversation import MessageKind
from engine.extraction.number import NumberKind
from engine.extraction.remembered import remembered
from engine.extraction.utterance import Utterance
from engine.intent.context import TurnContext
from engine.intent.pivot import pivoted
from engine.language import Role
from engine.language.role import SIGNS
from engine.text import latin

_LENGTHS = ((0, "0"), (1, "1"), (2, "2"), (4, "3-4"), (8, "5-8"), (15, "9-15"), (30, "16-30"))
_OPENING = 12  # words of a reply that show how it takes what it answers
_CLOSING = 8  # words of the business's last message that show what it waits for
_REMEMBERED = 65_536  # words
_LONG_AGO = 24 * 60  # minutes
_DIGIT = re.compile(r"\d")
_LINK = re.compile(r"https?:|www\.|wa\.me|\.com\b", re.IGNORECASE)
_PHONE = re.compile(r"(?<!\d)\+?\d(?:[\s-]?\d){9,12}(?!\d)")
_PINCODE = re.compile(r"(?<!\d)[1-9]\d{2}\s?\d{3}(?!\d)")
_PLAIN = SIGNS | {Role.STOP, Role.AND}  # say nothing by where they stand
# Roles whose meaning turns on what went before: "haan" after a summary, "2" after "how many".
_TURNING = frozenset({
    Role.WANT, Role.GIVE, Role.ADD, Role.MORE, Role.REMOVE, Role.CHANGE, Role.INSTEAD, Role.REDUCE, Role.ONLY, Role.NOT,
    Role.YES, Role.NO, Role.CANCEL, Role.QUESTION, Role.ASK_PRICE, Role.ASK_STOCK, Role.THIS, Role.SAME, Role.BOTH,
    Role.THANKS, Role.GREETING, Role.LATER, Role.PAID, Role.PAYMENT, Role.STATUS, Role.COMPLAINT, Role.DAY, Role.SIZE,
    Role.COLOR, Role.PLACE, Role.AT_NAME, Role.AT_ADDRESS, Role.PICKUP, Role.NUMBER, Role.GOODS,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Observation:
    """What is seen of a message: its words in Latin letters with every digit a 0, and its cues by name."""

    words: tuple[str, ...]
    cues: tuple[str, ...]


def observe(utterance: Utterance, context: TurnContext) -> Observation:
    """Everything that the classifier goes by."""
    return Observation(words(utterance), tuple(dict.fromkeys(_cues(utterance, context))))


def words(utterance: Utterance, start: int | None = None, end: int | None = None) -> tuple[str, ...]:
    """The words, numbers and question marks of an utterance, or of a part of it, spelled alike in both scripts.

    Words of other languages than the everyday ones are given in English.
    """
    return tuple([_spelled(word) for said in pivoted(utterance)[start:end] for word in said])


@lru_cache(maxsize=_REMEMBERED)
def _spelled(word: str) -> str:
    return _DIGIT.sub("0", latin(word))


def _cues(utterance: Utterance, context: TurnContext) -> list[str]:
    roles = _roles(utterance)
    length = _bucket(_word_count(utterance))
    seen = [*_of_words(utterance, roles, length), *_of_context(utterance, context)]
    if context.previous_business and context.business_is_latest:
        seen += _of_business(context.previous_business, "business", -_CLOSING, None)
    if context.reply:
        seen += _of_business(context.reply, "reply", 0, _OPENING)
    return [*seen, *_together(utterance, context, roles, length)]


def _roles(utterance: Utterance) -> dict[Role, None]:
    return dict.fromkeys([tag.role for tag in utterance.tags.all])


def _word_count(utterance: Utterance) -> int:
    return len([token for token in utterance.tokens if token.is_word or token.is_number])


@lru_cache(maxsize=_REMEMBERED)
def _bucket(count: int) -> str:
    """How many words a message has, roughly."""
    return next((name for limit, name in _LENGTHS if count <= limit), "30+")


def _of_words(utterance: Utterance, roles: dict[Role, None], length: str) -> Iterator[str]:
    yield f"words {length}"
    yield from [f"role {role}" for role in roles]
    order = _order(utterance)
    if order:
        yield from [f"first {role}" for role in order[0]]
        yield from [f"last {role}" for role in order[-1]]
    yield from [f"{one} then {other}" for left, right in pairwise(order) for one in left for other in right]
    yield from _of_numbers(utterance)
    yield from _of_form(utterance)


def _order(utterance: Utterance) -> list[list[Role]]:
    """The roles that begin at each word, in the order of the words; only where there are few."""
    starts: dict[int, list[Role]] = {}
    for tag in utterance.tags.all:
        if tag.role not in _PLAIN and tag.role not in starts.setdefault(tag.start, []):
            starts[tag.start].append(tag.role)
    return [starts[start] for start in sorted(starts) if starts[start]]


def _of_numbers(utterance: Utterance) -> Iterator[str]:
    text = utterance.message.text
    if utterance.numbers:
        yield f"numbers {min(len(utterance.numbers), 4)}"
    yield from [f"number {number.kind}" for number in utterance.numbers]
    if _PHONE.search(text):
        yield "number phone"
    elif _PINCODE.search(text):
        yield "number pincode"
    if utterance.numbers and utterance.numbers[0].start == 0 and utterance.numbers[0].kind is not NumberKind.INDEX:
        yield "number first"


def _of_form(utterance: Utterance) -> Iterator[str]:
    text = utterance.message.text
    if utterance.asks:
        yield "asks"
        if text.rstrip().endswith("?"):
            yield "asks at end"
    if "!" in text:
        yield "exclaims"
    if _LINK.search(text):
        yield "link"
    if "\n" in text:
        yield f"lines {min(text.count(chr(10)) + 1, 4)}"
    if "," in text:
        yield f"commas {min(text.count(','), 4)}"
    lettered = [token for token in utterance.tokens if token.is_word]
    if text and not lettered and not utterance.numbers:
        yield "signs only"
    roles = utterance.tags.roles
    unknown = len([i for i, token in enumerate(utterance.tokens) if token.is_word and not roles(i)])
    if lettered:
        yield f"unknown words {round(4 * unknown / len(lettered))}/4"
        if len(lettered) > 1 and all(token.raw[:1].isupper() for token in lettered):
            yield "all capitals"


def _of_context(utterance: Utterance, context: TurnContext) -> Iterator[str]:
    if utterance.message.kind is not MessageKind.TEXT:
        yield f"kind {utterance.message.kind}"
    if utterance.message.reply_to:
        yield "quotes"
    if context.has_attached_product:
        yield "shows product"
    if context.is_first:
        yield "first message"
    yield "answers" if context.business_is_latest else "goes on"
    yield "has order" if context.has_order else "no order"
    if context.has_open_line:
        yield "has open line"
    yield f"previous {context.previous_intent or 'none'}"
    yield from [name for name in ("is_summed_up", "is_closed", "is_cancelled") if getattr(context, name)]
    yield from [f"said {cue}" for cue in sorted(context.said)]
    yield from _counts(context)
    if context.business_is_latest and (context.minutes_since_business or 0) > _LONG_AGO:
        yield "long after"


def _counts(context: TurnContext) -> Iterator[str]:
    for name in ("items", "unmatched", "quantities", "named", "ordered", "agreeing", "offered"):
        if count := getattr(context, name):
            yield f"{name} {min(count, 3)}"


@remembered
def _of_business(business: Utterance, side: str, start: int, end: int | None) -> tuple[str, ...]:
    """What a message of the business shows, on the `side` of the customer's where it stands; of its words a part."""
    heard = [f"{side}: word {word}" for word in words(business, start, end)]
    return (*_of_other(business, side), *heard)


def _of_other(business: Utterance, side: str) -> Iterator[str]:
    yield f"{side}: words {_bucket(_word_count(business))}"
    if business.message.kind is not MessageKind.TEXT:
        yield f"{side}: {business.message.kind}"
    if business.asks:
        yield f"{side}: asks"
    if business.numbers:
        yield f"{side}: numbers {min(len(business.numbers), 4)}"
    yield from [f"{side}: role {role}" for role in _roles(business)]
    yield from [f"{side}: number {number.kind}" for number in business.numbers]
    yield from [f"{side}: asks about {role}" for i in _asking(business) for role in business.tags.roles(i)]


def _asking(utterance: Utterance) -> list[int]:
    """The tokens of the sentences that end in a question mark."""
    if not utterance.asks:
        return []
    sentences = utterance.sentences
    questions = {sentences[i] for i, token in enumerate(utterance.tokens) if token.raw == "?"}
    return [i for i, sentence in enumerate(sentences) if sentence in questions]


def _together(utterance: Utterance, context: TurnContext, roles: dict[Role, None], length: str) -> Iterator[str]:
    """Cues that mean something only in company."""
    situation = _situation(context)
    order, goods = _order_so_far(context), _goods(context)
    yield f"{situation}, {order}"
    yield f"{situation}, words {length}"
    yield f"{situation}, previous {context.previous_intent or 'none'}"
    yield f"{order}, previous {context.previous_intent or 'none'}"
    asks = "asks" if utterance.asks else "states"
    yield f"{situation}, {asks}"
    yield f"{order}, {asks}"
    quantity = "quantity" if context.quantities else "no quantity"
    yield f"{goods}, {quantity}, {asks}"
    yield f"{goods}, {quantity}, {order}, {situation}"
    turning = [role for role in roles if role in _TURNING]
    yield from [f"{role}, {beside}" for role in turning for beside in (order, situation, asks, goods)]
    if utterance.message.kind is not MessageKind.TEXT:
        yield f"kind {utterance.message.kind}, {situation}"
        yield f"kind {utterance.message.kind}, {order}"


def _order_so_far(context: TurnContext) -> str:
    if not context.has_order:
        return "no order"
    return "open order" if context.has_open_line else "order"


def _goods(context: TurnContext) -> str:
    """Which products the message names."""
    if not context.items:
        return "no product"
    if context.ordered:
        return "ordered product" if context.ordered >= context.items else "ordered and new product"
    return "offered product" if context.offered else "new product"


def _situation(context: TurnContext) -> str:
    """What the customer's message follows."""
    business = context.previous_business
    if not context.business_is_latest:
        return "opens" if context.is_first else "after own"
    if business is None:
        return "after unheard"
    if business.asks:
        return "after question"
    return "after numbers" if business.numbers else f"after {business.message.kind}"
