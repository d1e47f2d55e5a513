"""The main path: a conversation and a catalogue in, a draft order out."""

from collections.abc import Sequence

from engine.catalog import Catalog
from engine.conversation import Message
from engine.dialogue.fold import Reader, ReadTurn
from engine.dialogue.result import ResultMaker
from engine.dialogue.state import State
from engine.extraction.detail import Turn, read_details
from engine.intent import IntentClassifier
from engine.language import Lexicon
from engine.language.lexicon import spoken
from engine.order import Details, DraftOrder
from engine.text import fold

VERSION = "1"


class Engine:
    """Reads conversations of one shop. Build it once per catalogue, share it between threads."""

    def __init__(self, catalog: Catalog) -> None:
        """Index the catalogue and load the shipped weights."""
        self.catalog = catalog
        self._reader = Reader(catalog, IntentClassifier.load())
        self._result = ResultMaker(self._reader.shop)

    def read(self, messages: Sequence[Message]) -> DraftOrder:
        """The draft order that a whole conversation, oldest message first, comes to."""
        lexicon = Lexicon.of(_languages(messages))
        state = State()
        turns: list[ReadTurn] = []
        for message in messages:
            state, turn = self._reader.step(state, message, lexicon)
            turns.append(turn)
        details = _details(turns) if state.draft.lines else Details()
        return self._result.draft(state, turns, details)


def _languages(messages: Sequence[Message]) -> tuple[str, ...]:
    return spoken(fold(word.strip(".,!?:;()")) for message in messages for word in message.text.split())


def _details(turns: Sequence[ReadTurn]) -> Details:
    return read_details([Turn(turn.utterance, turn.intent, turn.item_tokens) for turn in turns])
