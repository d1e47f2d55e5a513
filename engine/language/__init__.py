"""Languages are data: one folder each with the words that orders are made of."""

from engine.language.language import languages
from engine.language.lexicon import Lexicon
from engine.language.role import Role, Tag

__all__ = ["Lexicon", "Role", "Tag", "languages"]
