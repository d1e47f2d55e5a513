"""What the words around a wish say about it: is it refused, asked about, swapped, wanted once more?"""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise, takewhile

from engine.clause.around import Places
from engine.clause.fewer import counts_fewer
from engine.clause.not_before import refuses_other, refuses_what_follows
from engine.clause.wish import QUANTITY, Wish
from engine.extraction.utterance import COMMA, LINE, Utterance
from engine.language import Role, Tag


class Cue(StrEnum):
    """One thing that the words around a wish say about it."""

    REFUSED = "refused"  # "blue nahi", "no fondant", "remove the red one"
    REMOVED = "removed"  # with a verb of taking away
    REDUCED = "reduced"
    MORE = "more"
    JOINED = "joined"  # by an "and" that may say "more" as well: "aur aloo 2"
    ONLY = "only"
    EACH = "each"
    ASKED = "asked"  # the sentence is a question about it
    WANTED = "wanted"  # the sentence says give or want
    OLD = "old"  # what is replaced
    NEW = "new"  # what takes its place
    IF = "if"
    ELSE = "else"
    SAME = "same"
    BOTH = "both"
    ALL = "all"
    CHANGED = "changed"
    GONE = "gone"  # sold out


_TO_CUE = {
    Role.NOT: Cue.REFUSED,
    Role.REMOVE: Cue.REMOVED,
    Role.REDUCE: Cue.REDUCED,
    Role.MORE: Cue.MORE,
    Role.ADD: Cue.MORE,
    Role.ONLY: Cue.ONLY,
    Role.EACH: Cue.EACH,
    Role.IF: Cue.IF,
    Role.ELSE: Cue.ELSE,
    Role.SAME: Cue.SAME,
    Role.BOTH: Cue.BOTH,
    Role.ALL: Cue.ALL,
    Role.CHANGE: Cue.CHANGED,
    Role.SOLD_OUT: Cue.GONE,
}
_BEFORE_ALWAYS = frozenset({Role.IF, Role.ELSE, Role.MORE, Role.ADD})
_SENTENCE_CUES = frozenset({Role.EACH, Role.BOTH, Role.ALL, Role.CHANGE})
_REFUSING = frozenset({Cue.REFUSED, Cue.REMOVED})
_PUTTING_OFF = frozenset({Role.NOT, Role.REMOVE})
_SWAPPED = frozenset({Cue.OLD, Cue.NEW, Cue.REFUSED, Cue.REMOVED})
_GOODS = frozenset({Role.GOODS})  # by a name that nothing here is sold by
_VERB_NEAR = 4  # tokens before a wish in which the verb that changes it stands
_ADDING, _COMING_TO = frozenset({Role.MORE, Role.ADD}), frozenset({Role.CHANGE, Role.INTO, Role.TOTAL})
_WANTING = frozenset({Role.GIVE, Role.WANT})
_ASKING = frozenset({Role.QUESTION, Role.ASK_PRICE, Role.ASK_STOCK, Role.ASK_PHOTO})


def cues(utterance: Utterance, wishes: Sequence[Wish]) -> list[frozenset[Cue]]:
    """The cues of each wish, in the wishes' order."""
    if not wishes:
        return []
    places = Places(utterance, wishes)
    found: list[set[Cue]] = [set() for _ in wishes]
    settled = {wish.refusal for wish in wishes}
    for tag in utterance.tags.all:
        if tag.start in utterance.withdrawn or tag.start in settled:
            continue
        if tag.role in (Role.INSTEAD, Role.INSTEAD_AFTER):
            _swap(utterance, wishes, tag, places, found)
        elif tag.role in _SENTENCE_CUES:
            for index in places.in_sentence(tag.start):
                found[index].add(_TO_CUE[tag.role])
        elif utterance.tags.is_part_of_another(tag):
            continue
        elif tag.role in _TO_CUE and (target := _target(utterance, wishes, tag, places)) is not None:
            found[target].add(Cue.JOINED if _only_joins(utterance, wishes[target], tag) else _TO_CUE[tag.role])
    for index, wish in enumerate(wishes):
        found[index] |= _sentence_cues(utterance, wish, places)
    _come_to(utterance, wishes, found)
    _after_refusal(utterance, wishes, found)
    _into(utterance, wishes, found)
    return [frozenset(one) for one in found]


def _come_to(utterance: Utterance, wishes: Sequence[Wish], found: Sequence[set[Cue]]) -> None:
    """Let no wish ask for more whose number says what more comes to."""
    for wish, said in zip(wishes, found, strict=True):
        if Cue.MORE in said and _is_whole(utterance, wish):
            said.remove(Cue.MORE)


def _is_whole(utterance: Utterance, wish: Wish) -> bool:
    """ "add one more, make it 6", "ek aur, total 6": whether a number says what more of something comes to."""
    start = next(iter(wish.told.get(QUANTITY, ())), 0)
    said = utterance.tags.roles(start - 1) if start else frozenset[Role]()
    if not said & _COMING_TO:
        return False
    mores = (tag for tag in utterance.tags.all if tag.role in _ADDING and tag.end < start)
    return any(utterance.sentences[tag.start] == utterance.sentences[start] for tag in mores)


def _only_joins(utterance: Utterance, wish: Wish, tag: Tag) -> bool:
    """Whether an "and" that also means "more" stands right before a name or option: "aur aloo 2", not "aur 2 aloo"."""
    if tag.role is not Role.MORE or tag.end - tag.start > 1 or Role.AND not in utterance.tags.roles(tag.start):
        return False
    return (
        bool(wish.has_product_words or wish.options) and wish.start >= tag.end and wish.start not in utterance.number_at
    )


def _target(utterance: Utterance, wishes: Sequence[Wish], tag: Tag, places: Places) -> int | None:
    """The wish that a word is about: in verb-final languages mostly the one before, else the one after."""
    if tag.role is Role.NOT and (_is_answer(utterance, tag) or _is_number_sign(utterance, tag)):
        return None
    if places.is_in_title(tag.start) or (tag.role is Role.REMOVE and _names_unsold(utterance, wishes, tag, places)):
        return None
    inside = places.inside(tag.start)
    if inside is not None and not (tag.final and tag.start >= wishes[inside].end - 1):
        return None if _refuses_another_name(utterance, tag, wishes[inside]) else inside
    before, after = _neighbors(utterance, wishes, tag, places)
    if before is None or after is None:
        is_other = (
            before is not None
            and (_looks_back(utterance, tag) or tag.role is Role.MORE)
            and _is_about_another(utterance, wishes[before].end, tag.start)
        )
        if before is not None and not is_other:
            return None if refuses_what_follows(utterance, tag, wishes[before].end) else before
        is_silent = _stresses_before(utterance, tag) or (
            after is not None
            and (_refuses_before(utterance, tag, wishes[after].start) or refuses_other(utterance, tag, wishes[after]))
        )
        return None if is_silent else after
    return before if _is_about_before(utterance, wishes[before], wishes[after], tag) else after


def _refuses_another_name(utterance: Utterance, tag: Tag, wish: Wish) -> bool:
    """ "kadhai tin wali nahi lohe wali": whether a "not" inside a wish follows a word that is not of what is wished."""
    before = tag.start - 1
    while before > wish.start and Role.WORTH in utterance.tags.roles(before):
        before -= 1
    said = {place for places in wish.told.values() for place in places}
    is_name = utterance.tokens[before].is_word and utterance.tags.roles(before) <= _GOODS and before > wish.start
    is_final = tag.role is Role.NOT and tag.final
    return is_final and is_name and before not in said and any(place > tag.start for place in said)


def _neighbors(utterance: Utterance, wishes: Sequence[Wish], tag: Tag, places: Places) -> tuple[int | None, int | None]:
    """The wishes before and after a word, where they are in its sentence."""
    before, after = places.around(tag)
    sentence = utterance.sentences[tag.start]
    if before is not None and utterance.sentences[wishes[before].end - 1] != sentence:
        before = None
    if after is not None and utterance.sentences[wishes[after].start] != sentence:
        after = None
    return before, after


def _stresses_before(utterance: Utterance, tag: Tag) -> bool:
    """Whether an "only" follows what it stresses: "red wala hi"."""
    after = utterance.tags.at(tag.start, Role.ONLY_AFTER) if tag.role is Role.ONLY else None
    return after is not None and after.end == tag.end and not _begins(utterance, tag)


def _begins(utterance: Utterance, tag: Tag) -> bool:
    """Whether a word begins its sentence, but for a yes: "ok only the red"."""
    sentence = utterance.sentences[tag.start]
    before = takewhile(lambda i: utterance.sentences[i] == sentence, reversed(range(tag.start)))
    return all(Role.YES in utterance.tags.roles(i) for i in before if utterance.tokens[i].is_word)


def _looks_back(utterance: Utterance, tag: Tag) -> bool:
    """Whether a word stands behind what it is about."""
    if tag.role is Role.ONLY and not _stresses_before(utterance, tag):
        return False
    return tag.final and tag.role not in _BEFORE_ALWAYS


def _refuses_before(utterance: Utterance, tag: Tag, after: int) -> bool:
    """ "hum nahi jaa rahe, ek saree do": whether a refusal stands behind what it refuses, and a comma behind it.

    Or a word right before it that names nothing sold: "palak nahi aloo 1 kg".
    """
    if tag.role not in _PUTTING_OFF or not _looks_back(utterance, tag):
        return False
    before = tag.start - 1
    is_behind = before >= 0 and utterance.tokens[before].is_word and utterance.breaks[tag.start] < COMMA
    is_named = is_behind and utterance.tags.roles(before) <= _GOODS and before not in utterance.number_at
    return (tag.role is Role.NOT and is_named) or _parted(utterance, tag.end, after)


def _names_unsold(utterance: Utterance, wishes: Sequence[Wish], tag: Tag, places: Places) -> bool:
    """ "bread 2 and leave off the hummus": whether what is taken off is called by words that are no wish."""
    first = tag.end
    while utterance.tags.at(first, Role.THE, Role.THIS, Role.THAT):
        first += 1
    if tag.final or first >= len(utterance.tokens) or places.inside(first) is not None:
        return False
    if not _is_strange(utterance, first):
        return False
    _, after = _neighbors(utterance, wishes, tag, places)
    return after is None or any(utterance.breaks[i] >= COMMA for i in range(first + 1, wishes[after].start + 1))


def _is_strange(utterance: Utterance, place: int) -> bool:
    """Whether a word does nothing in an order."""
    return utterance.tokens[place].is_word and utterance.tags.roles(place) <= _GOODS


def _is_about_before(utterance: Utterance, before: Wish, after: Wish, tag: Tag) -> bool:
    """Whether a word between two wishes is about the first of them."""
    if tag.role is Role.ONLY and not _stresses_before(utterance, tag):
        return False
    if _looks_back(utterance, tag):
        return not _is_about_another(utterance, before.end, tag.start)
    return _parted(utterance, tag.end, after.start)


def _is_number_sign(utterance: Utterance, tag: Tag) -> bool:
    """Whether a "no" is short for "number": "sand paper 120 no 20"."""
    return Role.NUMBER_SIGN in utterance.tags.roles(tag.start) and tag.start - 1 in utterance.number_at


def _is_answer(utterance: Utterance, tag: Tag) -> bool:
    """Whether a "no" answers a question rather than refuses the words beside it."""
    first = tag.start
    while first and Role.NOT in utterance.tags.roles(first - 1):
        first -= 1  # "no no", "nahi nahi"
    last = tag.end
    while last < len(utterance.tokens) and Role.NOT in utterance.tags.roles(last):
        last += 1
    at_start = first == 0 or utterance.sentences[first] != utterance.sentences[first - 1]
    if not at_start or tag.end - tag.start > 1:
        return False
    comma = last < len(utterance.tokens) and utterance.breaks[last] >= COMMA
    return tag.final or comma or last == len(utterance.tokens)


def _is_about_another(utterance: Utterance, start: int, end: int) -> bool:
    """ "ring 1 hi, sister ko nahi chahiye": behind a comma, words of its own come before the refusal."""
    between = range(start, end)
    comma = next((i for i in between if utterance.breaks[i] >= COMMA), None)
    return comma is not None and any(utterance.tokens[i].is_word for i in between if i >= comma)


def _parted(utterance: Utterance, start: int, end: int) -> bool:
    return any(utterance.breaks[i] in (COMMA, LINE) for i in range(start, end + 1) if i < len(utterance.tokens))


def _swap(utterance: Utterance, wishes: Sequence[Wish], tag: Tag, places: Places, found: list[set[Cue]]) -> None:
    """ "red ki jagah blue", "blue instead of red": which is old and which is new."""
    within = places.inside(tag.start)
    if tag.role is Role.INSTEAD_AFTER and within is not None:
        found[within].add(Cue.NEW)  # "an orchid instead, the white"
        return
    before, after = places.around(tag) if tag.final else _neighbors(utterance, wishes, tag, places)
    if before is None and after is not None and not tag.final and after + 1 < len(wishes):
        before = after + 1  # "instead of the water, 2 juices"
    if tag.role is Role.INSTEAD_AFTER and utterance.tags.any(Role.INSTEAD, tag.start, tag.end + 2) is None:
        if before is not None:
            found[before].add(Cue.NEW)
        return
    if tag.role is Role.INSTEAD_AFTER or Role.NOT in utterance.tags.roles(tag.start):
        return
    old, new = (before, after) if tag.final else (after, before)
    if old is not None:
        found[old].add(Cue.OLD)
    if new is not None:
        found[new].add(Cue.NEW)


def _sentence_cues(utterance: Utterance, wish: Wish, places: Places) -> set[Cue]:
    """What the verbs and the question mark of a wish's sentence say."""
    last = wish.end - 1  # "do you have gele? I need 4": how many are wanted tells more than what was asked
    roles = utterance.roles_begun(utterance.sentences[last])
    if places.is_stated(wish):
        roles -= {Role.QUESTION}
    wants = bool(roles & _WANTING)
    asks = utterance.sentence_asks(last) or (not wants and bool(roles & _ASKING))
    return {cue for cue, is_said in ((Cue.WANTED, wants), (Cue.ASKED, asks)) if is_said}


def _after_refusal(utterance: Utterance, wishes: Sequence[Wish], found: Sequence[set[Cue]]) -> None:
    """ "red nahi blue", "not 2, 3": what follows a refusal of its like takes its place."""
    _before_refusal(utterance, wishes, found)
    for (wish, refused), (new_wish, new) in pairwise(zip(wishes, found, strict=True)):
        is_near = utterance.sentences[wish.start] == utterance.sentences[new_wish.start] or _is_other_variant(
            wish, new_wish
        )
        is_replaced = is_near and (_replaces(wish, refused, new_wish, new) or _is_recounted(utterance, wish, new_wish))
        if (is_replaced and Cue.OLD not in refused) or _takes_back(utterance, wish, new_wish):
            refused.difference_update(_REFUSING)
            refused.add(Cue.OLD)
            new.add(Cue.NEW)


def _before_refusal(utterance: Utterance, wishes: Sequence[Wish], found: Sequence[set[Cue]]) -> None:
    """ "the cashew should be whole not broken": what stands right before "not" another product is for it."""
    for (wish, new), (old_wish, refused) in pairwise(zip(wishes, found, strict=True)):
        if None in {wish.group, old_wish.group} or wish.group == old_wish.group or not refused & {Cue.REFUSED, Cue.OLD}:
            continue
        between = range(wish.end, old_wish.start)
        is_parted = any(utterance.breaks[i] >= COMMA for i in range(wish.end, old_wish.start + 1))
        said = [utterance.tags.at(i, Role.NOT) for i in between]
        if said and not is_parted and not new & _SWAPPED and all(tag is not None and not tag.final for tag in said):
            refused -= _REFUSING  # noqa: PLW2901
            refused.add(Cue.OLD)
            new.add(Cue.NEW)


def _into(utterance: Utterance, wishes: Sequence[Wish], found: Sequence[set[Cue]]) -> None:
    """ "swap one of the soaps with a matchbox": what stands between the verb and "with" is old."""
    for (wish, old), (new_wish, new) in pairwise(zip(wishes, found, strict=True)):
        is_told = bool(old & _SWAPPED) or bool(new & _SWAPPED - {Cue.NEW})  # "the soap for a comb instead"
        is_changed = Cue.CHANGED in old and not is_told
        is_other = wish.group != new_wish.group and wish.has_product_words and new_wish.has_product_words
        is_part = wish.quantity is not None and new_wish.quantity is None and _is_another_value(wish, new_wish)
        if is_changed and (is_other or is_part) and _turns(utterance, wish, new_wish):
            old.add(Cue.OLD)
            new.add(Cue.NEW)


def _turns(utterance: Utterance, old: Wish, new: Wish) -> bool:
    """Whether a verb of changing stands right before one wish, and "with" or "to" right before the next.

    Some verbs say both at once, between the two: Indonesian "gula ganti kentang". Others stand last: "chini ko aalu se
    badal do".
    """
    roles = utterance.tags.roles
    between = [roles(i) for i in range(old.end, new.start)]
    is_led = any(Role.CHANGE in roles(i) for i in range(max(0, old.start - _VERB_NEAR), old.start))
    if any(Role.INTO in said and (is_led or Role.CHANGE in said) for said in between):
        return True
    if any(Role.CHANGE in verb and Role.INTO in said for verb, said in pairwise(between)):
        return True  # "rice, change to sugar"
    behind = (roles(i) for i in range(new.end, new.end + _VERB_NEAR))
    return Role.INTO_AFTER in roles(new.end) and any(Role.CHANGE in said for said in behind)


def _takes_back(utterance: Utterance, old: Wish, new: Wish) -> bool:
    """ "the 399 one.. no wait, the 2499 one": whether the like of a wish follows words that take it back."""
    is_like = (old.price is not None and new.price is not None) or _is_other_variant(old, new)
    if not is_like or old.has_product_words or new.has_product_words:
        return False
    roles = [utterance.tags.roles(i) for i in range(old.end, new.start)]
    return any(Role.NOT in one and Role.CHANGE in other for one, other in pairwise(roles))


def _is_other_variant(old: Wish, new: Wish) -> bool:
    """Whether two wishes that name no product tell other values of the same options."""
    if old.has_product_words or new.has_product_words or old.group != new.group:
        return False
    return old.options.keys() == new.options.keys() and old.options != new.options


def _is_recounted(utterance: Utterance, old: Wish, new: Wish) -> bool:
    """ "ek red kam karke blue kar do", "make one of the red blue": whether so many of one variant are to be another."""
    if not _is_another_value(old, new):
        return False
    if counts_fewer(utterance, old):
        return not counts_fewer(utterance, new)
    if old.start != new.start or old.quantity is None or not utterance.has(Role.PART):
        return False
    roles = frozenset[Role]().union(*map(utterance.tags.roles, range(old.start, old.end)))
    return Role.PART in roles and Role.AND not in roles


def _is_another_value(old: Wish, new: Wish) -> bool:
    """Whether two wishes tell variants of one product, named once at most, that differ in an option of both."""
    is_same = old.group == new.group is not None and (not new.has_product_words or old.start == new.start)
    return is_same and any(old.options[name] != new.options[name] for name in old.options.keys() & new.options.keys())


def _replaces(old: Wish, refused: set[Cue], new: Wish, cues_of_new: set[Cue]) -> bool:
    """Whether a wish takes the place of the refused one before it."""
    if old.group is None or new.group is None or (new.bare and not old.bare) or cues_of_new & _REFUSING:
        return False
    if Cue.REMOVED in refused:
        return not new.has_product_words and bool(new.options.keys() & old.options.keys())
    return Cue.REFUSED in refused
