"""Trains the tagger of addresses and names: on labelled chats, gold aligned to the words, and made-up talks."""

import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from engine.conversation import Message, Sender
from engine.extraction.detail.address import phones_and_codes, taken_tokens
from engine.extraction.detail.feature import message_features
from engine.extraction.detail.heard import Heard, Turn, hear
from engine.extraction.detail.tagger import ADDRESS, LABELS, NAME, OUTSIDE, Tagger
from engine.extraction.utterance import Annotator
from engine.language.lexicon import Lexicon, spoken
from engine.order import Intent
from engine.text import fold
from training.address_samples import Maker, Marked
from training.labelled_chat import LabelledChat

WEIGHTS = Path(__file__).resolve().parent.parent / "engine/extraction/detail/tagger.json"
NO_INTENTS: Mapping[str, Intent] = MappingProxyType({})
_EPOCHS = 10
_SAMPLES = 4500
_INTENT_UNKNOWN = 0.4  # share of passes that hide the intent, so that a wrong one does little harm
_SMALLEST_WEIGHT = 0.08
_WORD = re.compile(r"[^\W_]+")


def _no_catalog(_: str) -> bool:
    return False


_ANNOTATOR = Annotator(_no_catalog)


@dataclass(frozen=True)
class Example:
    """A message's features, named, and labels, one for each token."""

    features: tuple[tuple[str, ...], ...]
    labels: tuple[int, ...]


def turns_of(chat: LabelledChat, *, with_intents: bool = True) -> list[Turn]:
    """A chat's turns with gold intents; no tokens are taken by goods."""
    intents = {m.id: Intent(chat.gold.intents[m.id]) for m in chat.chat.messages if m.id in chat.gold.intents}
    return turns_from(chat.chat.messages, intents if with_intents else {})


def turns_from(messages: Sequence[Message], intents: Mapping[str, Intent] = NO_INTENTS) -> list[Turn]:
    """Turns of messages, read without a catalogue; no tokens are taken by goods."""
    lexicon = Lexicon.of(spoken(fold(word) for message in messages for word in message.text.split()))
    return [Turn(_ANNOTATOR.read(message, lexicon), intents.get(message.id)) for message in messages]


def labels_of(chat: LabelledChat, heard: Sequence[Heard]) -> dict[int, list[int]]:
    """Labels of the customer's messages by turn, as far as gold tells."""
    labels = {h.index: [OUTSIDE] * len(h.tokens) for h in heard if h.from_customer and h.tokens}
    for segment in (chat.gold.fields["address"] or "").split(","):
        for index, place in _occurrences(segment, heard):
            labels[index][place.start : place.stop] = [ADDRESS] * len(place)
    for index, place in _occurrences(chat.gold.fields["name"] or "", heard):
        if OUTSIDE in labels[index][place.start : place.stop]:
            labels[index][place.start : place.stop] = [NAME] * len(place)
    for row in labels.values():
        _bridge(row)
    return labels


def _occurrences(text: str, heard: Sequence[Heard]) -> Iterable[tuple[int, range]]:
    """Where the words of `text` stand in order in a customer's message."""
    wanted = [fold(word) for word in _WORD.findall(text)]
    if not wanted:
        return
    for h in heard:
        if not h.from_customer:
            continue
        words = [(i, fold(w)) for i, token in enumerate(h.tokens) for w in _WORD.findall(token.raw)]
        for at in range(len(words) - len(wanted) + 1):
            if [word for _, word in words[at : at + len(wanted)]] == wanted:
                yield h.index, range(words[at][0], words[at + len(wanted) - 1][0] + 1)


def _bridge(row: list[int]) -> None:
    """Give the signs between two stretches of an address to it."""
    inside = [i for i, label in enumerate(row) if label == ADDRESS]
    for a, b in pairwise(inside):
        if 1 < b - a <= 2:
            row[a + 1 : b] = [ADDRESS if label == OUTSIDE else label for label in row[a + 1 : b]]


def examples_of(chat: LabelledChat, *, hide_intents: bool = False) -> list[Example]:
    """The chat's messages to learn from; none where gold keeps silent about what may be an address."""
    if chat.gold.stage != "order":
        return []
    heard = hear(turns_of(chat, with_intents=not hide_intents))
    return [e for e, h in _examples(heard, labels_of(chat, heard)) if not _may_be_unlabelled(h, e.labels)]


def _examples(heard: Sequence[Heard], labels: dict[int, list[int]]) -> Iterator[tuple[Example, Heard]]:
    after = False
    for h in heard:
        if h.index not in labels:
            continue
        taken = taken_tokens(*phones_and_codes(h))
        row = tuple(OUTSIDE if i in taken else label for i, label in enumerate(labels[h.index]))
        features = message_features(h, taken, after_address=after)
        after = ADDRESS in row
        yield Example(tuple(features.names()), row), h


def _may_be_unlabelled(heard: Heard, row: Sequence[int]) -> bool:
    """An address of an earlier order, or one that was replaced, is no example of what is none."""
    places = sum(bool(k & {"address.house", "address.street", "address.area", "city"}) for k in heard.kinds)
    return ADDRESS not in row and places >= 3


def made_up_examples(count: int, template: Message) -> Iterator[Example]:
    """Examples from invented talks; `template` lends its time."""
    maker = Maker()
    for _ in range(count):
        sample = maker.sample()
        seller = [replace(template, id="b", sender=Sender.BUSINESS, text=sample.asked)] if sample.asked else []
        customer = [
            replace(template, id=f"c{n}", sender=Sender.CUSTOMER, text="".join(text for text, _ in marked))
            for n, marked in enumerate(sample.messages)
        ]
        heard = hear(turns_from([*seller, *customer]))
        marks = dict(zip([h.index for h in heard if h.from_customer], sample.messages, strict=True))
        labels = {index: _marked_labels(heard[index], marked) for index, marked in marks.items()}
        yield from (example for example, _ in _examples(heard, labels))


def _marked_labels(heard: Heard, marked: Marked) -> list[int]:
    ends, at = [], 0
    for text, label in marked:
        at += len(text)
        ends.append((at, label))
    row = [next((label for end, label in ends if token.start < end), OUTSIDE) for token in heard.tokens]
    return [
        label if token.raw != "," or label != NAME else OUTSIDE for token, label in zip(heard.tokens, row, strict=True)
    ]


class _Perceptron:
    """An averaged structured perceptron over numbered features."""

    def __init__(self, names: Sequence[str]) -> None:
        self.number = {name: n for n, name in enumerate(names)}
        self.weights = np.zeros((len(names), len(LABELS)))
        self.totals = np.zeros_like(self.weights)
        self.moves = np.zeros((len(LABELS), len(LABELS)))
        self.move_totals = np.zeros_like(self.moves)
        self.step = 0

    def numbered(self, example: Example) -> list[NDArray[np.int64]]:
        """The numbers of each token's features."""
        return [np.array([self.number[name] for name in names]) for names in example.features]

    def learn(self, tokens: Sequence[NDArray[np.int64]], labels: Sequence[int]) -> bool:
        """One step; whether the message was read right before it."""
        self.step += 1
        scores = [self.weights[numbers].sum(axis=0).tolist() for numbers in tokens]
        path = Tagger({}, self.moves.tolist()).best_path(scores)
        if tuple(path) == tuple(labels):
            return True
        for numbers, got, want in zip(tokens, path, labels, strict=True):
            if got != want:
                self._add(self.weights, self.totals, numbers, want, 1)
                self._add(self.weights, self.totals, numbers, got, -1)
        for path_of, sign in ((labels, 1), (path, -1)):
            for a, b in pairwise(path_of):
                self.moves[a, b] += sign
                self.move_totals[a, b] += sign * self.step
        return False

    def _add(
        self, weights: NDArray[np.float64], totals: NDArray[np.float64], at: NDArray[np.int64], label: int, sign: int
    ) -> None:
        weights[at, label] += sign
        totals[at, label] += sign * self.step

    def tagger(self) -> Tagger:
        """The averaged weights, small ones left out."""
        weights = np.round(self.weights - self.totals / (self.step + 1), 3)
        moves = np.round(self.moves - self.move_totals / (self.step + 1), 3)
        kept = {
            name: weights[n].tolist() for name, n in self.number.items() if np.abs(weights[n]).max() >= _SMALLEST_WEIGHT
        }
        return Tagger(dict(sorted(kept.items())), moves.tolist())


Lesson = tuple[Example, Example]  # the same message with its intent and without


def lessons_of(chat: LabelledChat) -> list[Lesson]:
    """What there is to learn from a chat."""
    return list(zip(examples_of(chat), examples_of(chat, hide_intents=True), strict=True))


def made_up_lessons(template: Message, count: int = _SAMPLES) -> list[Lesson]:
    """What there is to learn from invented talks."""
    return [(example, example) for example in made_up_examples(count, template)]


def train(lessons: Sequence[Lesson], report: Callable[[str], None] = lambda _: None) -> Tagger:
    """A tagger learned from `lessons`; the same lessons make the same tagger."""
    dice = random.Random(1)  # noqa: S311 - an order of examples, no secret
    names = sorted({name for lesson in lessons for e in lesson for token in e.features for name in token})
    learner = _Perceptron(names)
    numbered = [(learner.numbered(a), learner.numbered(b), a.labels) for a, b in lessons]
    for epoch in range(_EPOCHS):
        dice.shuffle(numbered)
        right = sum(learner.learn(b if dice.random() < _INTENT_UNKNOWN else a, labels) for a, b, labels in numbered)
        report(f"epoch {epoch + 1}: {len(numbered) - right} of {len(numbered)} messages wrong")
    return learner.tagger()


def learn(chats: Sequence[LabelledChat], report: Callable[[str], None] = lambda _: None) -> Tagger:
    """The tagger that ships: learned from labelled chats and made-up talks."""
    lessons = [lesson for chat in chats for lesson in lessons_of(chat)]
    return train(lessons + made_up_lessons(chats[0].chat.messages[0]), report)


def save(tagger: Tagger, path: Path = WEIGHTS) -> None:
    """Write a tagger's weights for the engine to load."""
    rows = ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(row)}" for name, row in tagger.weights.items()
    )
    text = f'{{"transitions": {json.dumps(tagger.transitions)}, "weights": {{\n{rows}\n}}}}\n'
    path.write_text(text, encoding="utf-8")
    Tagger.trained.cache_clear()
