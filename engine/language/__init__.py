"""Languages are data: one folder each with the words that orders are made of."""

from engine.language.lexicon import Lexicon, Role, Tag, languages

__all__ = ["Lexicon", "Role", "Tag", "languages"]
