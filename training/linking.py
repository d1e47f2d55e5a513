"""How well mentions are linked to products, on four public sets of product titles from two shops each.

The query is the left title of a pair that means the same product, the catalogue all right titles of the part. The
sets are read where they lie (`--public`, `linking/SET/valid.txt`); none of their words is learned from.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.catalog import Catalog, Variant
from engine.catalog_match.index import CatalogIndex
from engine.catalog_match.linker import Linker

TO_BEAT = {  # recall@1 of char-TF-IDF
    "structured_amazon-google": 0.705,
    "structured_walmart-amazon": 0.686,
    "textual_abt-buy": 0.859,
    "dirty_walmart-amazon": 0.759,
}
_COLUMN = re.compile(r"COL (\w+) VAL ?(.*?)(?= COL \w+ VAL|\s*$)")
_TITLES = ("title", "name")
_MOST = 10


@dataclass(frozen=True)
class LinkingScore:
    """Of one set: the shares of queries whose product came first, and among the first ten."""

    name: str
    queries: int
    products: int
    recall_at_1: float
    recall_at_10: float
    to_beat: float


def linking_scores(folder: Path, part: str = "valid") -> Iterator[LinkingScore]:
    """The scores of the sets that are in a folder; none where it is missing."""
    for name, to_beat in TO_BEAT.items():
        path = folder / name / f"{part}.txt"
        if path.is_file():
            yield _score(name, _pairs(path), to_beat)


def _pairs(path: Path) -> list[tuple[str, str, bool]]:
    """The left title, the right title, and whether they mean the same product."""
    rows = (line.rstrip("\n").split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [(_title(left), _title(right), label == "1") for left, right, label in rows]


def _title(columns: str) -> str:
    values = dict(_COLUMN.findall(columns))
    return next((values[name].strip() for name in _TITLES if name in values), "")


def _score(name: str, pairs: Sequence[tuple[str, str, bool]], to_beat: float) -> LinkingScore:
    titles = list(dict.fromkeys(right for _, right, _ in pairs))
    catalog = Catalog(Variant(str(number), str(number), title) for number, title in enumerate(titles))
    linker = Linker(CatalogIndex(catalog))
    ranks = [
        _rank([titles[one.group] for one in linker.rank(left, _MOST)], right) for left, right, same in pairs if same
    ]
    first = sum(rank == 0 for rank in ranks) / len(ranks)
    among_ten = sum(rank is not None for rank in ranks) / len(ranks)
    return LinkingScore(name, len(ranks), len(titles), first, among_ten, to_beat)


def _rank(titles: Sequence[str], meant: str) -> int | None:
    return titles.index(meant) if meant in titles else None
