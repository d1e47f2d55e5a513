"""Turns what scikit-learn has learned into the plain arrays that the engine reads."""

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

from engine.intent.weights import BLOCKS, Block, Floats, Weights, rounded


def prepare(pipeline: Pipeline, temperature: float) -> None:
    """Cool a fitted pipeline's scores by `temperature` and round all it has learned to the file's precision."""
    features: FeatureUnion = pipeline["features"]
    model: LogisticRegression = pipeline["model"]
    scale = _scale(features)
    model.coef_ = rounded(model.coef_ * scale / temperature) / scale
    model.intercept_ = model.intercept_ / temperature
    for _, vectorizer in features.transformer_list:
        if isinstance(vectorizer, TfidfVectorizer):
            vectorizer.idf_ = rounded(vectorizer.idf_)


def weights_of(pipeline: Pipeline) -> Weights:
    """The weights of a pipeline of `training.intent`; equal to it where it was prepared."""
    features: FeatureUnion = pipeline["features"]
    model: LogisticRegression = pipeline["model"]
    vectorizers: dict[str, CountVectorizer] = dict(features.transformer_list)
    ends = np.cumsum([len(vectorizers[name].vocabulary_) for name in BLOCKS])
    parts = np.split((model.coef_ * _scale(features)).T, ends[:-1])
    blocks = {name: _block(vectorizers[name], part) for name, part in zip(BLOCKS, parts, strict=True)}
    return Weights(tuple(model.classes_.tolist()), blocks, model.intercept_)


def _scale(features: FeatureUnion) -> Floats:
    """What the union multiplies each column by."""
    weights = features.transformer_weights or {}
    return np.concatenate(
        [np.full(len(v.vocabulary_), weights.get(name, 1.0)) for name, v in features.transformer_list]
    )


def _block(vectorizer: CountVectorizer, weights: Floats) -> Block:
    factors = vectorizer.idf_ if isinstance(vectorizer, TfidfVectorizer) else np.ones(len(weights))
    return Block(tuple(vectorizer.get_feature_names_out().tolist()), factors, weights)
