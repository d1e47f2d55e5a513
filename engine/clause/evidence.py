"""How much each word of a message speaks for each product."""

from dataclasses import dataclass

import numpy as np

from engine.catalog_match.index import CatalogIndex, Hit, concept
from engine.extraction.utterance import COMMA, Utterance
from engine.extraction.detail.vocabulary import Vocabulary
from engine.extraction.number import NumberKind
from engine.language import Role

# A word that orders are made of ("send", "full", "set") may be in a title too: it counts for less.
_FUNCTION_WORD, _PACK_WORD, _NUMBER = 0.25, 0.5, 0.8
_CONTENT_ROLES = frozenset({Role.GOODS, Role.COLOR, Role.SIZE})
_WEAK_ROLES = frozenset({Role.PACK, Role.COUNT, Role.UNIT, Role.PLACE, Role.TIME, Role.HONORIFIC, Role.AT_PHONE})
_GLUE = frozenset({Role.AND, Role.OR, Role.NOT, Role.STOP, Role.GIVE, Role.WANT, Role.QUESTION, Role.THIS, Role.THAT})
_MOST_GROUPS = 400  # rarer words decide; groups beyond these have only common words
_UNKNOWN_NEED = 2.2  # what a word needs to be explained by that no catalogue word comes near
_CONCEPT_SIMILARITY = 0.95


@dataclass(frozen=True)
class Evidence:
    """`mass[t, g]`: what token t says for product `groups[g]`; `best[t]` its most for any; `need[t]` what it asks."""

    groups: np.ndarray
    mass: np.ndarray
    best: np.ndarray
    need: np.ndarray
    unknown: np.ndarray  # tokens with letters that neither language nor catalogue knows
    naming: np.ndarray  # tokens that name a product, rather than a color or a size of one
    content: np.ndarray  # tokens that may name a product or one of its options


def gather(utterance: Utterance, index: CatalogIndex) -> Evidence:
    """The evidence of all words of an utterance."""
    rows: list[dict[int, float]] = [{} for _ in utterance.tokens]
    known = np.zeros(len(utterance.tokens), dtype=bool)
    naming = np.zeros(len(utterance.tokens), dtype=bool)
    for position in range(len(utterance.tokens)):
        known[position] = _collect(utterance, index, position, rows, naming)
    groups = np.array(_most_likely(rows), dtype=np.int32)
    column = {int(group): i for i, group in enumerate(groups)}
    mass = np.zeros((len(rows), len(groups)), dtype=np.float32)
    for position, row in enumerate(rows):
        for group, value in row.items():
            if group in column:
                mass[position, column[group]] = value
    best = mass.max(axis=1) if len(groups) else np.zeros(len(rows), dtype=np.float32)
    unknown = np.array([_is_unknown(utterance, i, known[i]) for i in range(len(rows))], dtype=bool)
    need = np.where(unknown & (best == 0), _UNKNOWN_NEED, best).astype(np.float32)
    glue = np.array([bool((r := utterance.tags.roles(i)) & _GLUE and not r & _CONTENT_ROLES) for i in range(len(rows))], dtype=bool)
    content = (best >= 0.5) & ~glue
    return Evidence(groups, mass, best, need, unknown, naming, content)


def _collect(
    utterance: Utterance, index: CatalogIndex, position: int, rows: list[dict[int, float]], naming: np.ndarray
) -> bool:
    """Add what begins at a token; whether the catalogue knows its word."""
    token = utterance.tokens[position]
    roles = utterance.tags.roles(position)
    number = utterance.number_at.get(position)
    known = False
    if utterance.tags.is_inside_saying(position):
        return True
    if position + 1 < len(utterance.tokens):
        _collect_joined(utterance, index, position, rows, naming)
    for tag in (utterance.tags.at(position, role) for role in (Role.GOODS, Role.COLOR, Role.SIZE)):
        if tag and (hit := index.exact(concept(tag.role, tag.value))):
            for inside in range(tag.start, tag.end):
                _add(rows[inside], index, Hit(hit.word, _CONCEPT_SIMILARITY), 1 / (tag.end - tag.start))
                naming[inside] |= tag.role is Role.GOODS and bool(index.naming[hit.word])
            known = True
    if Role.PACK in roles and token.word not in index.option_words and _counts_before(utterance, position):
        return True
    if number is not None and number.kind in (NumberKind.LONG, NumberKind.PRICE, NumberKind.WHEN, NumberKind.INDEX, NumberKind.PLACE):
        return known
    if token.is_number:
        hit = index.exact(token.word)
        if hit and (token.word in index.numeric_options or _is_tied(utterance, index, position)):
            _add(rows[position], index, hit, _NUMBER)
        return True
    if not token.is_word or (number is not None and position >= number.digits):
        return known
    hits = index.hits(token.word)
    function = roles - _CONTENT_ROLES - _WEAK_ROLES
    if roles and not roles & _CONTENT_ROLES and utterance.tags.is_spelled(position):
        hits = tuple(hit for hit in hits if hit.similarity >= 0.98)
    is_option = token.word in index.option_words and not roles & _GLUE
    if not utterance.tags.is_spelled(position) and hits:
        roles = roles & _CONTENT_ROLES
    factor = 1.0 if not roles or roles & _CONTENT_ROLES or is_option else _FUNCTION_WORD if function else _PACK_WORD
    for hit in hits:
        _add(rows[position], index, hit, factor)
    naming[position] |= any(index.naming[hit.word] and hit.similarity >= 0.7 for hit in hits[:3])
    return known or bool(hits)


def _counts_before(utterance: Utterance, position: int) -> bool:
    """Whether a number stands just before a container word: "10 kilo chi bag"."""
    return any(p in utterance.number_at for p in range(max(0, position - 3), position))


def _is_tied(utterance: Utterance, index: CatalogIndex, position: int) -> bool:
    """Whether the catalogue writes a number beside the word that it stands beside here ("note 12", "12 pro")."""
    tokens = utterance.tokens
    word = tokens[position].word
    before = position and utterance.breaks[position] < COMMA and index.exact(tokens[position - 1].word + word)
    after = (
        position + 1 < len(tokens)
        and utterance.breaks[position + 1] < COMMA
        and index.exact(word + tokens[position + 1].word)
    )
    return bool(before or after)


def _collect_joined(
    utterance: Utterance, index: CatalogIndex, position: int, rows: list[dict[int, float]], naming: np.ndarray
) -> None:
    """Two words that the catalogue writes as one ("air dopes")."""
    left, right = utterance.tokens[position : position + 2]
    if not (left.is_word or left.is_number) or not (right.is_word or right.is_number) or left.end + 1 < right.start:
        return
    if hit := index.exact(left.word + right.word):
        for row in rows[position : position + 2]:
            _add(row, index, hit, 0.5)
        naming[position : position + 2] |= bool(index.naming[hit.word])


def _add(row: dict[int, float], index: CatalogIndex, hit: Hit, factor: float) -> None:
    posting = index.postings[hit.word]
    value = float(index.worth[hit.word]) * hit.similarity**2 * factor
    for group, weight in zip(posting.groups.tolist(), posting.weights.tolist(), strict=True):
        mass = value * weight
        if mass > row.get(group, 0.0):
            row[group] = mass


def _most_likely(rows: list[dict[int, float]]) -> list[int]:
    totals: dict[int, float] = {}
    for row in rows:
        for group, value in row.items():
            totals[group] = totals.get(group, 0.0) + value
    return sorted(totals, key=lambda group: (-totals[group], group))[:_MOST_GROUPS]


def _is_unknown(utterance: Utterance, position: int, known: bool) -> bool:
    token = utterance.tokens[position]
    if token.word in Vocabulary.shared().names():
        return False
    return (
        token.is_word
        and not known
        and len(token.word) > 2
        and not utterance.tags.roles(position)
        and position not in utterance.number_at
    )
