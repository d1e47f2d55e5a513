"""What is wanted once more: like a line that stands, or that stood before."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from engine.act import DraftLine
from engine.clause.cue import Cue
from engine.clause.wish import Wish
from engine.dialogue.editor import DraftEditor


def is_taken_up(editor: DraftEditor, wish: Wish) -> bool:
    """ "send the coal after all": whether what was called off is named, and no more is said of it."""
    draft = editor.draft
    is_plain = not (wish.options or wish.quantity or wish.price or wish.pick or wish.rivals)
    return is_plain and draft.cancelled and sum(line.group == wish.group for line in draft.called_off) == 1


def like_earlier(editor: DraftEditor, wish: Wish) -> DraftLine | None:
    """ "the same cake, but 1 kg": like a line of the order before, but for what is said now."""
    known = (*editor.state.once.values(), *editor.draft.called_off)
    earlier = [line for line in known if line.group == wish.group]
    return like(editor, earlier[-1], wish) if earlier and wish.amount is None else None


def like(editor: DraftEditor, old: DraftLine, wish: Wish) -> DraftLine | None:
    """ "same as above in white": another line like one that stands, but for the options named."""
    quantity = wish.quantity if wish.quantity is not None else old.quantity
    made = editor.lines_of(wish)
    other = editor.maker.replaced(old, wish.options)
    return other._replace(quantity=quantity, evidence=made[0].evidence) if other and made else None


def like_each(editor: DraftEditor, indices: Sequence[int], wish: Wish, cue: frozenset[Cue]) -> list[DraftLine]:
    """ "red M 2, L 3" - "same in blue too": like each line told together with the last, but for the options named."""
    lines = [editor.draft.lines[index] for index in indices]
    last = lines[-1]
    said = {span.message_id for span in last.evidence}
    is_of_all = wish.quantity is None or Cue.EACH in cue
    together = [line for line in lines if line is last or (is_of_all and _is_beside(line, last, wish, said))]
    return [other for line in together if (other := like(editor, line, wish))]


def _is_beside(line: DraftLine, last: DraftLine, wish: Wish, said: AbstractSet[str]) -> bool:
    """Whether a line was said in the message of the last one, and is the same in what is now said otherwise."""
    is_same = all(line.options.get(name) == last.options.get(name) for name in wish.options)
    return is_same and not said.isdisjoint(span.message_id for span in line.evidence)
