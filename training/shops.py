"""The shops whose labelled chats stand in `datasets/`, in the groups that the reports add up."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from engine.catalog import Catalog
from engine.chat_file import ChatFileError
from training.labelled_chat import LabelledChat, read_labelled

DATASETS = Path(__file__).resolve().parent.parent / "datasets"
BENCHMARK = DATASETS / "satyabench"
EVERYDAY = frozenset(("plants",))


@dataclass(frozen=True)
class Shop:
    """A catalogue and its chats.

    `kind` is `hard`, `everyday` (both of the benchmark), `own`, or `unseen`: ours, but only measured on.
    """

    name: str
    kind: str
    catalog_path: Path
    chats_path: Path

    @cached_property
    def catalog(self) -> Catalog:
        """The shop's catalogue."""
        return Catalog.from_csv(self.catalog_path)

    @cached_property
    def chats(self) -> tuple[LabelledChat, ...]:
        """The shop's labelled chats."""
        return read_labelled(self.chats_path, self.catalog)

    @cached_property
    def lessons(self) -> tuple[LabelledChat, ...]:
        """Its chats, and easy ones of every day: confidence is learned from both, lest it think all chats are hard."""
        easy = DATASETS / "everyday" / f"{self.name}.jsonl"
        return self.chats + (read_labelled(easy, self.catalog) if easy.is_file() else ())


def find_shops(benchmark: Path = BENCHMARK, own: Path | None = DATASETS) -> tuple[Shop, ...]:
    """All shops of the benchmark, then those of `own` and the unseen ones there, each with both files, by name.

    Raises:
        ChatFileError: Chats have no catalogue.
    """
    shops = [Shop(name, _kind(name), *paths) for name, *paths in _pairs(benchmark)]
    if own:
        shops += [Shop(name, "own", *paths) for name, *paths in _pairs(own)]
        shops += [Shop(name, "unseen", *paths) for name, *paths in _pairs(own / "unseen")]
    return tuple(shops)


def _kind(name: str) -> str:
    return "everyday" if name in EVERYDAY else "hard"


def _pairs(folder: Path) -> Iterable[tuple[str, Path, Path]]:
    for chats in sorted((folder / "chats").glob("*.jsonl")):
        catalog = folder / "catalogs" / f"{chats.stem}.csv"
        if not catalog.is_file():
            raise ChatFileError(chats.name, f"there is no {catalog.parent.name}/{catalog.name} for these chats; add it")
        yield chats.stem, catalog, chats
