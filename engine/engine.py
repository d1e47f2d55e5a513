"""The main path: a conversation and a catalogue in, a draft order out."""

from collections.abc import Sequence

from engine.catalog import Catalog
from engine.conversation import Message
from engine.dialogue.fold import Reader, ReadTurn
from engine.dialogue.result import ResultMaker
from engine.dialogue.state import State
from engine.extraction.detail import Heard, Turn, hear, read_details, with_details
from engine.extraction.remembered import remembered
from engine.extraction.utterance import Utterance
from engine.intent import IntentClassifier
from engine.language import Lexicon
from engine.language.lexicon import spoken
from engine.order import Details, DraftOrder
from engine.text import fold

VERSION = "1"
_REMEMBERED = 120  # messages
_BEGINNING = State()


class Engine:
    """Reads conversations of one shop. Build it once per catalogue, share it between threads."""

    def __init__(
        self, catalog: Catalog, *, intents: IntentClassifier | None = None, most_remembered: int = _REMEMBERED
    ) -> None:
        """Index the catalogue and load the shipped weights, or use the classifier given.

        The steps of the latest messages, `most_remembered`, are kept at hand: a chat that is read again with one more
        message takes that one's step. 0 is for a classifier that changes its mind.
        """
        self.catalog = catalog
        self._reader = Reader(catalog, intents or IntentClassifier.load())
        self._annotate = remembered(self._reader.annotate, most_remembered)
        self._step = remembered(self._reader.step, most_remembered)
        self.results = ResultMaker(self._reader.shop)

    def read(self, messages: Sequence[Message]) -> DraftOrder:
        """The draft order that a whole conversation, oldest message first, comes to."""
        heard = self._hear(messages)
        state, turns = self._fold(with_details(heard))
        details = _details(heard, turns) if state.draft.latest else Details()
        return self.results.draft(state, turns, details)

    def follow(self, messages: Sequence[Message]) -> tuple[State, list[ReadTurn]]:
        """What a conversation leaves behind, and how each message was read: what `training` learns from."""
        return self._fold(with_details(self._hear(messages)))

    def _hear(self, messages: Sequence[Message]) -> list[Heard]:
        """The messages' words, as the readers of details hear them before anything is known of goods."""
        lexicon = Lexicon.of(self._languages(messages))
        return hear([Turn(self._annotate(message, lexicon)) for message in messages])

    def _languages(self, messages: Sequence[Message]) -> tuple[str, ...]:
        words = (fold(word.strip(".,!?:;()")) for message in messages for word in message.text.split())
        return spoken(words, self._reader.shop.index.__contains__)

    def _fold(self, utterances: Sequence[Utterance]) -> tuple[State, list[ReadTurn]]:
        state = _BEGINNING
        turns: list[ReadTurn] = []
        for utterance, reply in zip(utterances, _replies(utterances), strict=True):
            state, turn = self._step(utterance, state, reply)
            turns.append(turn)
        return state, turns


def _replies(utterances: Sequence[Utterance]) -> list[Utterance | None]:
    """To each message, the next message of the business; None where there is none yet."""
    replies: list[Utterance | None] = []
    latest: Utterance | None = None
    for utterance in reversed(utterances):
        replies.append(latest)
        latest = latest if utterance.message.from_customer else utterance
    return replies[::-1]


def _details(heard: Sequence[Heard], turns: Sequence[ReadTurn]) -> Details:
    understood = (Turn(turn.utterance, turn.intent, turn.item_tokens) for turn in turns)
    return read_details([h.understood(turn) for h, turn in zip(heard, understood, strict=True)])
