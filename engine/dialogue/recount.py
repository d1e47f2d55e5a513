"""Changes of what stands: "make it 30" of 20 bottles of 10 ml counts them, "make all of them red" is of every line."""

from engine.act import DraftLine
from engine.catalog_match.measure import parse_size
from engine.clause.cue import Cue
from engine.clause.wish import ONE, Wish
from engine.dialogue.editor import DraftEditor
from engine.extraction.number import NumberKind
from engine.order import Intent

_ASIDE = frozenset({Cue.REFUSED, Cue.REMOVED, Cue.OLD})


def recounted(editor: DraftEditor, wish: Wish, cue: frozenset[Cue]) -> Wish:
    """A wish whose bare number changes the count of what was counted before, rather than its weight or volume."""
    same = editor.same_product(wish)
    if Cue.CHANGED not in cue or wish.quantity is not None or len(same) != 1 or not _is_sized_bare(editor, wish):
        return wish
    line = editor.draft.lines[same[0]]
    if not line.is_complete or line.quantity == ONE or not _is_amount(editor, line):
        return wish
    said = wish.told["size"]
    number = next(number for number in editor.utterance.numbers if number.start in said)
    options = {name: values for name, values in wish.options.items() if name != "size"}
    return wish._replace(options=options, quantity=number.value)


def _is_sized_bare(editor: DraftEditor, wish: Wish) -> bool:
    """Whether a number without a unit tells the size of a wish."""
    said = wish.told.get("size", ())
    numbers = [number for number in editor.utterance.numbers if number.start in said]
    return bool(numbers) and all(number.kind is NumberKind.BARE and not number.worth for number in numbers)


def _is_amount(editor: DraftEditor, line: DraftLine) -> bool:
    """Whether a line's size is a weight or volume."""
    sizes = editor.shop.known_options(line.skus[0]).get("size", frozenset())
    return any((measure := parse_size(size)) is not None and measure.is_additive for size in sizes)


def changed_all(editor: DraftEditor, wish: Wish, cue: frozenset[Cue]) -> bool:
    """ "make all of them XL": change every line that comes in what is said; whether that is said of several."""
    said = {name: values for name, values in wish.options.items() if name in wish.told}
    is_said = editor.intent is Intent.MODIFY and cue >= {Cue.ALL, Cue.CHANGED} and not cue & _ASIDE
    if not is_said or not said or wish.quantity is not None or wish.amount is not None:
        return False
    changed = {i: editor.maker.replaced(line, said) for i, line in enumerate(editor.draft.lines) if line.is_complete}
    made = {i: editor.told_by(wish, line) for i, line in changed.items() if line is not None}
    if len(made) > 1:
        editor.put_each(made)
    return len(made) > 1


def change_both(editor: DraftEditor, wish: Wish) -> None:
    """ "make both green": the last two lines, each where it can be."""
    last = list(enumerate(editor.draft.lines))[-2:]
    changed = {i: editor.maker.replaced(line, wish.options) for i, line in last}
    editor.put_each({i: editor.told_by(wish, line) for i, line in changed.items() if line is not None})
