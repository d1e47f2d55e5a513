"""What a refusal does to the draft."""

from collections.abc import Sequence
from decimal import Decimal

from engine.act import DraftLine
from engine.clause.cue import Cue
from engine.clause.fewer import counts_fewer
from engine.clause.wish import Wish
from engine.dialogue.editor import DraftEditor
from engine.dialogue.line import with_evidence
from engine.extraction.utterance import COMMA, Utterance
from engine.language import Role
from engine.order import Intent

_HALF, _NEAR = Decimal("0.5"), 2  # tokens behind what is to be halved

_CHANGING = frozenset({Cue.CHANGED, Cue.NEW, Cue.OLD, Cue.MORE})


class Removals:
    """Takes lines, units or variants off the draft."""

    def __init__(self, editor: DraftEditor) -> None:
        """Change the draft of this editor."""
        self._editor = editor

    def remove(self, wish: Wish, cue: frozenset[Cue]) -> bool:
        """Take off what a wish names, or so many of it; whether that was possible."""
        meant = self._editor.matching(wish)
        settled = [i for i in meant if self._editor.draft.lines[i].is_complete]
        if not settled and self.leave_others(wish):
            return True
        targets = (settled if wish.options else meant) or meant or self._loosely(wish)
        if not targets and wish.group is None and wish.quantity is not None and Cue.REMOVED in cue:
            targets = self._editor.focus()[:1]
        if not targets:
            return wish.group is not None
        if len(targets) == 1 and self._halves(wish, self._editor.draft.lines[targets[0]].quantity):
            line = self._editor.draft.lines[targets[0]]
            self._editor.put(targets, [self._editor.told_by(wish, line._replace(quantity=line.quantity / 2))])
            return True
        if len(targets) == 1 and wish.quantity is not None:
            line = self._editor.draft.lines[targets[0]]
            if wish.quantity < line.quantity:
                left = line.quantity - wish.quantity
                self._editor.put(targets, [self._editor.told_by(wish, line._replace(quantity=left))])
                return True
        self._editor.put(targets)
        return True

    def _halves(self, wish: Wish, quantity: Decimal) -> bool:
        """ "cut the soaps in half": whether half of an even number is to go."""
        utterance = self._editor.utterance
        near = [n for n in utterance.numbers if n.value == _HALF and wish.start < n.start <= wish.end + _NEAR]
        is_same = any(utterance.sentences[n.start] == utterance.sentences[wish.start] for n in near)
        return is_same and quantity % 2 == 0 and wish.amount is None

    def less(self, wish: Wish) -> bool:
        """Take so many as a wish counts off the line that is meant; whether it has more."""
        editor = self._editor
        targets = (editor.matching(wish) if wish.group is not None else editor.focus())[:1]
        if not targets or wish.quantity is None or wish.quantity >= editor.draft.lines[targets[0]].quantity:
            return False
        line = editor.draft.lines[targets[0]]
        editor.put(targets, [editor.told_by(wish, line._replace(quantity=line.quantity - wish.quantity))])
        return True

    def says_less(self, wish: Wish) -> bool:
        """ "ek kam kar do", "one less": whether a change counts how many fewer, with what says so right behind."""
        if not self._editor.draft.lines or not (wish.bare or self._editor.intent is Intent.MODIFY):
            return False
        return counts_fewer(self._editor.utterance, wish) or self._is_reduced_by(wish)

    def _is_reduced_by(self, wish: Wish) -> bool:
        """ "reduce the dupatta by 2": whether a verb of reducing leads a thing and a number, no "to" between."""
        utterance = self._editor.utterance
        number = next((n.start for n in utterance.numbers if wish.start < n.start < wish.end), None)
        if number is None or not wish.has_product_words:
            return False
        verb = utterance.tags.at(
            next((i for i in reversed(range(wish.start)) if _is_word(utterance, i)), -1), Role.REDUCE
        )
        between = range(wish.start, number)
        return verb is not None and not any(utterance.tags.at(i, Role.INTO, Role.PART) for i in between)

    def _loosely(self, wish: Wish) -> list[int]:
        """The line that a refused wish may be about though no option of it fits: none where others are said, too."""
        if wish.group is None:
            return self._editor.alike(wish)
        same = self._editor.same_product(wish)
        is_alone = sum(w.group == wish.group for w in self._editor.wishes) == 1
        return same if len(same) == 1 and is_alone and wish.has_product_words else []

    def remove_unsold(self) -> bool:
        """ "take off the puffs": what the shop does not sell is no wish, yet may stand on the draft in its words.

        Or in the seller's, who has just said that there is none: "leave it then".
        """
        editor = self._editor
        if not editor.utterance.has(Role.REMOVE) or all(line.group is not None for line in editor.draft.lines):
            return False
        text = self._beside_wishes() if editor.wishes else editor.message.text
        said = Wish(None, text=text, has_product_words=True)
        told = editor.alike(said) or (() if editor.names_something() else editor.told_gone())
        targets = [i for i in told if editor.draft.lines[i].group is None]
        editor.put(targets)
        return bool(targets)

    def _beside_wishes(self) -> str:
        """The words up to a comma behind "leave off", or before one that stands last, that are of no wish."""
        utterance = self._editor.utterance
        wished = {i for wish in self._editor.wishes for i in range(wish.start, wish.end)}
        parting = [i for i, hard in enumerate(utterance.breaks[: len(utterance.tokens)]) if hard >= COMMA]
        said: set[int] = set()
        for tag in (tag for tag in utterance.tags.all if tag.role is Role.REMOVE):
            first = max((i for i in parting if i <= tag.start), default=0)
            last = min((i for i in parting if i > tag.end), default=len(utterance.tokens))
            said.update(range(first, tag.start) if tag.final else range(tag.end, last))
        return " ".join(utterance.tokens[i].word for i in sorted(said - wished))

    def leave_others(self, wish: Wish) -> bool:
        """ "not the blue", "not the rose soap": of a line that is open one of the others is meant; whether one is."""
        if not wish.has_product_words:
            return bool(wish.options) and self._leave_values(wish)
        return self._leave_rivals(self._editor.matching(wish), wish)

    def _leave_values(self, wish: Wish) -> bool:
        """ "not the blue", "no egg" of a product whose variant is open: one of the others is meant."""
        for index in self._editor.same_product(wish):
            line = self._editor.draft.lines[index]
            if line.is_complete or line.group is None:
                continue
            options = self._editor.shop.options(line.group)
            others = {n: frozenset(options.values(n)) - values for n, values in wish.options.items()}
            if all(others.values()) and (narrowed := self._editor.maker.narrowed(line, others)):
                said = {n: v for n, v in narrowed.options.items() if len(v) == 1 or n not in others}
                self._editor.put([index], [self._editor.told_by(wish, narrowed._replace(options=said))])
                return True
        return False

    def _leave_rivals(self, targets: Sequence[int], wish: Wish) -> bool:
        """ "not the rose soap" of a soap that may be rose or neem: the others are left, where one is refused."""
        if len(targets) != 1 or wish.rivals or wish.quantity is not None or wish.group is None:
            return False
        old = self._editor.draft.lines[targets[0]]
        if not old.rivals:
            return False
        first, *others = (group for group in (old.group, *old.rivals) if group not in (None, wish.group))
        meant = Wish(first, tuple(others), old.options, old.quantity, text=old.text, start=wish.start, end=wish.end)
        self._editor.put(targets, [with_evidence(line, old) for line in self._editor.lines_of(meant)])
        return True

    def of_all(self, wish: Wish) -> bool:
        """ "all without sugar": every line that is open takes one of the other values; whether any does."""
        found: dict[int, DraftLine] = {}
        for index, line in enumerate(self._editor.draft.lines):
            if line.group is None or line.rivals or not wish.options or "size" in wish.options:
                continue
            options = self._editor.shop.options(line.group)
            others = {n: frozenset(options.values(n)) - values for n, values in wish.options.items()}
            narrowed = self._editor.maker.narrowed(line, others) if all(others.values()) else None
            if narrowed is not None and narrowed.skus != line.skus:
                found[index] = narrowed
        self._editor.put_each(found)
        return bool(found)

    def keep_named(self) -> bool:
        """ "keep the atlas, remove the rest", "only the vase then": take off every line that is not to stay."""
        editor, utterance = self._editor, self._editor.utterance
        other = utterance.tags.any(Role.OTHER)
        roles = utterance.roles_within(utterance.sentences[other.start]) if other else frozenset[Role]()
        staying = editor.wishes if roles & {Role.REMOVE, Role.CANCEL} else self._only_named()
        kept = {i for wish in staying if not wish.bare for i in editor.matching(wish) or editor.alike(wish)}
        gone = [i for i in range(len(editor.draft.lines)) if i not in kept]
        if not kept or not gone:
            return False
        editor.put(gone)
        return True

    def _only_named(self) -> list[Wish]:
        """What stands beside an "only", where nothing else of the message counts or changes anything."""
        editor = self._editor
        tags = [tag for tag in editor.utterance.tags.all if tag.role in (Role.ONLY, Role.ONLY_AFTER)]
        only = {tag.end for tag in tags if tag.role is Role.ONLY}
        behind = {tag.start for tag in tags if tag.role is Role.ONLY_AFTER and editor.hears_of_gone}
        is_change = editor.intent is Intent.MODIFY or editor.hears_of_gone
        is_said = is_change and not editor.utterance.asks and not _changed(editor.cues)
        is_plain = all(w.has_product_words and not (w.quantity or w.amount or _says_variant(w)) for w in editor.wishes)
        named = {i for wish in editor.wishes for i in range(wish.start, wish.end)}
        others = (i for i, token in enumerate(editor.utterance.tokens) if token.is_word and i not in named)
        is_known = all(editor.utterance.tags.roles(i) for i in others)  # "wrap only the suit" speaks of something else
        staying = [w for w in editor.wishes if w.start in only or _word_end(editor.utterance, w) in behind]
        return staying if is_said and is_plain and is_known else []

    def keep_only(self, wish: Wish) -> bool:
        """Take off the siblings of what alone is to stay; whether there are any."""
        same = self._editor.same_product(wish)
        kept = self._editor.matching(wish)
        if wish.group in self._editor.touched and kept and wish.quantity is None:
            return True  # "take off the blue, only black stays": the rest was not spoken of
        if (
            self._editor.intent is not Intent.MODIFY
            or not kept
            or len(kept) == len(same)
            or not wish.options
            or wish.quantity
        ):
            return False
        others = [i for i in same if i not in kept and self._is_sibling(i, kept[0])]
        self._editor.put(others)
        return bool(others)

    def leave_gone(self) -> None:
        """ "just the dryer then", "send the rest": what the seller just said there is none of goes."""
        editor, gone = self._editor, self._editor.told_gone()
        only = [wish for wish, cue in zip(editor.wishes, editor.cues, strict=True) if Cue.ONLY in cue]
        gives = editor.utterance.has(Role.GIVE) and not editor.utterance.has(Role.REMOVE)
        staying = only or (editor.wishes if gives else ())
        kept = {i for wish in staying if wish.quantity is None for i in editor.matching(wish)}
        if not only:  # what is not sold stays to be asked about, unless it is left out in so many words
            gone = [i for i in gone if editor.draft.lines[i].group is not None]
        if kept or self._sends_rest():
            editor.put([i for i in gone if i not in kept])

    def _sends_rest(self) -> bool:
        """ "theek hai, baaki bhej do": whether all else is to come."""
        said = self._editor.utterance
        return (
            said.has(Role.OTHER) and said.has(Role.GIVE, Role.WANT) and not said.has(Role.REMOVE, Role.CANCEL, Role.NOT)
        )

    def _is_sibling(self, index: int, kept: int) -> bool:
        """Whether two lines of a product differ in one option only: M14 in red and M14 in black."""
        one, other = (self._editor.draft.lines[i] for i in (index, kept))
        variants = [self._editor.shop.catalog.variant(line.skus[0]) for line in (one, other) if line.is_complete]
        if len(variants) < 2 or variants[0] is None or variants[1] is None or one.group is None:
            return True
        names = self._editor.shop.options(one.group).names
        return sum(variants[0].options.get(n) != variants[1].options.get(n) for n in names) <= 1


def _changed(cues: Sequence[frozenset[Cue]]) -> bool:
    """Whether anything is swapped, changed or added."""
    return any(cue & _CHANGING for cue in cues)


def _says_variant(wish: Wish) -> bool:
    """Whether words of a wish tell its variant, rather than what was talked of before."""
    return not wish.options.keys().isdisjoint(wish.told)


def _word_end(utterance: Utterance, wish: Wish) -> int:
    """Where the last word of a wish ends with what hangs on it: the "nya" of "serumnya"."""
    end, tokens = wish.end, utterance.tokens
    while 0 < end < len(tokens) and tokens[end].is_word and tokens[end].start == tokens[end - 1].end:
        end += 1
    return end


def _is_word(utterance: Utterance, index: int) -> bool:
    """Whether a token is a word that more hangs on than "the"."""
    return utterance.tokens[index].is_word and utterance.tags.at(index, Role.THE) is None
