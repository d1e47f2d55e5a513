"""Spoils messages as hurried thumbs do: typos, dropped vowels, joined words, other words for the same thing."""

import random
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from engine.conversation import Message
from engine.language import Role, languages
from engine.text import fold

_WORD = re.compile(r"[^\W\d_]{3,}")
_NEIGHBORS = {
    letter: row[max(0, place - 1) : place] + row[place + 1 : place + 2]
    for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    for place, letter in enumerate(row)
}
_VOWELS = frozenset("aeiou")
# Roles whose words stand for one another; of the others only words with the same value do.
_ALIKE = frozenset({
    Role.WANT, Role.GIVE, Role.ADD, Role.YES, Role.CANCEL, Role.GREETING, Role.THANKS, Role.ASK_PRICE, Role.ASK_STOCK,
    Role.COMPLAINT, Role.PAID, Role.STATUS, Role.LATER, Role.REMOVE,
})  # fmt: skip
_VALUED = frozenset({Role.COLOR, Role.NUMBER, Role.UNIT, Role.DAY, Role.PAYMENT, Role.GOODS})

Change = Callable[[str, random.Random], str]


class Noise:
    """Alters messages; the same seed and message give the same result.

    `share` is the chance of each word to be misspelt, and of each known word to be swapped.
    """

    def __init__(self, seed: int, share: float = 0.15) -> None:
        """Remember how much to spoil."""
        self._seed = seed
        self._share = share

    def __call__(self, message: Message) -> Message:
        """The message as someone else, or someone in a hurry, would have typed it."""
        chance = random.Random(f"{self._seed} {message.text}")  # noqa: S311 - for repeatable noise, not for secrets
        text = _WORD.sub(lambda match: self._altered(match.group(), chance), message.text)
        if chance.random() < self._share:
            text = _joined(text, chance)
        return replace(message, text=text)

    def _altered(self, word: str, chance: random.Random) -> str:
        if chance.random() < self._share:
            word = swapped(word, chance)
        if chance.random() < self._share and word.isascii() and len(word) > 1:
            word = chance.choice(_CHANGES)(word, chance)
        return word


def swapped(word: str, chance: random.Random) -> str:
    """Another word that does the same, of any language that is always read; the word itself if there is none."""
    others = _alike().get(fold(word))
    return chance.choice(others) if others else word


def _dropped_vowels(word: str, chance: random.Random) -> str:
    return word[0] + "".join(c for c in word[1:] if c not in _VOWELS or chance.random() < 0.3)


def _doubled(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word))
    return word[:place] + word[place] + word[place:]


def _left_out(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word))
    return word[:place] + word[place + 1 :]


def _turned(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _slipped(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word))
    near = _NEIGHBORS.get(word[place])
    return word[:place] + chance.choice(near) + word[place + 1 :] if near else word


_CHANGES: tuple[Change, ...] = (_dropped_vowels, _doubled, _left_out, _turned, _slipped)


def _joined(text: str, chance: random.Random) -> str:
    """The text without one of the spaces between letters."""
    spaces = [match.start() for match in re.finditer(r"(?<=[^\W\d_]) (?=[^\W\d_])", text)]
    if not spaces:
        return text
    place = chance.choice(spaces)
    return text[:place] + text[place + 1 :]


@cache
def _alike() -> dict[str, list[str]]:
    """Single words by a word that they can stand for."""
    groups: dict[tuple[Role, str], list[str]] = defaultdict(list)
    roles: dict[str, set[Role]] = defaultdict(set)
    for language in (language for language in languages().values() if language.always):
        for words, role, value in language.words:
            roles[" ".join(words)].add(role)
            if role in _ALIKE or role in _VALUED:
                groups[role, value if role in _VALUED else ""].append(" ".join(words))
    alike: dict[str, list[str]] = defaultdict(list)
    for (role, _), words_of_group in groups.items():
        plain = [word for word in words_of_group if roles[word] == {role}]
        for word in plain:
            alike[word] += [other for other in plain if other != word]
    return {word: sorted(set(others)) for word, others in alike.items() if others}
