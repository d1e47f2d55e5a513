"""The situation in which a customer's message is met, as the intents' classifier sees it."""

from collections.abc import Sequence

from engine.act import DraftLine
from engine.clause.cue import Cue
from engine.clause.wish import Wish
from engine.dialogue.state import State
from engine.extraction.utterance import Utterance
from engine.intent import TurnContext


def situation(
    state: State,
    utterance: Utterance,
    wishes: Sequence[Wish],
    said: Sequence[frozenset[Cue]],
    reply: Utterance | None,
) -> TurnContext:
    """What stands around a message: the draft so far, what was said last, what the message's wishes are about."""
    message, business, lines = utterance.message, state.previous_business, state.draft.lines
    matched = [w for w in wishes if w.group is not None]
    ordered = [w for w in matched if any(line.group == w.group for line in lines)]
    quoted = state.by_message.get(message.reply_to or "", ())
    offered = {r.group for r in state.by_message.get(business.message.id, ())} if business else set()
    return TurnContext(
        previous_business=business,
        business_is_latest=state.is_business_latest,
        previous_customer=state.previous_customer,
        reply=reply,
        previous_intent=state.previous_intent,
        has_order=bool(lines),
        has_open_line=any(line.group is not None and len(line.skus) != 1 for line in lines),
        items=len(matched),
        unmatched=sum(1 for w in wishes if w.group is None and w.has_product_words),
        quantities=sum(1 for w in matched if w.quantity is not None or w.amount is not None),
        named=sum(1 for w in matched if w.has_product_words),
        ordered=len(ordered),
        agreeing=sum(1 for w in ordered if any(_agrees(line, w) for line in lines)),
        offered=sum(1 for w in matched if w.group in offered),
        said=frozenset[str]().union(*said),
        has_attached_product=bool(message.sku or message.item_group_id or any(r.is_shown for r in quoted)),
        is_summed_up=state.is_business_latest and bool(state.summary),
        is_closed=state.is_closed,
        is_cancelled=state.draft.cancelled,
        minutes_since_business=(message.at - business.message.at).total_seconds() / 60 if business else None,
        is_first=state.messages == 0,
    )


def _agrees(line: DraftLine, wish: Wish) -> bool:
    """Whether a wish may be about a line: the same product, and no option said otherwise."""
    return line.group == wish.group and all(line.options.get(n, v) & v for n, v in wish.options.items())
