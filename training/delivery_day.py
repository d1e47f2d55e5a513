"""Trains the chooser of delivery days: which of a chat's mentions of days is the one that gold names."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from engine.conversation import Message, Sender
from engine.extraction.detail.address import tag_all
from engine.extraction.detail.day import DayChooser, candidates, mention_features
from engine.extraction.detail.earlier import order_start
from engine.extraction.detail.heard import hear
from training.details import turns_from, turns_of
from training.labelled_chat import LabelledChat

WEIGHTS = Path(__file__).resolve().parent.parent / "engine/extraction/detail/day.json"
_SAMPLES = Path(__file__).resolve().parent / "day_samples.txt"
_STRENGTH = 0.2  # of the fit; smaller is smoother
_SAMPLES_COUNT_AS = 2  # as each chat is read with intents and without
_RAREST = 3  # mentions that a feature must be seen in

Lesson = tuple[list[str], bool]


def lessons_of(chat: LabelledChat) -> Iterator[Lesson]:
    """Each mention's features, with intents and without, and whether it is gold's day."""
    if chat.gold.stage != "order":
        return
    for with_intents in (True, False):
        heard = hear(turns_of(chat, with_intents=with_intents))
        labels = {message.heard.index: message.labels for message in tag_all(heard)}
        for h in heard[order_start(heard) :]:
            for mention in candidates(h, labels.get(h.index, ())):
                right = mention.day.isoformat() == chat.gold.fields["deliver_on"]
                yield mention_features(mention), right


def sample_lessons(template: Message) -> Iterator[Lesson]:
    """What there is to learn from `day_samples.txt`; `template` lends its time."""
    for line in _SAMPLES.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        asked, _, said = line.rpartition(">")
        text = re.sub(r"[\[\]()]", "", said).strip()
        seller = [replace(template, id="b", sender=Sender.BUSINESS, text=asked)] if asked else []
        heard = hear(turns_from([*seller, replace(template, id="c", sender=Sender.CUSTOMER, text=text)]))
        right = _marked(said.strip())
        yield from (
            (mention_features(m), heard[-1].text[: m.span.start].count(" ") in right) for m in candidates(heard[-1], ())
        )


def _marked(said: str) -> set[int]:
    """The numbers of the words at which a day meant for the delivery begins."""
    return {said[: match.start()].count(" ") for match in re.finditer(r"\[", said)}


def train(lessons: Sequence[Lesson]) -> DayChooser:
    """A chooser learned from `lessons` by logistic regression."""
    seen = Counter(name for names, _ in lessons for name in names)
    rows = [{name: 1.0 for name in names if seen[name] >= _RAREST} for names, _ in lessons]
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=_STRENGTH, max_iter=1000, fit_intercept=False)
    model.fit(vectorizer.fit_transform(rows), [right for _, right in lessons])
    weights = zip(vectorizer.get_feature_names_out(), model.coef_[0].tolist(), strict=True)
    return DayChooser({name: round(weight, 3) for name, weight in weights if abs(weight) >= 0.01})


def learn(chats: Sequence[LabelledChat]) -> DayChooser:
    """The chooser that ships: learned from labelled chats and the written samples."""
    lessons = [lesson for chat in chats for lesson in lessons_of(chat)]
    samples = list(sample_lessons(chats[0].chat.messages[0]))
    return train(lessons + samples * _SAMPLES_COUNT_AS)


def save(chooser: DayChooser, path: Path = WEIGHTS) -> None:
    """Write a chooser's weights for the engine to load."""
    path.write_text(json.dumps(chooser.weights, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    DayChooser.trained.cache_clear()
