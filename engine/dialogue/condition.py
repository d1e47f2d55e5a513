"""The wishes of a message once its conditions are resolved: "L if you have it, else M"."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from engine.catalog_match.measure import Measure
from engine.clause.cue import Cue
from engine.clause.segment import begins_another
from engine.clause.shared import number_of_each
from engine.clause.wish import Wish, fitting
from engine.dialogue.editor import DraftEditor
from engine.dialogue.otherwise import Otherwise
from engine.extraction.number import Number, NumberKind
from engine.extraction.utterance import Utterance
from engine.language import Role
from engine.order import Intent

_ORDERING = frozenset({Role.GIVE, Role.WANT, Role.ADD})
_POINTING = 2  # tokens before a number in which "this one" may stand
_ABSENT = frozenset({Role.SOLD_OUT, Role.NOT})
_JOINING = frozenset({Role.AND, Role.ADD})
_REFUSING = frozenset({Cue.REFUSED, Cue.REMOVED})

Cued: TypeAlias = tuple[Wish, frozenset[Cue]]  # a wish with what the words around it say


def resolved(editor: DraftEditor) -> Iterator[Cued]:
    """ "L if you have it, else M": the first that is in stock."""
    said = _with_else(editor, list(zip(editor.wishes, editor.cues, strict=True)))
    pairs = _spread(editor, _without_echoes(editor, _either(editor, said)))
    dropped: set[int] = set()
    for index, (_, cue) in enumerate(pairs):
        if Cue.ELSE in cue and cue & _REFUSING:
            dropped.add(index)  # "if there is none, send nothing"
        elif Cue.ELSE in cue and index > 0:
            dropped.add(index if _in_stock(editor, pairs[index - 1][0]) else index - 1)
            _remember(editor, pairs[index - 1][0], pairs[index][0])
    named = any(not wish.bare and wish.group is not None for wish, _ in pairs)
    is_change = editor.intent is Intent.MODIFY
    bare = [i for i, (wish, _) in enumerate(pairs) if wish.bare or (is_change and _is_amount_alone(wish))]
    told = bare[-1:] if is_change else bare[:1]  # "6 is too many, make it 4"
    for index, (wish, cue) in enumerate(pairs):
        is_taken = _is_pointed(editor, wish) or _is_told(editor, wish, cue) or _is_shown(editor, wish)
        is_pointed = wish.bare and index == 0 and is_taken
        if index in dropped or (index in bare and not is_pointed and ((named and wish.bare) or index not in told)):
            continue
        if is_pointed:
            wish = _pointed_else(editor, wish)  # noqa: PLW2901
        quantity = wish.quantity
        if index - 1 in dropped and quantity is None and Cue.ELSE in cue:
            first = pairs[index - 1][0]
            quantity = first.quantity if _is_as_many(editor, first, wish) else None
        yield wish._replace(quantity=quantity), cue


def _remember(editor: DraftEditor, first: Wish, other: Wish) -> None:
    """Keep in mind what is wanted should the seller have none of the first choice."""
    as_many = other.quantity is None and _is_as_many(editor, first, other)
    editor.otherwise.append(Otherwise(first, editor.lines_of(other), as_many))


def _is_as_many(editor: DraftEditor, first: Wish, other: Wish) -> bool:
    """Whether the number said of the first choice goes for the other: not where that has one that tells no option."""
    numbers = editor.utterance.number_at
    said = {numbers[i] for i in range(other.start, other.end) if i in numbers}
    telling = {place for name in other.options for place in other.told.get(name, ())}
    is_numbered = any(n.start not in telling or _is_weight(n) for n in said)
    return first.group == other.group or not is_numbered or editor.utterance.has(Role.AS_MANY)


def _is_weight(number: Number) -> bool:
    """Whether a number says how much of something is wanted: "400 g", and not the "9 ft" of a length sold so."""
    return number.unit is not None and Measure.of(number.value, number.unit).is_additive


def _with_else(editor: DraftEditor, pairs: Sequence[Cued]) -> list[Cued]:
    """ "if pink is not available then blue": what follows the condition is the other choice."""
    found = list(pairs)
    utterance = editor.utterance
    for index, ((wish, cue), (other, other_cue)) in enumerate(pairwise(pairs)):
        between = frozenset[Role]().union(*map(utterance.tags.roles, range(wish.end, other.start)))
        is_same_sentence = utterance.sentences[wish.start] == utterance.sentences[other.start]
        is_echo = index > 0 and Cue.ELSE in cue and _is_echo(pairs[index - 1][0], wish)
        if is_same_sentence and (is_echo or (Cue.IF in cue and between & _ABSENT)):
            found[index] = wish, cue - _REFUSING - {Cue.GONE, Cue.ELSE}
            found[index + 1] = other, other_cue - _REFUSING - {Cue.GONE, Cue.NEW} | {Cue.ELSE}
    return found


def _is_echo(before: Wish, wish: Wish) -> bool:
    """ "2 navy mugs, if no navy": whether a wish says again in which variant the one before it is wanted."""
    is_same = before.group == wish.group is not None and before.options == wish.options
    return is_same and not wish.has_product_words and wish.quantity is None


def _is_amount_alone(wish: Wish) -> bool:
    return wish.amount is not None and not wish.has_product_words and not wish.options


def _pointed_else(editor: DraftEditor, wish: Wish) -> Wish:
    """ "this one 2, and 1 mohanthal": what is pointed at is none of what the message names."""
    named = {w.group for w in editor.wishes if w.has_product_words}
    if wish.group not in named:
        return wish
    others = [r for r in editor.state.recent() if r.group not in named]
    other = next((r for r in others if r.is_shown), others[0] if others else None)
    return wish._replace(group=other.group, options=other.options) if other else wish


def _is_pointed(editor: DraftEditor, wish: Wish) -> bool:
    """Whether a number stands right behind a "this one", or right before an "of these"."""
    before, behind = range(max(0, wish.start - _POINTING), wish.start), range(wish.end, wish.end + _POINTING)
    roles = editor.utterance.tags.roles
    is_part = editor.utterance.tags.at(wish.end, Role.PART) is not None
    return any(roles(i) & {Role.THIS, Role.THAT} for i in (*before, *(behind if is_part else ())))


def _is_told(editor: DraftEditor, wish: Wish, cue: frozenset[Cue]) -> bool:
    """ "send 2 more, and one grater", "keep five. And a grater": whether a number is of what was talked of."""
    if wish.group is None or Cue.WANTED not in cue:
        return False
    following = next((w.start for w in editor.wishes if w.start >= wish.end and not w.bare), wish.end)
    if Cue.MORE in cue or begins_another(editor.utterance, range(wish.end, following)):
        return True
    if not wish.start or not editor.utterance.tags.roles(wish.start - 1) & _ORDERING:
        return False
    sentences = editor.utterance.sentences
    is_alone = sum(sentences[w.start] == sentences[wish.start] for w in editor.wishes) == 1
    return is_alone and editor.intent is Intent.PURCHASE


def _is_shown(editor: DraftEditor, wish: Wish) -> bool:
    """ "two please, and a comb" behind a picture: whether so many are wanted of what the seller has just shown."""
    shown = {r.group for r in editor.state.offered(editor.message) if r.is_shown}
    if wish.quantity is None or wish.group not in shown:
        return False
    following = next((w.start for w in editor.wishes if w.start >= wish.end), wish.end)
    between = range(wish.end, following)
    return any(editor.utterance.tags.roles(i) & _JOINING for i in between)


def _either(editor: DraftEditor, pairs: Sequence[Cued]) -> list[Cued]:
    """ "red or blue, any 1": one wish that either fits."""
    kept: list[Cued] = []
    for wish, cue in pairs:
        before, before_cue = kept[-1] if kept else (None, frozenset())
        if before is None or not _is_alternative(editor, before, wish):
            kept.append((wish, cue))
            continue
        options = {n: before.options.get(n, values) | values for n, values in wish.options.items()}
        said = before.quantity if before.quantity is not None else wish.quantity
        kept[-1] = (before._replace(options={**before.options, **options}, quantity=said, end=wish.end), before_cue)
    return kept


def _is_alternative(editor: DraftEditor, first: Wish, second: Wish) -> bool:
    if second.has_product_words or second.group != first.group or first.group is None or not second.options:
        return False
    if first.quantity is not None and second.quantity is not None:
        return False
    return editor.utterance.tags.any(Role.OR, first.start, second.end) is not None


def _in_stock(editor: DraftEditor, wish: Wish) -> bool:
    lines = editor.lines_of(wish)
    skus = [sku for line in lines for sku in line.skus]
    return any((v := editor.shop.catalog.variant(sku)) is not None and v.in_stock for sku in skus)


def _without_echoes(editor: DraftEditor, pairs: Sequence[Cued]) -> list[Cued]:
    """ "blue, if blue is out then black": what is said again only to set a condition is one wish."""
    kept: list[Cued] = []
    for wish, cue in pairs:
        before, before_cue = kept[-1] if kept else (None, frozenset())
        echo = before is not None and wish.group == before.group is not None and not wish.has_product_words
        if (
            before is not None
            and echo
            and (wish.bare or not before.bare)
            and not (wish.bare and before.has_product_words and not _is_corrected(editor, before, wish))
            and wish.options
            and wish.options == before.options
            and wish.amount in {None, before.amount}
            and not (wish.quantity and before.quantity)
        ):
            kept[-1] = (
                before._replace(quantity=before.quantity or wish.quantity),
                before_cue | cue - {Cue.ELSE, Cue.REFUSED},
            )
        else:
            kept.append((wish, cue))
    return kept


def _is_corrected(editor: DraftEditor, before: Wish, wish: Wish) -> bool:
    """ "red dupatta 3.. sorry 4": whether a number between two wishes was taken back."""
    return not editor.utterance.withdrawn.isdisjoint(range(before.end, wish.start))


def _with_options_of_last(editor: DraftEditor, pairs: Sequence[Cued]) -> list[Cued]:
    """ "black raisins and green raisins 250 g, one each": an option said of the last of several goes for each."""
    found = list(pairs)
    for index in reversed(range(len(found) - 1)):
        (wish, cue), (last, last_cue) = found[index : index + 2]
        if (
            wish.group is None
            or wish.group != last.group
            or wish.amount
            or not (Cue.EACH in cue and Cue.EACH in last_cue)
        ):
            continue
        more = {name: values for name, values in last.options.items() if name not in wish.options}
        known = wish._replace(options={**wish.options, **more})
        if more and wish.options and fitting(editor.shop.product(wish.group), known):
            found[index] = known, cue
    return found


def _tells_how_much(utterance: Utterance) -> bool:
    """ "250 g each of figs and dates, 2 boxes": whether it is no count that each thing comes to."""
    each = utterance.tags.any(Role.EACH)
    number = number_of_each(utterance, each) if each is not None else None
    return number is not None and number.kind is NumberKind.MEASURE


def _spread(editor: DraftEditor, pairs: Sequence[Cued]) -> list[Cued]:
    """ "2 each of red, blue and green": the one number said goes for each."""
    pairs = _with_options_of_last(editor, pairs)
    each = [wish for wish, cue in pairs if Cue.EACH in cue and not wish.bare]
    said = {wish.quantity for wish, cue in pairs if Cue.EACH in cue and wish.quantity is not None}
    if len(each) < 2 or len(said) != 1 or _tells_how_much(editor.utterance):
        return list(pairs)
    number = said.pop()
    return [
        (
            wish._replace(quantity=number)
            if Cue.EACH in cue and wish.quantity is None and wish.amount is None
            else wish,
            cue,
        )
        for wish, cue in pairs
    ]
