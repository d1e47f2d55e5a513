"""The customers' labelled messages of our shops, each in the context in which the engine meets it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.conversation import Message
from engine.engine import Engine
from engine.extraction.utterance import Utterance
from engine.intent import IntentClassifier, TurnContext
from engine.order import Intent
from training.labelled_chat import LabelledChat
from training.shops import Shop

Probabilities = Mapping[Intent, float]
Answer = Callable[[Utterance, TurnContext], Probabilities]
Alter = Callable[[Message], Message]


@dataclass(frozen=True, slots=True)
class Turn:
    """A customer's labelled message as the engine met it, and what it was told that it means."""

    chat: str
    utterance: Utterance
    context: TurnContext
    label: Intent
    answer: Probabilities

    @property
    def id(self) -> tuple[str, str]:
        """The chat and the message in it."""
        return self.chat, self.utterance.message.id

    @property
    def intent(self) -> Intent:
        """The most probable intent of the answer."""
        return max(self.answer, key=self.answer.__getitem__)

    @property
    def is_right(self) -> bool:
        """Whether that is the label."""
        return self.intent is self.label


class _Listener(IntentClassifier):
    """Stands in the engine for its classifier: asks `answer`, and keeps what it was asked."""

    def __init__(self) -> None:
        self.answer: Answer = lambda _utterance, _context: {}
        self.heard: list[tuple[Utterance, TurnContext, Probabilities]] = []

    def probabilities(self, utterance: Utterance, context: TurnContext) -> Probabilities:
        found = self.answer(utterance, context)
        self.heard.append((utterance, context, found))
        return found


@dataclass(frozen=True)
class School:
    """A shop and chats of it, read by the engine while others answer what each message means."""

    shop: Shop
    chats: tuple[LabelledChat, ...]

    @cached_property
    def _listener(self) -> _Listener:
        return _Listener()

    @cached_property
    def _engine(self) -> Engine:
        return Engine(self.shop.catalog, intents=self._listener, most_remembered=0)

    def taught(self, told: Mapping[tuple[str, str], Intent], alter: Alter | None = None) -> Iterator[Turn]:
        """The labelled turns where the engine is told each intent: that of `told`, else the label."""
        for labelled in self.chats:
            labels = _labels(labelled)

            def answer(
                utterance: Utterance, _: TurnContext, chat: str = labelled.id, labels: Mapping[str, Intent] = labels
            ) -> Probabilities:
                intent = told.get((chat, utterance.message.id)) or labels.get(utterance.message.id)
                return {intent: 1.0} if intent else {}

            yield from self._turns(labelled, labels, answer, alter)

    def asked(self, classifier: IntentClassifier, *, at_once: bool = False) -> Iterator[Turn]:
        """The labelled turns as the engine reads them by itself; `at_once`: each before the business has answered."""

        def answer(utterance: Utterance, context: TurnContext) -> Probabilities:
            return classifier.probabilities(utterance, context._replace(reply=None) if at_once else context)

        for labelled in self.chats:
            yield from self._turns(labelled, _labels(labelled), answer, None)

    def _turns(
        self, labelled: LabelledChat, labels: Mapping[str, Intent], answer: Answer, alter: Alter | None
    ) -> Iterator[Turn]:
        self._listener.answer = answer
        self._listener.heard = []
        self._engine.follow([alter(m) if alter and m.from_customer else m for m in labelled.chat.messages])
        for utterance, context, found in self._listener.heard:
            if label := labels.get(utterance.message.id):
                yield Turn(labelled.id, utterance, context, label, found)


def _labels(labelled: LabelledChat) -> dict[str, Intent]:
    return {message: Intent(label) for message, label in labelled.gold.intents.items()}
