"""The fold over a conversation: state in, message, state out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise

from engine.act import Add, Draft, DraftLine, StartAnew
from engine.catalog import Catalog
from engine.catalog_match.shop import Shop
from engine.clause.cue import Cue, cues
from engine.clause.understand import wishes as wishes_of
from engine.clause.wish import Wish, fitting, packs
from engine.conversation import Message, MessageKind
from engine.dialogue.carried import goes_on_removing, with_removal_carried
from engine.dialogue.customer import CustomerTurn
from engine.dialogue.in_words import answer_in_words
from engine.dialogue.line import LineMaker
from engine.dialogue.otherwise import settled
from engine.dialogue.plain import settled_on, with_clauses
from engine.dialogue.proposal import Proposal, described, proposed, without_described
from engine.dialogue.purpose import purpose
from engine.dialogue.situation import situation
from engine.dialogue.spread import with_shown
from engine.dialogue.state import Referent, State, remember
from engine.dialogue.summary import Tally, adopted, completed, for_each, says_all_again
from engine.extraction.utterance import Annotator, Utterance
from engine.intent import IntentClassifier
from engine.language import Lexicon, Role
from engine.order import ORDERING, Intent

_ANOTHER_ORDER = timedelta(hours=1)  # after the last was closed
_WORTH_REMEMBERING, _WELL_COVERED = 1.0, 0.8  # a product named by less was hardly meant
_REFUSING = frozenset({Cue.REFUSED, Cue.REMOVED})
_PRICE_NEAR = 3  # tokens behind a wish in which its price may stand
_PUT_DOWN = frozenset({Role.GIVE, Role.ADD})
_OFF, _IF = frozenset({Cue.REFUSED, Cue.REMOVED}), frozenset({Cue.IF, Cue.ELSE, Cue.OLD, Cue.NEW})


@dataclass(frozen=True)
class ReadTurn:
    """One message as the fold read it: what it wishes, the draft behind it, and the intent that it was `acted` on."""

    utterance: Utterance
    intent: Intent | None
    probability: float
    probabilities: Mapping[Intent, float]
    item_tokens: frozenset[int]
    wishes: Sequence[Wish]
    draft: Draft
    acted: Intent | None = None


class Reader:
    """Folds conversations of one catalogue."""

    def __init__(self, catalog: Catalog, intents: IntentClassifier) -> None:
        """Index the catalogue; share the classifier."""
        self.shop = Shop(catalog)
        self._maker = LineMaker(self.shop)
        self._tally = Tally(catalog)
        self._intents = intents
        self._annotator = Annotator(self.shop.index.__contains__, self.shop.index.mixed.__contains__, self.shop.index)

    def annotate(self, message: Message, lexicon: Lexicon) -> Utterance:
        """A message's words, tags and numbers."""
        return self._annotator.read(message, lexicon)

    def step(self, utterance: Utterance, state: State, reply: Utterance | None = None) -> tuple[State, ReadTurn]:
        """The state after one more message, and how it was read.

        `reply` is the business's next message where there is one: it shows what a customer's was taken for.
        """
        message = utterance.message
        if attached := self._attached(message):
            state = replace(state, by_message={**state.by_message, message.id: attached})
        wishes = wishes_of(self.shop, utterance, state.context(state.pointed_at(message)))
        if message.from_customer:
            wishes = with_shown(wishes, utterance, state.by_message.get(state.pointed_at(message) or "", ()))
            return self._customer(state, utterance, wishes, reply)
        return self._business(state, utterance, wishes)

    def _customer(
        self,
        state: State,
        utterance: Utterance,
        wishes: list[Wish],
        reply: Utterance | None,
    ) -> tuple[State, ReadTurn]:
        message = utterance.message
        answered = answer_in_words(self.shop, state, utterance)
        wishes = wishes if answered is None else [answered]
        said = with_removal_carried(utterance, wishes, cues(utterance, wishes), state.draft)
        probabilities = self._classify(state, utterance, wishes, said, reply)
        if probabilities and answered is not None:
            probabilities = settled_on(probabilities, Intent.DETAILS)
        if probabilities and goes_on_removing(state, utterance, wishes):
            probabilities = settled_on(probabilities, Intent.MODIFY)
            said[0] |= {Cue.REMOVED}
        intent = max(probabilities, key=lambda i: probabilities[i]) if probabilities else None
        if _begins_anew(state, intent, message):
            state = replace(state, draft=state.draft.apply(StartAnew()), is_closed=False, summary=(), offers=())
        is_cancelled = state.draft.cancelled
        intended = purpose(
            utterance,
            wishes,
            probabilities,
            is_summed_up=state.is_summed_up,
            is_offered=state.proposal is not None,
            is_cancelled=is_cancelled,
        )
        if intended is Intent.CONFIRM and (
            _takes_off(wishes, said, state.draft) or (state.is_summed_up and _says_otherwise(wishes, state.summary))
        ):
            intended = Intent.MODIFY  # "ok send it without the comb", "yes but sugar 2 kg"
        turn = CustomerTurn(self.shop, state, utterance, wishes, said, probabilities, intended)
        draft, touched = turn.draft()
        new = _referents(state, message, _without_refused(wishes, said)) + self._attached(message)
        new = new or state.by_message.get(message.reply_to or "", ())
        after = replace(
            state,
            draft=draft,
            once={
                **state.once,
                **{line.group: line for line in draft.lines if line.group is not None and line.is_complete},
            },
            referents=remember(state.referents, new),
            by_message={**state.by_message, message.id: new},
            previous_customer=utterance,
            previous_intent=intent or state.previous_intent,
            is_business_latest=False,
            proposal=state.proposal if intent is Intent.INQUIRY else None,
            confirmed=state.summary if intended is Intent.CONFIRM and state.summary else state.confirmed,
            summary=() if draft.cancelled or (intent in ORDERING and draft != state.draft) else state.summary,
            offers=() if draft.cancelled else state.offers,
            heard_audio=state.heard_audio or message.kind is MessageKind.AUDIO,
            touched=touched or state.touched,
            otherwise=turn.otherwise or state.otherwise,
            messages=state.messages + 1,
            is_closed=state.is_closed or (utterance.has(Role.CLOSED) and bool(draft.lines) and intent not in ORDERING),
            closed_at=message.at if utterance.has(Role.CLOSED) and not state.is_closed else state.closed_at,
        )
        tokens = frozenset(t for w in wishes if w.group is not None for t in range(w.start, w.end))
        used = tokens if intent in ORDERING else frozenset()
        probability = probabilities.get(intent, 0.0) if intent else 0.0
        return after, ReadTurn(utterance, intent, probability, probabilities, used, wishes, draft, intended)

    def _classify(
        self,
        state: State,
        utterance: Utterance,
        wishes: list[Wish],
        said: list[frozenset[Cue]],
        reply: Utterance | None,
    ) -> Mapping[Intent, float]:
        message = utterance.message
        if message.kind in (MessageKind.AUDIO, MessageKind.LOCATION, MessageKind.REACTION, MessageKind.OTHER):
            return {}
        if not message.text and message.kind is not MessageKind.ORDER:
            return {}
        probabilities = self._intents.probabilities(utterance, situation(state, utterance, wishes, said, reply))
        is_answer = state.is_asked if state.draft.lines else None
        return with_clauses(
            utterance,
            wishes,
            probabilities,
            offered=state.offered(message),
            known={group for line in (*state.draft.lines, *state.summary) for group in (line.group, *line.rivals)},
            is_answer=is_answer,
            is_free=not state.is_business_latest or state.previous_business is None,
        )

    def _business(self, state: State, utterance: Utterance, wishes: list[Wish]) -> tuple[State, ReadTurn]:
        message = utterance.message
        wishes = [_as_on_draft(wish, state.draft) for wish in wishes]
        named = [
            w for w in wishes if w.group is not None and not (w.rivals or w.conflict or w.bare or self._is_mixed_up(w))
        ]
        new = _referents(state, message, [self._of_price(wish, utterance, state.draft) for wish in wishes])
        shown = tuple(_with_caption(r, wishes) for r in self._attached(message))
        new = tuple(r for r in new if r.group not in {one.group for one in shown})
        lines = tuple(line for w in named for line in self._maker.lines(w, utterance) if line.group is not None)
        lines = self._told(lines, state, utterance)
        names_sum = self._tally.names_the_sum(lines, utterance) and not self._tally.compares(lines, utterance)
        has_order = bool(state.draft.lines) or state.heard_audio
        counted = [line for line in lines if line.said_quantity]
        is_told = len({line.group for line in counted}) > 1
        if is_told and not names_sum and _asks_which(utterance, named):
            lines = tuple(counted)  # "4 breads, 2 coffees. bread plain or cheese?"
        tells_back = has_order and bool(counted) and (is_told or not _asks_which(utterance, named))
        tells_back |= says_all_again(lines, state.draft, utterance)
        more = self._with_more(state, lines, utterance)
        found = described(state.draft, lines, state.previous_customer) if more else None
        lines, names_sum = more or lines, names_sum or bool(more)
        is_summary = names_sum or tells_back
        closes = utterance.has(Role.CLOSED) and bool(state.draft.lines)
        draft = state.draft
        if state.otherwise:
            draft = settled(draft, state.otherwise, utterance, wishes, cues(utterance, wishes))
        draft = self._tally.settled(draft, utterance)
        if names_sum and not more and {line.group for line in lines} & {line.group for line in draft.lines}:
            draft = adopted(lines, without_described(draft, lines, state.previous_customer))
        if put_down := _taken_from_voice(state, utterance, lines, names_sum=names_sum):
            draft = draft.apply(Add(put_down))
        heard = draft
        asked = state.touched if state.previous_intent in ORDERING else ()
        if not (_counts_another(wishes, draft) or self._tally.names_part(draft, asked, utterance)):
            draft = self._tally.mended(draft, utterance)
        after = replace(
            state,
            draft=draft,
            summary_is_whole=names_sum if is_summary else state.summary_is_whole,
            summary_is_plain=(
                all(w in named for w in wishes if not w.bare) and self._tally.explains(lines, utterance)
                if is_summary
                else state.summary_is_plain
            ),
            referents=remember(state.referents, (*new, *shown)),
            by_message={**state.by_message, message.id: shown or new},
            previous_business=utterance if utterance.tokens or shown else state.previous_business,
            summary=lines if is_summary else state.summary,
            offers=lines or state.offers,
            proposal=found or self._proposed(utterance, wishes, lines, draft) or state.proposal,
            is_business_latest=True,
            is_closed=state.is_closed or closes,
            closed_at=message.at if closes and not state.is_closed else state.closed_at,
            messages=state.messages + 1,
            agreed=heard.lines if self._tally.names_the_sum(heard.lines, utterance) else state.agreed,
        )
        return after, ReadTurn(utterance, None, 0.0, {}, frozenset(), wishes, draft)

    def _told(self, lines: Sequence[DraftLine], state: State, utterance: Utterance) -> tuple[DraftLine, ...]:
        """Lines told back, as the draft knows them: what is told twice twice only where that makes the sum."""
        told = completed(lines, state.draft, state.once)
        if len(told) == len(lines):
            return told
        each = for_each(lines, state.draft, state.once)
        return each if self._tally.names_the_sum(each, utterance) else told

    def _with_more(self, state: State, lines: Sequence[DraftLine], utterance: Utterance) -> tuple[DraftLine, ...]:
        """ "shaker 249, total 798": the draft and what the seller names beside it, where both come to his sum."""
        known = [line for line in state.draft.lines if line.group is not None]
        is_other = bool(lines) and {line.group for line in known}.isdisjoint(line.group for line in lines)
        both = (*known, *lines) if known and is_other else ()
        return both if self._tally.names_the_sum(both, utterance) else ()

    def _of_price(self, wish: Wish, utterance: Utterance, draft: Draft) -> Wish:
        """ "the cable is 249": what nobody ordered yet, with the options of the one variant that costs this."""
        is_ordered = any(wish.group in (line.group, *line.rivals) for line in draft.lines)
        if wish.group is None or not wish.has_product_words or wish.rivals or is_ordered:
            return wish
        said = {n.value for n in utterance.numbers if wish.start <= n.start < wish.end + _PRICE_NEAR}
        fitted = fitting(self.shop.product(wish.group), wish)
        priced = [v for v in fitted if v.price and v.price.amount in said and v.price.minor > 0]
        if len(priced) != 1 or len(fitted) == 1:
            return wish
        return wish._replace(options={**self.shop.known_options(priced[0].sku), **wish.options})

    def _is_mixed_up(self, wish: Wish) -> bool:
        """Whether a size and an amount that it does not make up are heard in one: "2 kg 1900, half x 3"."""
        if wish.group is None or wish.amount is None or "size" not in wish.options:
            return False
        return packs(self.shop.options(wish.group), fitting(self.shop.product(wish.group), wish), wish.amount) is None

    @staticmethod
    def _proposed(
        utterance: Utterance, wishes: list[Wish], lines: tuple[DraftLine, ...], draft: Draft
    ) -> Proposal | None:
        """What the seller offers for something gone; without a line on the draft nothing can be."""
        return proposed(wishes, cues(utterance, wishes), lines, draft, utterance) if lines and draft.lines else None

    def _attached(self, message: Message) -> tuple[Referent, ...]:
        """The product attached to a picture: its color is what it shows, its size is not fixed."""
        if message.kind is MessageKind.ORDER:
            return ()
        if message.sku and (variant := self.shop.catalog.variant(message.sku)):
            group = self.shop.index.group_of[variant.item_group_id]
            names = [n for n in self.shop.options(group).names if n != "size" and n in variant.options]
            return (Referent(group, message.id, {n: frozenset({variant.options[n]}) for n in names}, is_shown=True),)
        if message.item_group_id and message.item_group_id in self.shop.index.group_of:
            return (Referent(self.shop.index.group_of[message.item_group_id], message.id, is_shown=True),)
        return ()


def _asks_which(utterance: Utterance, wishes: Sequence[Wish]) -> bool:
    """ "10, 12 or 14 inches?": whether variants of one product stand beside an "or"."""
    both = (
        (one, other) for one, other in pairwise(wishes) if one.group == other.group and one.options != other.options
    )
    return any(utterance.tags.any(Role.OR, one.start, other.end) is not None for one, other in both)


def _counts_another(wishes: Sequence[Wish], draft: Draft) -> bool:
    """ "take 4 for 150": whether a seller counts what is not on the draft, so that its sum is none of it."""
    known = {group for line in draft.lines for group in (line.group, *line.rivals)}
    return any(w.group is not None and w.quantity is not None and w.group not in known for w in wishes)


def _as_on_draft(wish: Wish, draft: Draft) -> Wish:
    """A wish of the seller's that fits several products: of these, the one that is on the draft."""
    if wish.group is None or not wish.rivals:
        return wish
    ordered = {line.group for line in draft.lines if not line.rivals} & {wish.group, *wish.rivals}
    return wish._replace(group=ordered.pop(), rivals=()) if len(ordered) == 1 else wish


def _taken_from_voice(
    state: State, utterance: Utterance, lines: Sequence[DraftLine], *, names_sum: bool
) -> tuple[DraftLine, ...]:
    """What the seller tells back of a voice note: with its sum, or right behind it where no question goes with it."""
    before = state.previous_customer
    if state.heard_audio and not state.draft.wanted and names_sum:
        return tuple(lines)
    if before is None or before.message.kind is not MessageKind.AUDIO or not state.draft.lines:
        return ()
    if state.is_business_latest or not utterance.roles_begun(0) & _PUT_DOWN or utterance.sentence_asks(0):
        return ()
    known = {line.group for line in state.draft.lines}
    return tuple(line for line in lines if line.is_complete and line.said_quantity and line.group not in known)


def _without_refused(wishes: Sequence[Wish], said: Sequence[frozenset[Cue]]) -> list[Wish]:
    """Wishes without the options that they refuse: whoever wants no egg is not talking of egg from then on."""
    return [w._replace(options={}) if cue & _REFUSING else w for w, cue in zip(wishes, said, strict=True)]


def _takes_off(wishes: Sequence[Wish], said: Sequence[frozenset[Cue]], draft: Draft) -> bool:
    """Whether a message names something on the draft, and refuses it or takes it away."""
    ordered = {line.group for line in draft.lines}
    refused = (w for w, cue in zip(wishes, said, strict=True) if cue & _OFF and not cue & _IF)
    return any(wish.has_product_words and wish.group in ordered for wish in refused)


def _says_otherwise(wishes: Sequence[Wish], summary: Sequence[DraftLine]) -> bool:
    """Whether a message names something in another variant, or another number, than it was just told back in."""
    told = {line.group: line for line in summary}
    alone = {group for group in told if sum(line.group == group for line in summary) == 1}
    named = [w for w in wishes if w.group in alone and w.has_product_words and not (w.rivals or w.conflict)]
    return any(_is_other(wish, told[wish.group]) for wish in named)


def _is_other(wish: Wish, line: DraftLine) -> bool:
    """Whether a wish is for another variant, or another number, than a line."""
    is_other = any(values.isdisjoint(line.options.get(name, values)) for name, values in wish.options.items())
    is_counted = wish.quantity is not None and line.said_quantity
    return is_other or wish.amount is not None or (is_counted and wish.quantity != line.quantity)


def _begins_anew(state: State, intent: Intent | None, message: Message) -> bool:
    """Whether a purchase, long after an order was closed, is another one."""
    if not state.is_closed or state.closed_at is None or intent is not Intent.PURCHASE:
        return False
    return message.at - state.closed_at > _ANOTHER_ORDER


def _referents(state: State, message: Message, wishes: list[Wish]) -> tuple[Referent, ...]:
    """The products that a message talks of; what is pointed at keeps the options that it was known by."""
    found = []
    for wish in wishes:
        if (
            wish.group is None
            or wish.rivals
            or wish.conflict
            or (wish.has_product_words and wish.score < _WORTH_REMEMBERING and wish.coverage < _WELL_COVERED)
        ):
            continue
        is_same = not wish.options or not wish.has_product_words
        known = state.referent(wish.group, message.reply_to) if is_same else None
        options = {**(known.options if known else {}), **wish.options}
        found.append(Referent(wish.group, message.id, options, from_customer=message.from_customer))
    return tuple(_merged(found))


def _merged(referents: list[Referent]) -> list[Referent]:
    """One referent a product; an option that a message says in several values may be any of them."""
    merged: dict[int, Referent] = {}
    for referent in referents:
        before = merged.get(referent.group)
        known = before.options if before is not None else {}
        either = {n: values | known.get(n, values) for n, values in referent.options.items()}
        merged[referent.group] = referent._replace(options={**known, **either})
    return list(merged.values())


def _with_caption(shown: Referent, captioned: Sequence[Wish]) -> Referent:
    """A product shown, with what the caption says of it."""
    told = [Referent(shown.group, shown.message_id, wish.options) for wish in captioned if wish.group == shown.group]
    every = {n: values for r in _merged(told) for n, values in r.options.items()}
    said = {n: values for n, values in every.items() if len(values) == 1 or n not in shown.options}
    return shown._replace(options={**shown.options, **said})
