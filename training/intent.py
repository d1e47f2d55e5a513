"""Learns to tell the intent of a message, and measures it on shops that it has not seen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

from engine.intent import IntentClassifier
from engine.intent.features import Observation, observe
from engine.intent.grams import chains, pieces
from engine.order import Intent
from training.corpus import ChatTurns, History, Turn, with_history

_FOLDS = 10
_RAREST = 2  # a feature seen in fewer messages is left out
_CUE_SCALE = 0.25  # cues are many and stand together: let each count for less than a word
_SOFTNESS = 10.0  # scikit-learn's C

Probabilities = Mapping[Intent, float]


@dataclass(frozen=True, slots=True)
class Prediction:
    """What was predicted for a labelled turn."""

    turn: Turn
    probabilities: Probabilities

    @property
    def intent(self) -> Intent:
        """The most probable intent."""
        return max(self.probabilities, key=self.probabilities.__getitem__)

    @property
    def is_right(self) -> bool:
        """Whether the most probable intent is the label."""
        return self.intent is self.turn.intent


def new_pipeline() -> Pipeline:
    """The model as scikit-learn has it: from `Observation`s to intents."""
    features = [
        ("pieces", TfidfVectorizer(analyzer=_pieces, min_df=_RAREST, sublinear_tf=True)),
        ("chains", TfidfVectorizer(analyzer=_chains, min_df=_RAREST, sublinear_tf=True)),
        ("cues", CountVectorizer(analyzer=_cues, min_df=_RAREST, binary=True, dtype=np.float64)),
    ]
    return Pipeline(
        [
            ("features", FeatureUnion(features, transformer_weights={"cues": _CUE_SCALE})),
            ("model", LogisticRegression(C=_SOFTNESS, max_iter=400, tol=1e-3)),
        ]
    )


def _pieces(seen: Observation) -> list[str]:
    return [piece for word in seen.words for piece in pieces(word)]


def _chains(seen: Observation) -> list[str]:
    return list(chains(seen.words))


def _cues(seen: Observation) -> tuple[str, ...]:
    return seen.cues


def fit(chats: Iterable[ChatTurns], histories: Iterable[Sequence[Intent | None]]) -> Pipeline:
    """Learn from the labelled turns of chats in which the messages are taken to have had these intents."""
    seen: list[Observation] = []
    labels: list[str] = []
    for chat, history in zip(chats, histories, strict=True):
        for turn, context in with_history(chat, history):
            if turn.intent:
                seen.append(observe(turn.utterance, context))
                labels.append(turn.intent.value)
    return new_pipeline().fit(seen, labels)


def gold_history(chat: ChatTurns) -> list[Intent | None]:
    """The labels of a chat's turns."""
    return [turn.intent for turn in chat.turns]


def predict(classifier: IntentClassifier, chat: ChatTurns) -> Iterator[Prediction]:
    """What the classifier makes of a chat, going by its own earlier predictions."""
    history = History()
    for turn in chat.turns:
        if turn.intent is None:
            continue
        found = Prediction(turn, classifier.probabilities(turn.utterance, history.fill(turn)))
        history.add(turn, found.intent)
        yield found
