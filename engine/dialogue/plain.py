"""Messages whose clauses order or call off, whatever the rest of them is mainly about."""

from collections.abc import Container, Mapping, Sequence

from engine.clause.wish import Wish
from engine.dialogue.purpose import calls_off, likely_to_order
from engine.dialogue.state import Referent
from engine.extraction.utterance import COMMA, Utterance
from engine.language import Role
from engine.order import Intent

_WANTING = frozenset({Role.WANT, Role.GIVE, Role.ADD})
_ASKING = frozenset({Role.ASK_STOCK, Role.ASK_PRICE})
_REFUSING = frozenset({Role.NOT, Role.IF, Role.LATER, Role.CANCEL, Role.REMOVE, Role.REDUCE, Role.COMPLAINT})
_OPEN = _REFUSING | {Role.QUESTION, Role.ASK_PRICE, Role.ASK_PHOTO}
_UNWANTED = _OPEN | {Role.ASK_STOCK, Role.STATUS, Role.PAID, Role.LAST_TIME}
_POINTING = frozenset({Role.THIS, Role.THAT, Role.THOSE, Role.BOTH, Role.FIRST, Role.SECOND, Role.LAST})
_TAKING = _POINTING | _WANTING | {Role.YES, Role.STOP, Role.THE, Role.AND, Role.GREETING, Role.HONORIFIC}
_MOST_TAKING = 6  # words; more of them are a story
_LEAST_LIST = 3  # goods that are counted in one breath
_LIKELY = 0.5  # an order that needs no help
_PERHAPS = 0.05  # an order that is worth a thought
_LEFT = 0.2  # how likely a calling-off has to be where it may answer a question
_TOLD = 0.8  # how likely an intent is where the clauses say so
_COUNTED = frozenset({Role.COUNT, Role.PACK, Role.NUMBER, Role.GREETING, Role.HONORIFIC})
_IDLE = _COUNTED | _WANTING | {Role.AND, Role.THE, Role.YES, Role.MORE, Role.SIZE}
_ELSEWHERE = (
    _UNWANTED
    | {Role.ASK_QUANTITY, Role.NO, Role.CHANGE, Role.INSTEAD, Role.SAME, Role.ONLY, Role.TOO_MUCH}
    | {Role.PLACE, Role.PICKUP, Role.AT_NAME, Role.AT_ADDRESS, Role.DAY, Role.MONTH}
)
_POLITE = frozenset({Role.GREETING, Role.HONORIFIC})
_COVERED = 0.99  # of a product's name
_FEW_STOPS = 2  # "a", "please": words that say nothing beside a name
_BEHIND = frozenset({Role.AND, Role.HONORIFIC, Role.THANKS, Role.GREETING, Role.YES})
_BEFORE = _BEHIND | {Role.STOP, Role.NO, Role.CHANGE}


def with_clauses(
    utterance: Utterance,
    wishes: Sequence[Wish],
    probabilities: Mapping[Intent, float],
    *,
    offered: Sequence[Referent],
    known: Container[int | None],
    is_answer: bool | None,
    is_free: bool,
) -> Mapping[Intent, float]:
    """The probabilities of a message's intents, with what its clauses say of them.

    `offered` is what the seller just showed or named that nobody has ordered; `is_answer` says whether he asked
    something, None where nothing is ordered that could be called off. `known` are the products on the draft, and
    `is_free` says that no words of the seller's were said last.
    """
    if calls_off(probabilities):
        return probabilities
    if only_greets(utterance) and max(probabilities, key=probabilities.__getitem__) is Intent.INQUIRY:
        return settled_on(probabilities, Intent.SMALLTALK)
    may_call_off = is_answer is False or (is_answer and probabilities.get(Intent.CANCEL, 0.0) >= _LEFT)
    if may_call_off and _leaves(utterance, wishes):
        return settled_on(probabilities, Intent.CANCEL)
    ordering = likely_to_order(probabilities)
    is_first = is_answer is None
    is_told = _takes(utterance, wishes, offered, is_first=is_first) or _counts_offered(utterance, wishes, offered)
    is_told = is_told or _orders_beside_question(utterance, wishes)
    is_told = is_told or (_PERHAPS <= ordering < _LIKELY and _names_goods(utterance, wishes, known, is_free=is_free))
    is_told = is_told or (
        max(probabilities, key=probabilities.__getitem__) is Intent.INQUIRY and _lists(utterance, wishes)
    )
    return settled_on(probabilities, Intent.PURCHASE) if is_told and ordering < _TOLD else probabilities


def settled_on(probabilities: Mapping[Intent, float], told: Intent) -> Mapping[Intent, float]:
    """Probabilities of which one is as high as clauses make it that say so."""
    rest = sum(p for intent, p in probabilities.items() if intent is not told)
    return {intent: _TOLD if intent is told else p * (1 - _TOLD) / rest for intent, p in probabilities.items()}


def only_greets(utterance: Utterance) -> bool:
    """ "hello?": whether nothing is said but a greeting."""
    words = [i for i, token in enumerate(utterance.tokens) if token.is_word or token.is_number]
    return bool(words) and all(Role.GREETING in utterance.tags.roles(i) for i in words)


def _leaves(utterance: Utterance, wishes: Sequence[Wish]) -> bool:
    """ "then leave it, our colour is lilac": whether words of calling off, behind idle ones, are the first clause."""
    cancel = utterance.tags.any(Role.CANCEL)
    if cancel is None or utterance.asks or utterance.has(Role.REVIVE):
        return False
    end = next((i for i in range(1, len(utterance.tokens)) if _begins_clause(utterance, i)), len(utterance.tokens))
    before, behind = range(cancel.start), range(cancel.end, end)
    is_alone = all(utterance.tags.roles(i) & _BEFORE for i in before if utterance.tokens[i].is_word) and all(
        utterance.tags.roles(i) & _BEHIND for i in behind if utterance.tokens[i].is_word
    )
    return is_alone and cancel.end <= end and not any(wish.start < end for wish in wishes)


def _begins_clause(utterance: Utterance, index: int) -> bool:
    """Whether another clause begins at a token."""
    return utterance.breaks[index] >= COMMA or utterance.sentences[index] != utterance.sentences[index - 1]


def _takes(utterance: Utterance, wishes: Sequence[Wish], offered: Sequence[Referent], *, is_first: bool) -> bool:
    """ "white is nice, I'll take it", "dono": whether the last clause only points at what was offered, and wants it.

    A picture is taken by pointing alone; what was only named has to be wanted.
    """
    if not offered or utterance.asks or utterance.has(*_REFUSING):
        return False
    last = max((i for i, token in enumerate(utterance.tokens) if token.is_word), default=0)  # no picture behind it
    first = next((i for i in reversed(range(1, last + 1)) if _begins_clause(utterance, i)), 0)
    groups = {referent.group for referent in offered}
    chosen = {i for w in wishes if w.start >= first and w.group in groups and _is_choice(w) for i in _tokens(w)}
    places = (i for i in range(first, len(utterance.tokens)) if utterance.tokens[i].is_word and i not in chosen)
    said = [utterance.tags.roles(i) for i in places if not (i + 1 in chosen and utterance.tags.at(i, Role.STOP))]
    roles = frozenset[Role]().union(*said)
    taking = _TAKING | {Role.THANKS} if roles & _WANTING else _TAKING  # "wow, I want this"
    is_shown = any(referent.is_shown for referent in offered)
    points = roles & _POINTING or (is_shown and roles & _WANTING and utterance.message.reply_to)
    is_plain = len(said) <= _MOST_TAKING and not roles & _OPEN and points and all(one & taking for one in said)
    is_wanted = roles & _WANTING or (first == 0 and is_shown)
    if Role.BOTH in roles and not is_first and len(groups) == 1:
        return False  # both of what is ordered
    return bool(is_plain and is_wanted) and all(
        w.bare or _is_choice(w) if w.start >= first else w.group in groups for w in wishes
    )


def _is_choice(wish: Wish) -> bool:
    """ "in L": whether a wish says a variant of what was talked of, and nothing else."""
    return bool(wish.options) and not wish.has_product_words and wish.quantity is None and wish.amount is None


def _tokens(wish: Wish) -> range:
    return range(wish.start, wish.end)


def _names_goods(utterance: Utterance, wishes: Sequence[Wish], known: Container[int | None], *, is_free: bool) -> bool:
    """ "3 sodas", "and a chai": whether a message says nothing but new goods by their names.

    What is not counted may answer or ask, unless no words of the seller's were said last (`is_free`).
    """
    is_new = all(w.group is not None and w.has_product_words and w.group not in known for w in wishes)
    roles = {tag.role for tag in utterance.tags.all if not utterance.tags.is_part_of_another(tag)}
    if not wishes or not is_new or utterance.asks or roles & _ELSEWHERE:
        return False
    inside = {i for wish in wishes for i in range(wish.start, wish.end)}
    said = [i for i, token in enumerate(utterance.tokens) if token.is_word or token.is_number]
    around = [utterance.tags.roles(i) for i in said if i not in inside]
    is_greeting = any(utterance.tags.roles(i) & _POLITE for i in inside)
    is_counted = any(wish.quantity or wish.amount for wish in wishes)
    is_sure = is_counted or (is_free and all(wish.coverage >= _COVERED for wish in wishes))
    is_idle = all(here & (_IDLE | {Role.STOP}) for here in around)
    return is_sure and is_idle and not is_greeting and sum(not here & _IDLE for here in around) <= _FEW_STOPS


def _counts_offered(utterance: Utterance, wishes: Sequence[Wish], offered: Sequence[Referent]) -> bool:
    """ "fairy lights?" - "yes, 20": whether a yes counts the one thing that the seller has just offered."""
    if len(wishes) != 1 or len(offered) != 1 or wishes[0].group != offered[0].group or utterance.asks:
        return False
    wish = wishes[0]
    said = [i for i, token in enumerate(utterance.tokens) if token.is_word and i not in utterance.number_at]
    is_counted = not wish.has_product_words and (wish.quantity or wish.amount)
    return bool(said and is_counted) and all(Role.YES in utterance.tags.roles(i) for i in said)


def _orders_beside_question(utterance: Utterance, wishes: Sequence[Wish]) -> bool:
    return _orders_behind_question(utterance, wishes) or any(_is_plain(utterance, wish) for wish in wishes)


def _is_plain(utterance: Utterance, wish: Wish) -> bool:
    """ "2 blue kurta M. 499 is it?": whether a wish counted in a variant is a whole sentence before a question."""
    sentence = utterance.sentences[wish.start]
    is_counted = wish.quantity is not None and wish.has_product_words and bool(wish.options) and not wish.rivals
    if wish.group is None or not is_counted or wish.end >= len(utterance.tokens):
        return False
    if max(utterance.asking, default=-1) < utterance.sentences[wish.end]:
        return False
    outside = (i for i, its in enumerate(utterance.sentences) if its == sentence and not wish.start <= i < wish.end)
    words = (utterance.tags.roles(i) for i in outside if utterance.tokens[i].is_word)
    return not utterance.sentence_asks(wish.start) and all(roles & _COUNTED for roles in words)


def _orders_behind_question(utterance: Utterance, wishes: Sequence[Wish]) -> bool:
    """ "do you have gele? I need 4": whether a sentence that asks nothing wants so many of what one before asks for."""
    asked = {sentence for sentence in utterance.asking if utterance.roles_within(sentence) & _ASKING}
    counted = {utterance.sentences[wish.end - 1] for wish in wishes if wish.quantity is not None}
    wanted = (s for s in counted if utterance.roles_begun(s) & _WANTING and not utterance.roles_begun(s) & _OPEN)
    return bool(asked) and any(min(asked) < sentence not in asked for sentence in wanted)


def _lists(utterance: Utterance, wishes: Sequence[Wish]) -> bool:
    """ "20 combs, 12 brushes, 10 oils. is the old price valid?": whether a sentence counts goods and asks nothing."""
    counted = [w for w in wishes if w.group is not None and w.has_product_words and (w.quantity or w.amount)]
    sentences = [utterance.sentences[wish.start] for wish in counted]
    asked = utterance.asking
    plain = [s for s in sentences if s not in asked and not utterance.roles_begun(s) & _UNWANTED]
    return bool(asked) and any(plain.count(sentence) >= _LEAST_LIST for sentence in plain)
