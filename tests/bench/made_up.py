"""Made-up catalogues of any size and noisy mentions of their products, the same each time."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from engine.catalog import Catalog, Variant

_ONSETS = "b bh ch d dh f g gr h j k kh kr l m n p pr r s sh st t tr v w z".split()
_VOWELS = "a aa e i ee o u oo ai".split()
_ENDS = ["", "", "l", "m", "n", "r", "s", "t", "k", "x"]
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_COLORS = "red blue green black white yellow pink purple orange brown grey maroon navy beige golden silver".split()
_KINDS = """kurta saree shirt trouser jacket lamp bottle charger cable cover phone watch ring bangle necklace sandal
shoe slipper bag purse belt wallet mug plate bowl spoon knife pan pot cooker kettle iron fan cooler heater bulb tile
paint brush soap shampoo oil cream powder paste syrup tablet candle incense frame clock mirror curtain carpet pillow
blanket towel quilt mat chair table stool shelf rack hanger basket bucket broom mop rope chain lock hinge screw bolt
drill saw hammer plier torch battery adapter speaker headphone mouse keyboard stand tripod lens filter pen pencil
marker notebook diary folder stapler glue tape scissor ruler eraser toy puzzle doll ball bat racket net glove helmet
rice atta dal sugar salt tea coffee biscuit chips namkeen pickle jam honey sauce noodle pasta juice""".split()
_PARTS = "with for and new set pack combo premium classic original".split()


@dataclass(frozen=True)
class Mention:
    """What somebody types, and the SKU that is meant."""

    text: str
    sku: str


class MadeUp:
    """A catalogue of `size` products whose titles hold about a quarter as many distinct words, at most 250,000."""

    def __init__(self, size: int, seed: int = 7) -> None:
        """Make up its words; the titles come as they are asked for."""
        self._random = random.Random(seed)  # noqa: S311 - the same each time
        self.size = size
        self._names = self._words(max(2000, min(size // 4, 250_000)))
        self._brands = self._words(max(50, min(size // 50, 20_000)))
        self.titles = [self._title() for _ in range(size)]

    def _words(self, count: int) -> list[str]:
        words: dict[str, None] = {}
        while len(words) < count:
            pieces = self._random.choices((2, 3, 4), weights=(3, 5, 2))[0]
            words["".join(map(self._syllable, range(pieces)))] = None
        return list(words)

    def _syllable(self, _: int) -> str:
        choose = self._random.choice
        return choose(_ONSETS) + choose(_VOWELS) + choose(_ENDS)

    def _title(self) -> str:
        choose = self._random.choice
        brand = self._brands[int(len(self._brands) * self._random.random() ** 2)]
        words = [brand, choose(self._names), choose(_KINDS), choose(_COLORS)]
        if self._random.random() < 0.5:
            words.insert(2, choose(_PARTS))
        if self._random.random() < 0.6:
            words.append(str(self._random.randrange(1, 500)))
        return " ".join(words)

    def catalog(self) -> Catalog:
        """The catalogue: one variant a product."""
        return Catalog(Variant(f"S{n}", f"G{n}", title) for n, title in enumerate(self.titles))

    def mentions(self, count: int) -> Iterator[Mention]:
        """Products as people type them: words left out or in another order, one with a typing error."""
        for _ in range(count):
            place = self._random.randrange(self.size)
            words = self.titles[place].split()
            yield Mention(" ".join(self._noisy(words)), f"S{place}")

    def _noisy(self, words: list[str]) -> list[str]:
        kept = [word for word in words if word not in _PARTS]
        brand, name, *rest = kept
        rest = [word for word in rest if self._random.random() < 0.7]
        if self._random.random() < 0.5:
            name = self._mistyped(name)
        else:
            brand = self._mistyped(brand)
        said = [brand, name, *rest]
        if self._random.random() < 0.3:
            self._random.shuffle(said)
        return said

    def _mistyped(self, word: str) -> str:
        place = self._random.randrange(1, len(word))
        letter = self._random.choice(_LETTERS)
        return self._random.choice((
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place:],
            word[:place] + letter + word[place + 1 :],
            word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :],
        ))  # fmt: skip
