"""Words that the catalogue does not hold, and that sound like something to buy."""

from engine.clause.cue import Cue
from engine.clause.wish import Wish
from engine.dialogue.editor import DraftEditor
from engine.extraction.number import NumberKind
from engine.extraction.utterance import COMMA, Utterance
from engine.language import Role

_MOST_GOOD_WORDS = 5  # more words are a story, no good
_LEADING = frozenset(":-–—")  # behind what stands over a list
_NEAR = 3  # tokens between a good and the verb that asks for it
_LINKING = frozenset({Role.OF, Role.AND})  # "42 ka pajama bhi teen"
_WHERE = frozenset({Role.AT_PHONE, Role.PLACE})


def names_a_good(editor: DraftEditor, wish: Wish, cue: frozenset[Cue]) -> bool:
    """Whether words that the catalogue does not hold sound like something to buy.

    They are few, stand together, and a number counts them or a verb asks for them right there; a
    sentence with parts of an address or a phone number is none.
    """
    utterance = editor.utterance
    if _stands_over_list(editor, wish):
        return False
    if _tells_where(utterance, utterance.sentences[wish.start]) and not _is_in_list(editor, wish):
        return False
    first = utterance.sentences[wish.start]
    within = (i for i in range(wish.start, wish.end) if utterance.sentences[i] == first)
    said = (i for i in within if utterance.tokens[i].is_word and i not in utterance.number_at)
    words = [i for i in said if not utterance.tags.roles(i) & _LINKING]
    idle = [i for i in words if Role.STOP in utterance.tags.roles(i)]
    if not words or len(words) > _MOST_GOOD_WORDS or len(idle) > len(words) // 2:
        return False
    if _is_described(editor, wish):
        return False
    if (wish.quantity is not None and _is_counted(editor, wish)) or _is_listed(editor, wish):
        return True
    around = range(max(0, wish.start - _NEAR), min(len(utterance.tokens), wish.end + _NEAR))
    return Cue.WANTED in cue and any(utterance.tags.roles(i) & {Role.WANT, Role.GIVE} for i in around)


def _is_listed(editor: DraftEditor, wish: Wish) -> bool:
    """ "bread 2, a fruit tart and jam": whether nothing but "a" and its words stand between two signs of a list."""
    utterance = editor.utterance
    article = wish.start - 1
    if not utterance.begins_listed(article) or not any(w.group is not None for w in editor.wishes):
        return False
    end = wish.end
    return end == len(utterance.tokens) or utterance.breaks[end] >= COMMA or Role.AND in utterance.tags.roles(end)


def _is_in_list(editor: DraftEditor, wish: Wish) -> bool:
    """Whether what is counted stands between goods that are counted and sold here."""
    sold = [w for w in editor.wishes if w.group is not None and w.has_product_words and w.quantity is not None]
    sentences = editor.utterance.sentences
    same = [w.start for w in sold if sentences[w.start] == sentences[wish.start]]
    return wish.quantity is not None and any(s < wish.start for s in same) and any(s > wish.start for s in same)


def _is_described(editor: DraftEditor, wish: Wish) -> bool:
    """ "a pillow, soft one": whether a "one" behind words stands for what was named before them."""
    last = editor.utterance.number_at.get(wish.end - 1)
    is_one = last is not None and last.value == 1 and editor.utterance.tags.at(last.start, Role.WORTH)
    named = any(w.group is not None and w.end <= wish.start for w in editor.wishes)
    return bool(is_one) and named and last is not None and last.start > wish.start


def _is_counted(editor: DraftEditor, wish: Wish) -> bool:
    """Whether a number of a wish is one as it is spelled, rather than by its sound: "tena" is hardly ten."""
    utterance = editor.utterance
    said = (number.start for number in utterance.numbers if wish.start <= number.start < wish.end)
    return any(not utterance.tokens[i].is_word or utterance.tags.is_spelled(i) for i in said)


def _stands_over_list(editor: DraftEditor, wish: Wish) -> bool:
    """ "vegetables please: 1 kg potatoes, ...": whether a colon or dash stands between a word and the next wish."""
    following = next((w.start for w in editor.wishes if w.start >= wish.end), wish.end)
    tokens = editor.utterance.tokens
    return wish.quantity is None and any(tokens[i].raw in _LEADING for i in range(wish.end, following))


def _tells_where(utterance: Utterance, sentence: int) -> bool:
    """Whether a sentence holds parts of an address, or a number as long as a phone's."""
    inside = [i for i, its in enumerate(utterance.sentences) if its == sentence]
    where = (i for i in inside if utterance.tags.roles(i) & _WHERE or utterance.leads_to_place(i))
    if any(i - 1 not in utterance.number_at for i in where):
        return True  # no "2 number", which is a size
    return any(utterance.number_at[i].kind is NumberKind.LONG for i in inside if i in utterance.number_at)
