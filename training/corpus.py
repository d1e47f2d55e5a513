"""The customers' labelled messages of our shops, each read and set into its context."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from engine.clause.understand import Context, Understanding
from engine.conversation import Message, MessageKind
from engine.extraction.utterance import Annotator, Utterance
from engine.intent.context import TurnContext
from engine.language.lexicon import Lexicon, spoken
from engine.order import Intent
from training.labelled_chat import LabelledChat
from training.shops import Shop

_BUYING = frozenset({Intent.PURCHASE, Intent.MODIFY})


@dataclass(frozen=True, slots=True)
class Turn:
    """A customer's message in its context, and its label, None where it has none.

    `context.previous_intent` and `context.has_order` are not filled in; `with_history` does that.
    """

    message_id: str
    utterance: Utterance
    context: TurnContext
    intent: Intent | None


@dataclass(frozen=True, slots=True)
class ChatTurns:
    """The customer's turns of one chat of a shop, in order."""

    shop: str
    chat: str
    turns: tuple[Turn, ...]


def read_turns(shop: Shop, alter: Callable[[Message], Message] = lambda message: message) -> Iterator[ChatTurns]:
    """The turns of all chats of `shop`; `alter` may change each customer's message before it is read."""
    understanding = Understanding(shop.catalog)
    annotator = Annotator(understanding.index.__contains__)
    for labelled in shop.chats:
        yield ChatTurns(shop.name, labelled.id, tuple(_turns(labelled, understanding, annotator, alter)))


def _turns(
    labelled: LabelledChat, understanding: Understanding, annotator: Annotator, alter: Callable[[Message], Message]
) -> Iterator[Turn]:
    messages = [alter(m) if m.from_customer else m for m in labelled.chat.messages]
    lexicon = Lexicon.of(spoken(word for m in messages for word in m.text.lower().split()))
    utterances = [annotator.read(message, lexicon) for message in messages]
    by_id = {message.id: message for message in messages}
    for index, utterance in enumerate(utterances):
        if utterance.message.from_customer:
            label = labelled.gold.intents.get(utterance.message.id)
            context = _context(
                utterances[:index], utterance, understanding, by_id.get(utterance.message.reply_to or "")
            )
            yield Turn(utterance.message.id, utterance, context, Intent(label) if label else None)


def _context(
    before: Sequence[Utterance], here: Utterance, understanding: Understanding, quoted: Message | None
) -> TurnContext:
    business = next((u for u in reversed(before) if not u.message.from_customer), None)
    customer = next((u for u in reversed(before) if u.message.from_customer), None)
    wishes = understanding.wishes(here, Context())
    matched = [wish for wish in wishes if wish.group is not None]
    shown = [m for m in (here.message, quoted) if m and (m.sku or m.item_group_id)]
    return TurnContext(
        previous_business=business,
        business_is_latest=bool(before) and before[-1] is business,
        previous_customer=customer,
        items=len(matched),
        unmatched=len(wishes) - len(matched),
        quantities=sum(1 for wish in matched if wish.quantity is not None or wish.amount is not None),
        has_attached_product=bool(shown),
        minutes_since_business=(here.message.at - business.message.at).total_seconds() / 60 if business else None,
        is_first=not before,
    )


class History:
    """What the customer's messages so far came to; feed it each intent in turn."""

    def __init__(self) -> None:
        """Start with nothing said."""
        self._previous: Intent | None = None
        self._has_order = False

    def fill(self, context: TurnContext) -> TurnContext:
        """`context` with what has been asked for so far."""
        return replace(context, previous_intent=self._previous, has_order=self._has_order)

    def add(self, turn: Turn, intent: Intent | None) -> None:
        """Go on past a message of this intent."""
        if intent is None:
            return
        self._previous = intent
        if intent in _BUYING or turn.utterance.message.kind is MessageKind.ORDER:
            self._has_order = True
        elif intent is Intent.CANCEL:
            self._has_order = False


def with_history(chat: ChatTurns, intents: Iterable[Intent | None]) -> Iterator[tuple[Turn, TurnContext]]:
    """Each turn with its whole context, where the messages have had these intents."""
    history = History()
    for turn, intent in zip(chat.turns, intents, strict=True):
        yield turn, history.fill(turn.context)
        history.add(turn, intent)
