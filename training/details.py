"""Trains the tagger of addresses and names on the labelled chats, by aligning their gold to the messages' words."""

import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.conversation import Message
from engine.extraction.detail.address import taken_tokens
from engine.extraction.detail.feature import token_features
from engine.extraction.detail.heard import Heard, Turn, hear
from engine.extraction.detail.tagger import ADDRESS, LABELS, NAME, OUTSIDE, Tagger
from engine.extraction.utterance import Annotator
from engine.language.lexicon import Lexicon, spoken
from engine.order import Intent
from engine.text import fold
from training.labelled_chat import LabelledChat

WEIGHTS = Path(__file__).resolve().parent.parent / "engine/extraction/detail/tagger.json"
_EPOCHS = 12
_INTENT_UNKNOWN = 0.4  # share of passes that hide the intent, so that a wrong one does little harm
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Example:
    """A message's features and labels, one for each token."""

    features: tuple[tuple[str, ...], ...]
    labels: tuple[int, ...]


def turns_of(chat: LabelledChat, *, with_intents: bool = True) -> list[Turn]:
    """A chat's turns with gold intents; no tokens are taken by goods."""
    annotator = Annotator(lambda word: False)
    messages = chat.chat.messages
    split = [fold(word) for message in messages for word in message.text.split()]
    lexicon = Lexicon.of(spoken(split))
    return [
        Turn(annotator.read(message, lexicon), _intent(chat, message) if with_intents else None) for message in messages
    ]


def _intent(chat: LabelledChat, message: Message) -> Intent | None:
    label = chat.gold.intents.get(message.id)
    return Intent(label) if label else None


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
    for a, b in zip(inside, inside[1:], strict=False):
        if 1 < b - a <= 2:
            row[a + 1 : b] = [ADDRESS if label == OUTSIDE else label for label in row[a + 1 : b]]


def examples_of(chat: LabelledChat, *, hide_intents: bool) -> list[Example]:
    """The chat's messages to learn from; none where gold keeps silent about what may be an address."""
    if chat.gold.stage != "order":
        return []
    heard = hear(turns_of(chat, with_intents=not hide_intents))
    labels = labels_of(chat, heard)
    examples, after = [], False
    for h in heard:
        if h.index not in labels:
            continue
        taken = taken_tokens(h)
        row = tuple(OUTSIDE if i in taken else label for i, label in enumerate(labels[h.index]))
        features = token_features(h, taken, after_address=after)
        after = ADDRESS in row
        if not _may_be_unlabelled(h, row):
            examples.append(Example(tuple(map(tuple, features)), row))
    return examples


def _may_be_unlabelled(heard: Heard, row: Sequence[int]) -> bool:
    """An address of an earlier order, or one that was replaced, is no example of what is none."""
    places = sum(bool(k & {"address.house", "address.street", "address.area", "city"}) for k in heard.kinds)
    return ADDRESS not in row and places >= 3


def train(chats: Sequence[LabelledChat], report: Callable[[str], None] = lambda _: None) -> Tagger:
    """A tagger learned from `chats` as an averaged structured perceptron; the same chats make the same tagger."""
    dice = random.Random(1)  # noqa: S311 - an order of examples, no secret
    known = [example for chat in chats for example in examples_of(chat, hide_intents=False)]
    blind = [example for chat in chats for example in examples_of(chat, hide_intents=True)]
    weights: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(LABELS))
    totals: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(LABELS))
    moves = [[0.0] * len(LABELS) for _ in LABELS]
    move_totals = [[0.0] * len(LABELS) for _ in LABELS]
    tagger = Tagger(weights, moves)
    step = 0
    for epoch in range(_EPOCHS):
        order = list(range(len(known)))
        dice.shuffle(order)
        wrong = 0
        for at in order:
            example = blind[at] if dice.random() < _INTENT_UNKNOWN else known[at]
            step += 1
            scores = [tagger._score(names) for names in example.features]  # noqa: SLF001 - the trainer is its friend
            path = tagger.best_path(scores)
            if tuple(path) == example.labels:
                continue
            wrong += 1
            for i, (got, want) in enumerate(zip(path, example.labels, strict=True)):
                if got != want:
                    for name in example.features[i]:
                        weights[name][want] += 1
                        weights[name][got] -= 1
                        totals[name][want] += step
                        totals[name][got] -= step
            for labels, sign in ((example.labels, 1), (path, -1)):
                for a, b in zip(labels, labels[1:], strict=False):
                    moves[a][b] += sign
                    move_totals[a][b] += sign * step
        report(f"epoch {epoch + 1}: {wrong} of {len(order)} messages wrong")
    step += 1
    averaged = {
        name: [round(w - t / step, 3) for w, t in zip(row, totals[name], strict=True)] for name, row in weights.items()
    }
    kept = {name: row for name, row in sorted(averaged.items()) if any(abs(w) >= 0.05 for w in row)}
    return Tagger(
        kept,
        [[round(w - t / step, 3) for w, t in zip(*rows, strict=True)] for rows in zip(moves, move_totals, strict=True)],
    )


def save(tagger: Tagger, path: Path = WEIGHTS) -> None:
    """Write a tagger's weights for the engine to load."""
    data = {"transitions": tagger.transitions, "weights": tagger.weights}
    lines = ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(row)}" for name, row in tagger.weights.items()
    )
    path.write_text(
        f'{{"transitions": {json.dumps(data["transitions"])}, "weights": {{\n{lines}\n}}}}\n', encoding="utf-8"
    )
