"""Why a line is what it is: which words said what, and which features its confidence comes from."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from operator import attrgetter

from engine.act import DraftLine
from engine.catalog_match.remembered import Remembered
from engine.catalog_match.shop import Shop
from engine.clause.wish import QUANTITY, TITLE, Wish
from engine.conversation import Span
from engine.dialogue.confidence import KINDS, judges
from engine.dialogue.fold import ReadTurn
from engine.extraction.utterance import Utterance

_MOST_PARTS = 4  # of what a confidence comes from, the strongest
_LEAST_PART = 0.15  # in log-odds; less hardly moves a confidence

# What features of `line_features` have in common, as an agent would say it. Those of a kind of line ("open_coverage")
# go with the feature that they are of.
PARTS: Mapping[str, tuple[str, ...]] = {
    "how well the words fit the product": ("coverage", "score", "named", "unsaid", "below_best", "conflict"),
    "how the words are spelled": ("spelled",),
    "other products that fit as well": ("margin", "rivals"),
    "how the quantity is said": ("quantity_said", "quantity", "one", "amount", "numbers", "article"),
    "how much of the variant is said": (
        "options", "all_said", "implied", "all_implied", "variants", "picked", "priced", *KINDS,
    ),
    "how plainly it is asked for": ("ordering", "modify", "wanted", "asked", "refused_near"),
    "a place, time, long number or complaint beside it": (
        "place_near", "time_near", "complaint_near", "long_number_near",
    ),
    "how many words it takes": ("words", "tokens", "wishes"),
    "what the seller said of it": (
        "echoed", "echo_agrees", "echo_differs", "summed_up", "contradicted", "confirmed", "left_out", "sum_agrees",
        "sum_is_all", "adopted", "adopted_unheard",
    ),
    "what it points at": ("pointed", "quoted", "cart", "last_time"),
    "words of the chat that nobody knows": ("strange", "strange_share"),
    "how much was said in the chat": ("lines", "siblings", "spans"),
}  # fmt: skip


@cache
def part_of(feature: str) -> str:
    """Which of `PARTS` a feature of a line belongs to.

    >>> part_of("open_coverage")
    'how well the words fit the product'

    Raises:
        KeyError: No part has this feature.
    """
    kind = next((kind for kind in KINDS if feature.startswith(f"{kind}_")), None)
    return _PART_OF[feature.removeprefix(f"{kind}_") if kind else feature]


_PART_OF = {feature: part for part, features in PARTS.items() for feature in features}


class Reasons:
    """Tells why the lines of a chat are what they are."""

    def __init__(self, turns: Sequence[ReadTurn], shop: Shop) -> None:
        """Quote from these turns."""
        self._shop = shop
        self._turns = {turn.utterance.message.id: turn for turn in turns}
        self._wishes = Remembered(partial(_by_token, self._turns))

    def of(self, line: DraftLine, features: Mapping[str, float]) -> tuple[str, ...]:
        """In sentences for a person: the words with what they say, then what made the line more and less sure.

        `features` are those of `line_features`; the numbers are log-odds, and what is left out weighs less.
        """
        return tuple(dict.fromkeys((*self._words(line), *_parts(features))))

    def _words(self, line: DraftLine) -> Iterator[str]:
        """The words of a line with what they say of it: "“laal”: color red"."""
        if line.group is None:
            yield f"“{line.text}”: nothing in the catalogue comes near"
        groups = {None, line.group, *line.rivals}
        for span in line.evidence:
            if (turn := self._turns.get(span.message_id)) is not None:
                for wish in self._within(span, turn.utterance):
                    if wish.group in groups:
                        yield from _told(wish, line, turn.utterance, self._shop)

    def _within(self, span: Span, utterance: Utterance) -> Iterable[Wish]:
        """The wishes that stand in the words of a span, in their order."""
        first = bisect_right(utterance.tokens, span.start, key=attrgetter("end"))
        last = bisect_left(utterance.tokens, span.end, key=attrgetter("start"))
        by_token = self._wishes[span.message_id]
        found = {number: wish for place in range(first, last) for number, wish in by_token.get(place, ())}
        return [found[number] for number in sorted(found)]


def _by_token(turns: Mapping[str, ReadTurn], message_id: str) -> Mapping[int, Sequence[tuple[int, Wish]]]:
    """To each token of a message the wishes that it is part of, each with its number."""
    by_token: dict[int, list[tuple[int, Wish]]] = {}
    for number, wish in enumerate(turns[message_id].wishes):
        for place in range(wish.start, wish.end):
            by_token.setdefault(place, []).append((number, wish))
    return by_token


def _parts(features: Mapping[str, float]) -> Iterator[str]:
    """What a confidence comes from, the strongest first: "surer by how the quantity is said (+0.7)"."""
    sums: dict[str, float] = {}
    for feature, value in judges()["line"].parts(features).items():
        part = part_of(feature)
        sums[part] = sums.get(part, 0.0) + value
    strongest = sorted(sums.items(), key=lambda part: -abs(part[1]))[:_MOST_PARTS]
    for part, value in strongest:
        if abs(value) >= _LEAST_PART:
            yield f"{'surer' if value > 0 else 'less sure'} by {part} ({value:+.1f})"


def _told(wish: Wish, line: DraftLine, utterance: Utterance, shop: Shop) -> Iterator[str]:
    """What the words of a wish say that still holds of the line."""
    for name, positions in wish.told.items():
        meaning = _meaning(name, wish, line, shop)
        if positions and meaning:
            yield f"“{_quoted(utterance, positions)}”: {meaning}"


def _meaning(name: str, wish: Wish, line: DraftLine, shop: Shop) -> str:
    """What was said under a name; "" where the line has it from elsewhere by now."""
    if name == QUANTITY:
        return "how many"
    if wish.group is None:
        return ""
    if name == TITLE:
        groups = (wish.group, *wish.rivals)
        return " or ".join(dict.fromkeys(shop.product(group).title for group in groups))
    known = shop.known_options(line.skus[0]) if len(line.skus) == 1 else line.options
    values = known.get(name, frozenset())
    return f"{name} {' or '.join(sorted(values))}" if values and values <= wish.options.get(name, values) else ""


def _quoted(utterance: Utterance, positions: Sequence[int]) -> str:
    """The customer's words at these positions, as written; an ellipsis where others stand between."""
    text, tokens = utterance.message.text, utterance.tokens
    parts: list[list[int]] = []
    for position in positions:
        if parts and position == parts[-1][1] + 1:
            parts[-1][1] = position
        else:
            parts.append([position, position])
    return " … ".join(text[tokens[first].start : tokens[last].end] for first, last in parts)
