"""A number of the address put right: "flat no is 304 not 403", "403 nahi 304", "sorry 304, not 403"."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from engine.conversation import Span
from engine.extraction.detail.heard import Heard
from engine.language import Role

_LONGEST = 12  # tokens; a longer message says more than a correction


@dataclass(frozen=True, slots=True)
class Correction:
    """`wrong`, a number as the address has it, stands for `right`."""

    wrong: str
    right: str
    span: Span

    def apply(self, text: str) -> str:
        """`text` with the number put right.

        >>> from engine.conversation import Span
        >>> Correction("403", "304", Span("m1", 0, 0, "")).apply("Flat 403, Rose Villa")
        'Flat 304, Rose Villa'
        """
        return re.sub(rf"(?<!\w){re.escape(self.wrong)}(?!\w)", self.right, text, count=1, flags=re.IGNORECASE)


def correct(heard: Heard, words: Collection[str]) -> Correction | None:
    """The correction that a message makes to an address of these folded words, where it makes one."""
    if len(heard.tokens) > _LONGEST:
        return None
    numbers = [i for i, token in enumerate(heard.tokens) if any(char.isdigit() for char in token.raw)]
    wrong = [i for i in numbers if heard.tokens[i].word in words and _is_refused(heard, i)]
    right = [i for i in numbers if heard.tokens[i].word not in words]
    if len(wrong) != 1 or len(right) != 1:
        return None
    first, last = min(wrong + right), max(wrong + right)
    return Correction(heard.tokens[wrong[0]].raw, heard.tokens[right[0]].raw, heard.span(first, last + 1))


def _is_refused(heard: Heard, index: int) -> bool:
    """Whether a no stands beside a number."""
    near = (i for i in (index - 1, index + 1) if 0 <= i < len(heard.tokens))
    return any("correction.not" in heard.kinds[i] or Role.NOT in heard.roles[i] for i in near)
