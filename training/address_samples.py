"""Makes up addresses, names and talks around them: the tagger of details learns more forms than were written."""

import random
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from engine.extraction.detail.tagger import ADDRESS, NAME, OUTSIDE

Marked = list[tuple[str, int]]  # stretches of a text, each with its label

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_COUNTRIES = _DATA["country"]
# "N", "LN", "N/L", "Fth floor", "W's Hall", but not the "N" of "No" or the "L" of "Ln"
_BIT = re.compile(r"F(?=th|nd)|(?<![a-z])[NWACLS](?![a-z])")
_SHARES = {"IN": 8, "HI": 1}  # of the samples; two where nothing is said


@dataclass(frozen=True)
class Sample:
    """What the seller said before (may be nothing) and the customer's marked messages."""

    asked: str
    messages: tuple[Marked, ...]


class Maker:
    """Makes samples; equal seeds make equal ones."""

    def __init__(self, seed: int = 0) -> None:
        self._dice = random.Random(seed)  # noqa: S311 - made-up addresses are no secrets
        self._given, self._family = _people()

    def sample(self) -> Sample:
        """A question and its answer in a random country's form."""
        dice = self._dice
        talk = dice.choice(_DATA["talk"])
        country = dice.choices(list(_COUNTRIES), [_SHARES.get(code, 2) for code in _COUNTRIES])[0]
        style = dice.choice((str, str, str.lower, str.lower, str.upper) if country == "IN" else (str, str, str.lower))
        values: dict[str, Callable[[], Marked]] = {
            "a": lambda: self._address(country), "n": lambda: [(self.name(country), NAME)],
            "h": lambda: [(dice.choice(_DATA["honorifics"]) + " ", OUTSIDE), (self.name(country), NAME)],
            "p": lambda: [(self._phone(country), OUTSIDE)], "z": lambda: [(self._code(country), OUTSIDE)],
            "i": lambda: [(self._item(), OUTSIDE)],
            "x": lambda: [(self.name(country), OUTSIDE)],
        }  # fmt: skip
        messages = [_filled(part, values) for part in talk["said"].split(" | ")]
        return Sample(
            talk.get("asked", ""), tuple([(style(text), label) for text, label in message] for message in messages)
        )

    def _item(self) -> str:
        """A wish for goods, which looks like no address."""
        dice = self._dice
        many = dice.choice(_DATA["amounts"])
        what = dice.choice(_DATA["goods"]) if dice.random() < 0.8 else self._word()
        kind = dice.choice(_DATA["kinds"])
        return dice.choice(
            (f"{many} {kind}{what}", f"{kind}{what} {many}", f"{kind}{what} - {many}", f"{many} {kind}{what}")
        )

    def name(self, country: str) -> str:
        """A person's name: known, half known or made up."""
        dice = self._dice
        if country == "HI":
            return " ".join(dice.sample(_DATA["devanagari"], dice.choice((1, 2, 2))))
        given = dice.choice(self._given) if dice.random() < 0.7 else self._word()
        family = dice.choice(self._family) if dice.random() < 0.6 else self._word()
        initial = chr(dice.randrange(65, 91))
        forms = (
            given,
            f"{given} {family}",
            f"{given} {family}",
            f"{initial}. {family}",
            f"{given} {initial}. {family}",
            f"{given} {family} {family}",
        )
        return dice.choices(forms, (3, 6, 6, 1, 1, 1))[0].title()

    def _address(self, country: str) -> Marked:
        parts = [self._part(part, country) for part in self._dice.choice(_COUNTRIES[country]["forms"]).split("|")]
        joint = self._dice.choices((", ", ",", " ", "\n"), (12, 2, 6, 2))[0]
        return [(joint.join(parts), ADDRESS)]

    def _part(self, form: str, country: str) -> str:
        return _BIT.sub(lambda bit: self._bit(bit.group(), country), form)

    def _bit(self, bit: str, country: str) -> str:
        dice = self._dice
        makers: dict[str, Callable[[], str]] = {
            "N": lambda: str(dice.choice((dice.randrange(1, 20), dice.randrange(1, 999)))),
            "F": lambda: str(dice.randrange(2, 12)),
            "L": lambda: chr(dice.randrange(65, 73)),
            "C": lambda: dice.choice(_COUNTRIES[country]["cities"]),
            "W": lambda: dice.choice(_DATA["devanagari"]) if country == "HI" else self._place(),
            "A": self._area,
            "S": lambda: dice.choice(_DATA["states"]),
        }
        return makers[bit]()

    def _place(self) -> str:
        dice = self._dice
        if dice.random() < 0.35:
            return dice.choice(self._given if dice.random() < 0.6 else self._family).title()
        words = [self._word().title() for _ in range(dice.choice((1, 1, 1, 2)))]
        return " ".join(words)

    def _area(self) -> str:
        dice = self._dice
        ending = dice.choice(_DATA["endings"])
        return dice.choice(
            (
                self._word().title() + ending,
                self._word().title() + " " + dice.choice(("nagar", "colony", "vihar", "layout")),
                self._word().title(),
            )
        )

    def _word(self) -> str:
        return "".join(self._dice.choice(_DATA["syllables"]) for _ in range(self._dice.choice((2, 2, 3))))

    def _digits(self, count: int) -> str:
        return "".join(str(self._dice.randrange(10)) for _ in range(count))

    def _phone(self, country: str) -> str:
        tail = self._digits(5)
        forms = {
            "UK": f"07700 900{tail[:3]}", "US": f"515-555-01{tail[:2]}", "NG": f"080000{tail}",
            "ES": f"55 0000 {tail[:4]}",
            "BR": f"(19) 90000-{tail[:4]}", "ID": f"0812-0000-{tail[:4]}",
        }  # fmt: skip
        indian = self._dice.choice(
            (f"90000 {tail}", f"90000{tail}", f"+91 90000 {tail}", f"ph 90000{tail}", f"mob 90000{tail}")
        )
        return forms.get(country, indian)

    def _code(self, country: str) -> str:
        six = str(self._dice.randrange(1, 9)) + self._digits(5)
        forms = {
            "UK": f"LS{six[0]} {six[1]}AB",
            "US": f"{six[:5]}",
            "BR": f"{six[:5]}-{six[:3]}",
            "ES": f"{six[:5]}",
            "ID": f"{six[:5]}",
        }
        return forms.get(country, self._dice.choice((six, six, f"{six[:3]} {six[3:]}")))


def _filled(talk: str, values: dict[str, Callable[[], Marked]]) -> Marked:
    """A message with its blanks filled in."""
    out: Marked = []
    rest = talk
    while "{" in rest:
        before, _, after = rest.partition("{")
        key, _, rest = after.partition("}")
        out += [(before, OUTSIDE), *values[key]()]
    return [*out, (rest, OUTSIDE)]


def _people() -> tuple[Sequence[str], Sequence[str]]:
    text = files("engine.extraction.detail").joinpath("people.txt").read_text(encoding="utf-8")
    given, _, family = text.partition("[given]")[2].partition("[family]")
    return [w for w in given.split() if w.isascii()], [w for w in family.split() if w.isascii()]
