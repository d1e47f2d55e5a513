"""Which words are English: one that is correctly spelled is no misspelling of a catalogue's word."""

from functools import cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

_LIST = "frequency_dictionary_en_82_765.txt"
_COMMONEST = 12_000  # rarer ones are names and trade words, and often misspellings of what a shop sells


@cache
def english_words() -> frozenset[str]:
    """The commonest English words, from the frequency list that symspellpy carries."""
    spec = find_spec("symspellpy")  # its file alone is read, since the package would bring its spell checker
    with Path(str(spec and spec.origin)).with_name(_LIST).open(encoding="utf-8-sig") as lines:
        return frozenset([line.split(" ", 1)[0] for line in islice(lines, _COMMONEST)])
