"""Messages found by their words."""

from typing import Any

from sqlalchemy import ColumnElement, func

from api.conversation.models import Message


def says(words: str, content: ColumnElement[Any] | None = None) -> ColumnElement[bool]:
    """Whether a message has all of the words, or such as begin like them; found by an index.

    `content` is the message's where it comes from a subquery.
    """
    said = func.to_tsvector("simple", Message.content if content is None else content)
    return said.op("@@")(func.to_tsquery("simple", _prefixes(words)))


def _prefixes(words: str) -> str:
    r"""`words` as a text-search query: all of them, each as the beginning of a word.

    >>> _prefixes("lal sa")
    "'lal':* & 'sa':*"
    """
    quoted = (word.replace("\\", " ").replace("'", " ").strip() for word in words.split())
    return " & ".join(f"'{word}':*" for word in quoted if word)
