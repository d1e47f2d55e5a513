"""Which words are English: one that is correctly spelled is no misspelling of a catalogue's word."""

from functools import cache
from importlib.resources import files
from itertools import islice

_COMMONEST = 12_000  # rarer ones are names and trade words, and often misspellings of what a shop sells


@cache
def english_words() -> frozenset[str]:
    """The commonest English words, from the frequency list that symspellpy carries."""
    path = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt")
    with path.open(encoding="utf-8-sig") as lines:
        return frozenset(line.split()[0] for line in islice(lines, _COMMONEST))
