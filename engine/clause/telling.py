"""Which words of a message may name a product, an option or a quantity."""

from collections.abc import Sequence

from engine.clause.evidence import Evidence
from engine.extraction.number import Number, NumberKind
from engine.extraction.utterance import COMMA, Utterance
from engine.language import Role

_QUANTITY_KINDS = frozenset({NumberKind.BARE, NumberKind.COUNT, NumberKind.MEASURE, NumberKind.RANGE})
_COUNTS = frozenset({NumberKind.BARE, NumberKind.COUNT, NumberKind.MEASURE})
_ORDER_ROLES = frozenset({Role.WANT, Role.GIVE, Role.ADD, Role.PACK, Role.WORTH})
_DETERMINERS = frozenset({Role.THE, Role.THAT, Role.THIS})
_DETERMINED = 3  # tokens between a determiner and its "one"
_PAIRING = frozenset("-–—:=")  # between a good and how many
_BETWEEN = frozenset({  # "2 big loaves", "3 bags of flour", "sandals size 37", "a bottle of fabric softener"
    Role.SUPERLATIVE, Role.OF, Role.OPTION, Role.GOODS, Role.COLOR, Role.SIZE,
})  # fmt: skip
_IDLE = frozenset({Role.STOP})
_POSSESSING, _LED = frozenset({Role.THIS, Role.THAT, Role.SAME}), 2  # "its", and how near a word it stands
_TELLING = 1.25  # worth from which a word tells products apart


def telling(utterance: Utterance, evidence: Evidence) -> list[int]:
    """Tokens that may name a product, an option or a quantity; of a number, its first token only."""
    silent = utterance.quoted | utterance.withdrawn
    found = [p for p in range(len(utterance.tokens)) if p not in silent and _tells(utterance, evidence, p)]
    found = _without_places(utterance, evidence, found)
    strong = {utterance.sentences[p] for p in found if _is_strong(utterance, evidence, p)}
    return [p for p in found if utterance.sentences[p] not in strong or not _is_weak(utterance, evidence, p)]


def _without_places(utterance: Utterance, evidence: Evidence, found: Sequence[int]) -> list[int]:
    """Without the numbers and unknown words of sentences that say where, and name nothing that is sold."""
    where = {
        utterance.sentences[tag.start] for tag in utterance.tags.all
        if tag.role is Role.PLACE or (tag.role is Role.AT_ADDRESS and utterance.leads_to_place(tag.start))
    }  # fmt: skip
    where |= {utterance.sentences[n.start] for n in utterance.numbers if n.kind is NumberKind.LONG}
    where -= {utterance.sentences[p] for p in found if evidence.content[p] and p not in utterance.number_at}
    return [p for p in found if utterance.sentences[p] not in where]


def _tells(utterance: Utterance, evidence: Evidence, position: int) -> bool:
    number = utterance.number_at.get(position)
    if number is not None:
        return (
            position == number.start
            and (number.kind in _QUANTITY_KINDS or number.worth)
            and not (_is_code(utterance, evidence, number) or _is_pronoun(utterance, number))
        )
    return evidence.content[position] or (evidence.unknown[position] and _is_anchored(utterance, evidence, position))


def _is_code(utterance: Utterance, evidence: Evidence, number: Number) -> bool:
    """ "LS6 2AB", "SPD2290", "toner 12A": whether letters that say nothing are written onto a number."""
    tokens = utterance.tokens
    if number.kind is not NumberKind.BARE or evidence.content[number.start]:
        return False
    before, after = number.start - 1, number.end
    is_glued_before = before >= 0 and tokens[before].is_word and tokens[before].end == tokens[number.start].start
    is_glued_after = after < len(tokens) and tokens[after].is_word and tokens[after].start == tokens[after - 1].end
    glued = [place for place, is_glued in ((before, is_glued_before), (after, is_glued_after)) if is_glued]
    return bool(glued) and not any(evidence.content[place] or _does_something(utterance, place) for place in glued)


def _does_something(utterance: Utterance, place: int) -> bool:
    """Whether a word has a part in an order; an idle letter that is written onto a number has none."""
    return bool(utterance.tags.roles(place) - (_IDLE if len(utterance.tokens[place].word) == 1 else frozenset()))


def _is_pronoun(utterance: Utterance, number: Number) -> bool:
    """ "the brown one", "400 g one": whether a one stands for a thing rather than counts."""
    start, tags = number.start, utterance.tags
    if number.kind is not NumberKind.BARE or number.end != start + 1 or start == 0:
        return False
    if tags.at(start, Role.WORTH) is None or utterance.breaks[start] >= COMMA:
        return False
    before = utterance.number_at.get(start - 1)
    if tags.at(start - 1, Role.COLOR, Role.SIZE, Role.SUPERLATIVE) or (before and before.kind is NumberKind.MEASURE):
        return True
    around = range(max(0, start - _DETERMINED), start)
    return any(tags.roles(place) & _DETERMINERS for place in around)


def _is_anchored(utterance: Utterance, evidence: Evidence, position: int) -> bool:
    """Whether an unknown word, with its unknown neighbors, stands right beside something that orders are made of."""
    if _is_for_whom(utterance, evidence, position):
        return False
    return any(_leads_to_order(utterance, evidence, position, step) for step in (-1, 1))


def _is_for_whom(utterance: Utterance, evidence: Evidence, position: int) -> bool:
    """ "balcony ke liye", "for Karen": what something is for is not what is wanted."""
    start = end = position
    while start > 0 and evidence.unknown[start - 1]:
        start -= 1
    while end + 1 < len(utterance.tokens) and evidence.unknown[end + 1]:
        end += 1
    after = utterance.tags.at(end + 1, Role.FOR)
    before = next((t for t in utterance.tags.all if t.role is Role.FOR and t.end == start and not t.final), None)
    return before is not None or (after is not None and after.final)


def _leads_to_order(utterance: Utterance, evidence: Evidence, position: int, step: int) -> bool:
    tokens = utterance.tokens
    here = position + step
    if step > 0 and _is_counted_by_sign(utterance, evidence, here):
        return True
    while 0 <= here < len(tokens) and utterance.breaks[max(here, here - step)] < COMMA:
        if here in utterance.number_at or evidence.content[here]:
            return True
        if utterance.tags.roles(here) & _ORDER_ROLES or (step < 0 and utterance.begins_listed(here)):
            return True
        if not evidence.unknown[here] and not utterance.tags.roles(here) & _BETWEEN:
            return False
        here += step
    return False


def _is_counted_by_sign(utterance: Utterance, evidence: Evidence, position: int) -> bool:
    """ "veg puffs - 40 nos": whether a number stands behind a sign that pairs it with the words before."""
    while position < len(evidence.unknown) and evidence.unknown[position]:
        position += 1
    is_sign = position < len(evidence.unknown) and utterance.tokens[position].raw in _PAIRING
    number = utterance.number_at.get(position + 1) if is_sign else None
    return number is not None and number.kind in _QUANTITY_KINDS


def _is_strong(utterance: Utterance, evidence: Evidence, position: int) -> bool:
    """Whether a word tells products apart."""
    return position not in utterance.number_at and bool(evidence.best[position] >= _TELLING)


def _is_led(utterance: Utterance, evidence: Evidence, position: int) -> bool:
    """ "and its single glass": whether "its" stands before a word, with no name between and none behind."""
    if any(evidence.content[position + 1 : position + 2]):
        return False
    near = range(max(0, position - _LED), position)
    its = next((i for i in near if utterance.tags.roles(i) & _POSSESSING), None)
    return its is not None and not any(evidence.content[i] for i in range(its + 1, position))


def _is_counted_behind(utterance: Utterance, evidence: Evidence, position: int) -> bool:
    """ "glass 6, straws 3": whether a count stands right behind a word that has no other name before it."""
    number = utterance.number_at.get(position + 1)
    if number is None or number.kind not in _COUNTS or not utterance.message.from_customer:
        return False
    return position == 0 or utterance.breaks[position] >= COMMA or not evidence.content[position - 1]


def _is_weak(utterance: Utterance, evidence: Evidence, position: int) -> bool:
    """Whether a word names very many products ("plant" in a nursery): it adds nothing beside a strong one."""
    if (
        position in utterance.number_at
        or evidence.unknown[position]
        or utterance.tags.at(position, Role.COLOR, Role.SIZE)
    ):
        return False
    is_counted = position - 1 in utterance.number_at and utterance.message.from_customer
    if is_counted and not any(evidence.content[position + 1 : position + 2]):
        return False  # "and one tube": it has a number of its own
    if _is_counted_behind(utterance, evidence, position):
        return False
    if _is_led(utterance, evidence, position):
        return False
    return evidence.naming[position] and bool(evidence.best[position] < _TELLING)
