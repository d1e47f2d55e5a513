"""One wish that means several variants ("both flavours, 2 each"), or as many as another one."""

from collections.abc import Sequence
from decimal import Decimal

from engine.act import DraftLine
from engine.catalog_match.shop import Shop
from engine.clause.cue import Cue
from engine.clause.wish import ONE, QUANTITY, Wish, fitting
from engine.dialogue.editor import DraftEditor
from engine.dialogue.shown import shown_last
from engine.dialogue.state import Referent, State
from engine.extraction.number import Number
from engine.extraction.utterance import COMMA, Utterance
from engine.language import Role, Tag
from engine.order import ORDERING

_PUTTING = frozenset({Cue.NEW, Cue.OLD, Cue.ONLY, Cue.CHANGED, Cue.BOTH, Cue.ALL})
_CHANGING = (Role.CHANGE, Role.INSTEAD, Role.INSTEAD_AFTER, Role.NOT, Role.NO, Role.REMOVE)
_BESIDE = frozenset({  # words beside a "this" that say no more of it
    Role.THIS, Role.STOP, Role.NUMBER, Role.AND, Role.ADD, Role.MORE, Role.PART, Role.OF, Role.WORTH, Role.COUNT,
})  # fmt: skip
_WANTING = frozenset({Role.GIVE, Role.WANT})
_MOST_VALUES = 8
_TWO = 2
_NAMED = ("color", "size")  # other options are said by what they are in general: "flavour", "type"


class Spread:
    """Makes a line for each value of the option that a wish says all, or both, of."""

    def __init__(self, editor: DraftEditor) -> None:
        """Read this editor's message."""
        self._editor = editor

    def lines(self, wish: Wish, cue: frozenset[Cue]) -> list[DraftLine]:
        """ "all three colors, 10 each": a line for each value that fits; none where that is not said."""
        if wish.group is None or wish.rivals or self._editor.intent not in ORDERING:
            return []
        pictured = self._pictured(wish) if cue & {Cue.ALL, Cue.BOTH} else []
        if pictured or not cue & {Cue.ALL, Cue.EACH, Cue.BOTH} or (name := self._option(wish)) is None:
            return [line for one in pictured for line in self._editor.lines_of(one)]
        variants = fitting(self._editor.shop.product(wish.group), wish)
        each = (
            next((w.quantity for w in self._editor.wishes if w.bare and w.quantity), None) if Cue.EACH in cue else None
        )
        if each is not None and (not wish.bare or each == ONE):
            if wish.quantity not in (None, each * len(variants)):
                return []
            wish = wish._replace(quantity=each)  # "two of these, one of each color"
        elif not cue & {Cue.ALL, Cue.BOTH} and not wish.quantity:
            return []
        values = dict.fromkeys(variant.options.get(name, "") for variant in variants)
        if not 1 < len(values) <= _MOST_VALUES or (Cue.BOTH in cue and len(values) != _TWO):
            return []
        parts = (wish._replace(options={**wish.options, name: frozenset({value})}) for value in values)
        return [line for one in parts for line in self._editor.lines_of(one)]

    def _pictured(self, wish: Wish) -> list[Wish]:
        """ "send all three, in S": wishes for what the seller's last pictures show, where they are of one product."""
        is_first = not wish.has_product_words and not self._editor.same_product(wish)
        shown = shown_last(self._editor.state) if is_first else ()
        said = {name: values for name, values in wish.options.items() if name in wish.told}
        if len(shown) < _TWO or any(r.group != wish.group or r.options.keys() & said.keys() for r in shown):
            return []
        return [wish._replace(options={**referent.options, **said}) for referent in shown]

    def _option(self, wish: Wish) -> str | None:
        """The option whose name is said: color, size, or for "flavour" the one that is neither."""
        utterance = self._editor.utterance
        sentence = utterance.sentences[wish.start]
        tags = utterance.tags.all
        said = {t.value for t in tags if t.role is Role.OPTION and utterance.sentences[t.start] == sentence}
        options = self._editor.shop.options(wish.group or 0)
        left = [name for name in options.names if name not in wish.options]
        named = next((name for name in _NAMED if name in said), None)
        if named is not None:
            return named if named in left else None
        others = [name for name in left if name not in _NAMED] or left
        return others[0] if said and len(others) == 1 else None


def as_many(wishes: Sequence[Wish], utterance: Utterance, state: State) -> list[Wish]:
    """ "same quantity of the animals": wishes with the number of what was said before them."""
    if not utterance.has(Role.AS_MANY, Role.SAME) or utterance.has(Role.INSTEAD, Role.INSTEAD_AFTER, Role.CHANGE):
        return list(wishes)
    if not utterance.has(Role.AS_MANY):
        return _same_number(wishes, utterance)
    touched = [line.quantity for line in state.draft.lines if line.group in state.touched]
    before = touched[-1] if touched else next((line.quantity for line in reversed(state.draft.lines)), None)
    known = {line.group for line in state.draft.lines}
    counted: list[Wish] = []
    for wish in wishes:
        is_new = wish.has_product_words and wish.group not in known
        is_open = is_new and wish.quantity is None and wish.amount is None
        counted.append(wish._replace(quantity=before) if is_open else wish)
        before = wish.quantity or before
    return counted


def _same_number(wishes: Sequence[Wish], utterance: Utterance) -> list[Wish]:
    """ "forks x3 and spoons same": wishes with the number before them, where "same" stands behind a name."""
    alike: list[Wish] = []
    for wish in wishes:
        same = utterance.tags.at(wish.end, Role.SAME)
        is_open = wish.has_product_words and wish.quantity is None and wish.amount is None
        is_last = same is not None and (same.end == len(utterance.tokens) or utterance.breaks[same.end] >= COMMA)
        is_alike = bool(alike) and is_open and is_last and wish.group != alike[-1].group
        alike.append(wish._replace(quantity=alike[-1].quantity) if is_alike else wish)
    return alike


def as_both(wishes: Sequence[Wish], utterance: Utterance) -> list[Wish]:
    """ "plates for both", "dono ke liye plate": two of the one thing that is named for two others."""
    both = utterance.tags.any(Role.BOTH)
    if both is None or len(wishes) != 1 or not _is_for(both, utterance):
        return list(wishes)
    wish = wishes[0]
    is_open = wish.has_product_words and wish.quantity is None and wish.amount is None
    return [wish._replace(quantity=Decimal(_TWO))] if is_open else [wish]


def _is_for(both: Tag, utterance: Utterance) -> bool:
    """Whether "for" stands beside a "both": before it, or behind it where that is its place."""
    behind = utterance.tags.at(both.end, Role.FOR)
    before = (tag for tag in utterance.tags.all if tag.role is Role.FOR and tag.end == both.start)
    return any(not tag.final for tag in before) or (behind is not None and behind.final)


def as_before(wishes: Sequence[Wish], cues: Sequence[frozenset[Cue]], shop: Shop) -> list[Wish]:
    """ "2 tyres and 2 tubes, same size": wishes with the options of the one before them, where "same" is said."""
    alike: list[Wish] = []
    for wish, cue in zip(wishes, cues, strict=True):
        before = alike[-1] if alike else None
        if before is None or wish.group is None or Cue.SAME not in cue or wish.group == before.group:
            alike.append(wish)
            continue
        options = shop.options(wish.group)
        same = {n: v for n, v in before.options.items() if n not in wish.options and v <= set(options.values(n))}
        alike.append(wish._replace(options={**same, **wish.options}))
    return alike


def with_shown(wishes: Sequence[Wish], utterance: Utterance, quoted: Sequence[Referent]) -> list[Wish]:
    """ "two, this colour and the mustard": wishes with one more for what is quoted, just as it is shown."""
    referent = quoted[0] if quoted and quoted[0].is_shown else None
    others = [w for w in wishes if referent and w.group == referent.group and w.options and not w.bare]
    if referent is None or not others or any(w.has_product_words for w in others):
        return list(wishes)
    said = utterance.tags.any(Role.AS_SHOWN)
    counted = next((n for n in utterance.numbers if said and n.end == said.start), None)
    if said is None:
        said, counted = _pointed_alone(utterance, others)
    if said is None:
        return list(wishes)
    options = {n: values for n, values in referent.options.items() if n in others[0].options}
    shown = Wish(
        referent.group, options=options, quantity=counted.quantity if counted else ONE,
        text=utterance.message.text, start=said.start, end=said.end,
    )  # fmt: skip
    whole = Decimal(len(others) + 1)  # "two of these"
    is_of_all = [w.quantity == whole and max(w.told.get(QUANTITY, ()), default=said.start) < said.start for w in others]
    is_of_all = is_of_all if utterance.has(Role.AS_SHOWN) else [False] * len(others)
    told = [w._replace(quantity=ONE) if of_all else w for w, of_all in zip(others, is_of_all, strict=True)]
    rest = [w for w in wishes if w not in others and not w.bare]
    return sorted([*rest, shown, *(w._replace(quantity=w.quantity or ONE) for w in told)], key=lambda w: w.start)


def _pointed_alone(utterance: Utterance, others: Sequence[Wish]) -> tuple[Tag | None, Number | None]:
    """ "one maroon and this one also 2": a "this" that joins what is wanted in other variants, and its number."""
    roles = utterance.tags.roles
    for this in (tag for tag in utterance.tags.all if tag.role is Role.THIS):
        first, end = this.start, this.end
        while first and not _joins(utterance, first - 1) and utterance.breaks[first] < COMMA:
            first -= 1
        while end < len(utterance.tokens) and not _joins(utterance, end) and utterance.breaks[end] < COMMA:
            end += 1
        is_last = first > 0 and _joins(utterance, first - 1) and all(w.end <= first for w in others)
        is_first = end < len(utterance.tokens) and _joins(utterance, end) and all(w.start >= end for w in others)
        around = (*range(first, this.start), *range(this.end, end))
        is_alone = all(p in utterance.number_at or roles(p) <= _BESIDE or roles(p) & _WANTING for p in around)
        if is_alone and (is_first or is_last):
            return this, next((n for n in utterance.numbers if first <= n.start < end), None)
    return None, None


def _joins(utterance: Utterance, position: int) -> bool:
    """Whether a word is an "and" that stands between things, and no "also"."""
    roles = utterance.tags.roles(position)
    return Role.AND in roles and Role.STOP not in roles


def is_further(editor: DraftEditor, wish: Wish, cue: frozenset[Cue], same: Sequence[int]) -> bool:
    """ "2 m type c 1": whether so many of a variant that shares no value with those at `same` are asked for.

    Of what only this message asks for any other variant is one more.
    """
    if wish.group is None or wish.quantity is None or cue & _PUTTING or editor.utterance.has(*_CHANGING):
        return False
    if wish.options and all(line.group != wish.group for line in editor.state.draft.lines):
        return True
    names = editor.shop.options(wish.group).names
    is_told = len(names) > 1 and all(name in wish.options and name in wish.told for name in names)
    standing = (editor.draft.lines[index] for index in same)
    return is_told and all(
        line.is_complete and all(line.options.get(name) != wish.options[name] for name in names) for line in standing
    )
