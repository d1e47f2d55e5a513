"""Whether more of a thing is wanted for somebody else: "1 kg sugar for me, 2 kg sugar for mum"."""

from engine.clause.wish import Wish
from engine.dialogue.editor import DraftEditor
from engine.language import Role
from engine.order import Intent


def is_for_another(editor: DraftEditor, wish: Wish) -> bool:
    """Whether the same was counted before, and the two are for people."""
    if wish.quantity is None and wish.amount is None and wish.unit is None:
        return False
    return _is_for_second(editor, wish) or _is_named_for_another(editor, wish)


def _is_for_second(editor: DraftEditor, wish: Wish) -> bool:
    """ "for me 2 candles" - "for my sister 1 candle": whether the message before was for somebody, as this is."""
    before, utterance = editor.state.previous_customer, editor.utterance
    if before is None or editor.intent is not Intent.PURCHASE:
        return False
    led = [tag.role for tag in utterance.tags.all if tag.role in (Role.FOR, Role.SECOND) and tag.start < wish.start]
    return bool(led) and before.has(Role.FIRST if Role.SECOND in led else Role.FOR)


def _is_named_for_another(editor: DraftEditor, wish: Wish) -> bool:
    """Whether the product stands in the same message once more, and a "for" between the two."""
    if not editor.utterance.has(Role.FOR):
        return False
    named = [w for w in editor.wishes if w.group == wish.group and w.has_product_words]
    earlier = [w for w in named if w.end <= wish.start]
    if not earlier:
        return False
    fors = [tag for tag in editor.utterance.tags.all if tag.role is Role.FOR]
    return len(fors) > 1 and any(earlier[-1].end <= tag.start < wish.start for tag in fors)
