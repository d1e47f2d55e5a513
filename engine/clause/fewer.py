"""Whether a wish says how many fewer are wanted of what stands already."""

from engine.clause.wish import QUANTITY, TITLE, Wish
from engine.extraction.utterance import Utterance
from engine.language import Role


def counts_fewer(utterance: Utterance, wish: Wish) -> bool:
    """ "red 2 kam", "one red less", "reduce 2 red": whether a number and a verb of reducing stand beside the words."""
    tags = utterance.tags
    if Role.REDUCE not in tags.kinds:
        return False
    number = next((n for n in utterance.numbers if n.start in wish.told.get(QUANTITY, ())), None)
    if number is None:
        return False
    idle = {QUANTITY, TITLE} if wish.options else {QUANTITY}
    words = [position for name, told in wish.told.items() if name not in idle for position in told]
    behind = tags.at(number.end, Role.REDUCE)
    if behind is not None or not words:
        return behind is not None and (not words or min(words) < number.end or min(words) == behind.end)
    is_led = any(tag.role is Role.REDUCE and tag.end == number.start for tag in tags.all)
    return number.start < min(words) and (is_led or tags.at(max(words) + 1, Role.REDUCE) is not None)
