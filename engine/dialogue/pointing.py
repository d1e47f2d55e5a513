"""A wish without a name: "this one", "send 2", "both please", "book it"."""

from collections.abc import Sequence

from engine.act import DraftLine, Revive
from engine.clause.cue import Cue
from engine.clause.wish import ONE, Wish
from engine.conversation import Span
from engine.dialogue.editor import DraftEditor
from engine.dialogue.shown import shown_last
from engine.dialogue.state import Referent
from engine.extraction.utterance import COMMA
from engine.language import Role, Tag
from engine.order import Intent

_PLACES = {Role.FIRST: 0, Role.SECOND: 1, Role.LAST: -1}
_NO_MORE = frozenset({Role.BOTH, Role.ASK_QUANTITY})  # "and how much water does it want?"
_LEAST_PRICE = 20  # in the shop's currency
_TOLD = frozenset({Role.COMPLAINT})
_ASKED_FOR = frozenset({Role.GIVE, Role.WANT, Role.ADD, Role.SAME})
_LIKE = frozenset({Role.SAME, Role.LAST_TIME})
_OF_DELIVERY = frozenset({Role.AT_ADDRESS, Role.AT_NAME, Role.AT_PHONE, Role.PAYMENT})
_SAID_OF = frozenset({Role.OPTION, Role.DAY, Role.TIME, Role.PLACE, Role.ASK_PRICE})  # "same size", "same day"
_COUNTED = frozenset({Role.NUMBER, Role.MORE})
_MOST_SHOWN = 6  # of more, nobody remembers which came first


class Pointing:
    """Finds what is pointed at."""

    def __init__(self, editor: DraftEditor) -> None:
        """Change the draft of this editor."""
        self._editor = editor

    def point(self) -> None:
        """Take up what was called off, set the number of what is on the draft, or add what is pointed at."""
        editor = self._editor
        if editor.intent is Intent.PURCHASE and not editor.draft.lines and self.takes_up_again():
            return
        quantity = editor.free_quantity()
        if editor.intent is Intent.MODIFY and editor.draft.lines:
            if quantity is not None and not editor.names_something():
                cue = frozenset[Cue]().union(*editor.cues)
                editor.set_quantity(Wish(None, quantity=quantity), cue)
            return
        known = {line.group for line in editor.draft.lines}
        quotes = editor.state.pointed_at(editor.message)
        shows_other = any(r.is_shown and r.group not in known for r in editor.state.by_message.get(quotes or "", ()))
        is_more = editor.draft.lines and editor.utterance.has(Role.MORE) and not shows_other
        if is_more and not editor.utterance.has(*_NO_MORE):
            if any(wish.has_product_words and wish.quantity for wish in editor.wishes):
                return  # "and 2 rolls too" are of no line, though nobody knows them
            editor.set_quantity(Wish(None, quantity=quantity or ONE), frozenset({Cue.MORE}))
            return
        if editor.counts_all(quantity):
            return
        pointed = [r for r in self._pointed() if r.group not in known or quotes]
        lines = [editor.pointed_line(r.group, r.options, quantity or ONE) for r in pointed]
        if not editor.takes_offer(lines):
            editor.add(lines)

    def takes_up_again(self) -> bool:
        """ "same as last time": what was called off, else an order of which this chat knows nothing."""
        editor = self._editor
        if editor.draft.called_off and (self._last_time() or editor.utterance.has(Role.SAME)):
            editor.apply(Revive())
            return True
        return self.repeats()

    def takes_up_but(self) -> bool:
        """ "same again but sugar 2 kg": an order that was done with, where "the same" stands apart from changes."""
        editor = self._editor
        named = [w for w in editor.wishes if w.group is not None]
        if not editor.draft.called_off or not named or not any(map(self._is_of_order, editor.utterance.tags.all)):
            return False
        editor.apply(Revive())
        return True

    def _is_of_order(self, same: Tag) -> bool:
        """Whether "same", "as last time" is said of a whole order: what stands beside it names nothing of it."""
        breath, roles = self._breath(same), self._editor.utterance.tags.roles
        if same.role not in _LIKE or roles(same.end) & _SAID_OF or any(roles(i) & _OF_DELIVERY for i in breath):
            return False
        named = [w for w in self._editor.wishes if w.start < breath.stop and w.end > breath.start]
        if same.role is Role.SAME:
            return not named and not any(roles(i) & _COUNTED for i in breath)  # "that same one, one more"
        return all(self._stands_behind(wish, same) for wish in named)

    def _stands_behind(self, wish: Wish, tag: Tag) -> bool:
        """Whether what a sentence names stands behind a tag of it, another word between."""
        sentences = self._editor.utterance.sentences
        begins = wish.start if sentences[wish.start] == sentences[tag.start] else wish.end - 1
        return begins > tag.end

    def repeats(self) -> bool:
        """Ask for an order of which this chat knows nothing, where the words for it name nothing else."""
        editor = self._editor
        last_time = self._last_time()
        if last_time is None:
            return False
        if editor.draft.called_off:
            editor.apply(Revive())
            return True
        tokens = editor.utterance.tokens
        said = Span.of(editor.message, tokens[last_time.start].start, tokens[last_time.end - 1].end)
        editor.add([DraftLine(None, (), ONE, said.text, evidence=(said,), features={"last_time": 1.0})])
        return True

    def _last_time(self) -> Tag | None:
        """ "the usual", "repeat my order", where its sentence does not go on to name a product, or to tell of it."""
        said = (tag for tag in self._editor.utterance.tags.all if tag.role is Role.LAST_TIME)
        return next((tag for tag in said if not (self._is_of_something(tag) or self._only_tells(tag))), None)

    def _only_tells(self, last_time: Tag) -> bool:
        """ "2 soaps, last time one was torn": whether what is counted is then told of, or its price."""
        wishes, utterance = self._editor.wishes, self._editor.utterance
        if not any(w.group is not None and (w.quantity or w.amount) is not None and not w.bare for w in wishes):
            return False
        breath = self._breath(last_time)
        if any(Role.ASK_PRICE in utterance.tags.roles(i) for i in breath):
            return True  # "10 soaps, at the rate of last time"
        if any(utterance.tags.roles(i) & _ASKED_FOR for i in breath):
            return False
        if any(n.start in breath and n.value >= _LEAST_PRICE for n in utterance.numbers):
            return True  # "last time it was 400"
        told = (i for i in breath if utterance.tokens[i].is_word and utterance.tags.roles(i) <= _TOLD)
        return any(not any(w.start <= i < w.end and w.group is not None for w in wishes) for i in told)

    def _breath(self, tag: Tag) -> range:
        """The tokens around a tag, from one comma or end of a sentence to the next."""
        breaks = self._editor.utterance.breaks
        first, end = tag.start, tag.end
        while first and breaks[first] < COMMA:
            first -= 1
        while end < len(breaks) and breaks[end] < COMMA:
            end += 1
        return range(first, end)

    def _is_of_something(self, last_time: Tag) -> bool:
        """Whether a product is named in the same breath: "the same cake as last time"."""
        utterance = self._editor.utterance
        sentence = utterance.sentences[last_time.start]
        named = (w for w in self._editor.wishes if w.group is not None and not (w.bare or w.rivals))
        said = (w for w in named if utterance.sentences[w.start] == sentence)
        between = (range(min(w.end, last_time.end), max(w.start, last_time.start) + 1) for w in said)
        return any(not any(self._parts(i) for i in stretch) for stretch in between)

    def _parts(self, position: int) -> bool:
        """Whether another breath begins at a token, or with it a thing beside what was named: "and 2 soaps"."""
        utterance = self._editor.utterance
        return utterance.breaks[position] >= COMMA or Role.AND in utterance.tags.roles(position)

    def _pointed(self) -> tuple[Referent, ...]:
        """The products that "this one", "both" or a bare "send it" points at."""
        state, utterance = self._editor.state, self._editor.utterance
        is_many = utterance.has(Role.BOTH, Role.ALL, Role.THOSE, Role.EACH)
        if quoted := state.by_message.get(state.pointed_at(self._editor.message) or "", ()):
            return _two(quoted) if utterance.has(Role.BOTH) else quoted if is_many else quoted[:1]
        recent = state.recent()
        newest = tuple(r for r in recent if r.message_id == recent[0].message_id)
        if utterance.has(Role.BOTH):
            return _two(state.referents)
        if is_many:
            return shown_last(state) or newest
        if (nth := self._nth()) is not None:
            return (nth,)
        asked = next((r for r in recent if r.from_customer), None)
        if len(newest) > 1 and asked is not None and not newest[0].is_shown:
            return (asked,)
        return recent[:1]

    def _nth(self) -> Referent | None:
        """ "the first one", "dusri wali", "the last": of what the seller showed or named lately, in that order."""
        told = [r for r in self._editor.state.referents if not r.from_customer][::-1]
        place = next((n for role, n in _PLACES.items() if self._editor.utterance.tags.any(role)), None)
        return told[place] if place is not None and 1 < len(told) <= _MOST_SHOWN and place < len(told) else None


def _two(referents: Sequence[Referent]) -> tuple[Referent, ...]:
    """The two things talked of last: two products, or two variants of one."""
    if not referents:
        return ()
    newest = referents[0]
    for name, values in newest.options.items():
        if len(values) == 2:
            return tuple(newest._replace(options={**newest.options, name: frozenset({v})}) for v in sorted(values))
    distinct: list[Referent] = []
    for referent in referents:
        if not any(_is_same(referent, other) for other in distinct):
            distinct.append(referent)
    return tuple(distinct[:2])


def _is_same(one: Referent, other: Referent) -> bool:
    """Whether two mentions are of one product, with no option said otherwise."""
    return one.group == other.group and all(
        other.options.get(name, values) == values for name, values in one.options.items()
    )
