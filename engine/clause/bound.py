"""Which words belong to the one before over an "and", as they do in a product's name: "cheese & onion pasty"."""

from engine.catalog_match.index import CatalogIndex
from engine.extraction.utterance import Utterance
from engine.language import Role
from engine.text import stem


def bound(utterance: Utterance, index: CatalogIndex) -> frozenset[int]:
    """The words with an "and" before them that the catalogue, too, writes between these two."""
    if Role.AND not in utterance.tags.kinds:
        return frozenset()
    joints = (tag.start for tag in utterance.tags.all if tag.role is Role.AND and tag.end == tag.start + 1)
    return frozenset(joint + 1 for joint in joints if _binds(utterance, index, joint))


def _binds(utterance: Utterance, index: CatalogIndex, joint: int) -> bool:
    """Whether a name holds the words around a sign that means "and" side by side, or with the "and" between them."""
    tokens = utterance.tokens
    if not 0 < joint < len(tokens) - 1 or not tokens[joint - 1].is_word or not tokens[joint + 1].is_word:
        return False
    left, sign, right = (token.word for token in tokens[joint - 1 : joint + 2])
    if _holds(index, left, right):
        return True
    return _holds(index, left, sign) and _holds(index, sign, right)


def _holds(index: CatalogIndex, left: str, right: str) -> bool:
    """Whether a name of the catalogue has two words side by side."""
    joined = (index.exact(one + other) for one in {left, stem(left)} for other in {right, stem(right)})
    is_value = {left, right} <= index.option_words  # "black & white"
    return any(hit is not None and (is_value or index.is_naming(hit.word)) for hit in joined)
