"""What the customer's yes does to the draft: the seller's summary binds."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from engine.act import DraftLine
from engine.catalog_match.measure import Measure, parse_size
from engine.clause.wish import Wish
from engine.conversation import MessageKind
from engine.dialogue.editor import DraftEditor
from engine.dialogue.line import with_evidence
from engine.dialogue.summary import covers, is_summed_up
from engine.language import Role
from engine.order import ORDERING, Intent

_ADDING = (Role.AND, Role.MORE, Role.ADD)
_TWO = 2
_ADOPTED = {"adopted": 1.0, "adopted_unheard": 0.0}


class Agreement:
    """Takes over what the seller summed up."""

    def __init__(self, editor: DraftEditor) -> None:
        """Change the draft of this editor."""
        self._editor = editor

    def accept(self) -> None:
        """Take what the seller summed up: whole where its sum was named, else for what the draft left open."""
        state, draft = self._editor.state, self._editor.draft
        is_offered = state.proposal is not None and state.proposal.is_plain and state.is_business_latest
        if state.proposal is not None and is_offered and (gone := state.proposal.of(draft)):
            self._editor.put(gone, [state.proposal.accepted(draft.lines[gone[0]])])
            return
        told, ordered = {line.group for line in state.summary}, {line.group for line in draft.lines}
        is_other = bool(ordered) and told.isdisjoint(ordered)
        if not state.summary or (is_other and Role.NO in self._editor.utterance.roles_begun(0)):
            return
        is_order = len(state.summary) > 1 or len(draft.lines) < 2
        is_complete = all(line.is_complete for line in state.summary)
        is_whole = state.summary_is_whole or (state.summary_is_plain and is_complete and self._covers(state.summary))
        if state.is_business_latest and is_order and is_whole and not is_other and not self._answers_latest(told):
            self._editor.adopt(state.summary)
            return
        for line in state.summary:
            self._bind(line)

    def _covers(self, summary: Sequence[DraftLine]) -> bool:
        """Whether lines told back speak of all that is ordered.

        Several may leave one thing out that stands there only since an earlier time they were told back.
        """
        draft, told = self._editor.draft, {line.group for line in summary}
        said = tuple(n for n in draft.lines if n.group in told or not n.features.get("adopted"))
        is_but_one = len(told) > _TWO and len(draft.lines) - len(said) == 1
        return covers(summary, replace(draft, lines=said) if is_but_one else draft)

    def _answers_latest(self, told: AbstractSet[int | None]) -> bool:
        """Whether the seller sums up only what the latest message asked for, beside what was ordered before."""
        state, lines = self._editor.state, self._editor.draft.lines
        said = state.previous_business
        if said is None or state.previous_intent not in ORDERING or not told <= set(state.touched):
            return False
        if any(is_summed_up(said, n) for n in said.numbers):
            return False
        return any(line.group is not None and line.group not in state.touched for line in lines)

    def take_from_voice(self) -> None:
        """Take what the seller wrote down of a voice note: who answers a question about it agrees to the rest."""
        state = self._editor.state
        if state.heard_audio and state.is_business_latest and not (state.draft.lines or state.draft.cancelled):
            told = (line for line in state.summary if self._is_ordered(line))
            self._editor.add([line._replace(features={**line.features, **_ADOPTED}) for line in told])

    def is_corrected(self) -> bool:
        """ "yes, just the maroon in L": whether agreement to a summary names one line of it in another variant."""
        state, editor = self._editor.state, self._editor
        if not state.is_summed_up or editor.utterance.asks:
            return False
        lines = [line for line in (*state.summary, *editor.draft.lines) if line.options]
        return any(_differs(wish, [line for line in lines if line.group == wish.group]) for wish in editor.wishes)

    def take_told(self) -> None:
        """ "the blue one then?", "ok, blue M": the one variant of a line that the seller has just named."""
        state = self._editor.state
        said = state.previous_business if state.is_business_latest else None
        if said is None or state.is_summed_up or said.has(Role.OR, Role.SOLD_OUT, Role.NOT):
            return
        offers = [o for o in state.offers if any(span.message_id == said.message.id for span in o.evidence)]
        for line in offers:
            same = [i for i, old in enumerate(self._editor.draft.lines) if line.group in (old.group, *old.rivals)]
            if len(same) != 1 or sum(other.group == line.group for other in offers) > 1:
                continue
            old = self._editor.draft.lines[same[0]]
            is_agreed = Role.YES in said.roles_begun(0) and line.is_complete and old.is_complete and line.options
            if set(line.skus) < set(old.skus):
                self._bind(line)
            elif is_agreed and line.skus != old.skus:
                self._editor.put(same, [with_evidence(line._replace(quantity=old.quantity), old)])

    def _bind(self, line: DraftLine) -> None:
        """Let a line of the confirmed summary settle what the draft left open."""
        same = [
            i for i, old in enumerate(self._editor.draft.lines) if old.group == line.group or line.group in old.rivals
        ]
        exact = [i for i in same if self._editor.draft.lines[i].skus == line.skus]
        fitting = [i for i in same if set(line.skus) <= set(self._editor.draft.lines[i].skus)]
        if exact or len(fitting) == 1:
            index = (exact or fitting)[0]
            old = self._editor.draft.lines[index]
            quantity = line.quantity if line.said_quantity else old.quantity
            self._editor.put(
                [index],
                [
                    old._replace(
                        skus=line.skus,
                        rivals=(),
                        group=line.group,
                        options={**old.options, **line.options},
                        quantity=quantity,
                        unsure_size=False,
                    )
                ],
            )
        elif same and self._is_added(line):
            self._editor.add([line._replace(features={**line.features, **_ADOPTED})])
        elif len(same) == 1 and self._is_other_variant(line, self._editor.draft.lines[same[0]]):
            self._editor.put(same, [with_evidence(line, self._editor.draft.lines[same[0]])])
        elif self._is_new(line, same) and self._is_ordered(line) and self._is_known(line):
            heard = self._editor.state.heard_audio or not self._editor.draft.lines
            self._editor.add(
                [line._replace(features={**line.features, "adopted": 1.0, "adopted_unheard": float(not heard)})]
            )

    def _is_added(self, line: DraftLine) -> bool:
        """ "scooter cover also 1": whether the one line that the seller writes down of a voice note is one more."""
        state = self._editor.state
        told, before = state.previous_business, state.previous_customer
        is_heard = before is not None and before.message.kind is MessageKind.AUDIO
        is_one = len(state.summary) == 1 and line.is_complete and bool(line.options)
        return is_heard and is_one and told is not None and told.has(*_ADDING)

    def _is_other_variant(self, line: DraftLine, old: DraftLine) -> bool:
        """Whether the seller told back a line in another variant, as many or as much of it and it alone of its product.

        "65 ml cups, 100 wale 5 packet" takes the place of ten packs of 50.
        """
        is_alone = sum(told.group == line.group for told in self._editor.state.summary) == 1
        amount = self._amount(line)
        is_same = line.said_quantity and (
            line.quantity == old.quantity or (amount is not None and amount == self._amount(old))
        )
        return is_alone and is_same and line.is_complete and old.is_complete and bool(line.options)

    def _amount(self, line: DraftLine) -> Measure | None:
        """How much the packs of a complete line come to."""
        sizes = self._editor.shop.known_options(line.skus[0]).get("size", ()) if line.is_complete else ()
        packs = (measure for size in sizes if (measure := parse_size(size)) is not None)
        return next((Measure(pack.amount * line.quantity, pack.dimension) for pack in packs), None)

    def _is_new(self, line: DraftLine, same: Sequence[int]) -> bool:
        """Whether the draft's lines of a product are all told back as others: "pixel 7, 8 and 9, two each"."""
        told = {other.skus for other in self._editor.state.summary if other is not line}
        is_agreed = not same or self._editor.state.heard_audio or self._editor.intent is Intent.CONFIRM
        return is_agreed and all(self._editor.draft.lines[i].skus in told for i in same)

    def _is_known(self, line: DraftLine) -> bool:
        """Whether it is plain which one is told back; of a voice note, the product is enough."""
        return line.is_complete or (self._editor.state.heard_audio and not line.rivals)

    def _is_ordered(self, line: DraftLine) -> bool:
        """Whether so many of a line are told back, or so much of it among others."""
        return line.said_quantity or (line.unit is not None and len(self._editor.state.summary) > 1)


def _differs(wish: Wish, lines: Sequence[DraftLine]) -> bool:
    """Whether the variant that a wish says is none of its product's lines, and like one of them."""
    agreeing = [sum(line.options.get(name) == values for name, values in wish.options.items()) for line in lines]
    return 0 < max(agreeing, default=0) < len(wish.options)
