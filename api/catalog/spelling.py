"""Mistyped words of a search, set right by the catalogue's own words."""

from bisect import bisect_left
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from rapidfuzz import fuzz, process
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.catalog.models import Variant
from api.catalog.words import words_of
from api.identity.models import Business

# A word of four letters may have one wrong, one of ten two or three.
LIKENESS = 72
_SHORTEST = 3
_CATALOGS_KEPT = 8


@dataclass(frozen=True, slots=True)
class Words:
    """A catalogue's distinct words: `sorted` has all, `spelled` those that can be mistyped."""

    sorted: list[str]
    spelled: list[str]

    def has_one_like(self, beginning: str) -> bool:
        """Whether a word begins so."""
        place = bisect_left(self.sorted, beginning)
        return place < len(self.sorted) and self.sorted[place].startswith(beginning)

    def nearest(self, word: str) -> str | None:
        """The word that is most like `word`; None where none is, or it is too short to tell."""
        if len(word) < _SHORTEST or word.isdecimal():
            return None
        best = process.extractOne(word, self.spelled, scorer=fuzz.ratio, score_cutoff=LIKENESS)
        return best[0] if best else None


class Vocabulary:
    """The distinct words of catalogues, read once for each version of a catalogue. Share it between threads."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, tuple[int, Words]] = OrderedDict()
        self._lock = Lock()

    def words(self, session: Session, business_id: int) -> Words:
        """The words of a business's catalogue as it is now."""
        version = session.scalars(select(Business.catalog_version).where(Business.id == business_id)).one()
        with self._lock:
            kept = self._known.get(business_id)
            if kept is not None and kept[0] == version:
                self._known.move_to_end(business_id)
                return kept[1]
        words = _read(session, business_id)
        with self._lock:
            self._known[business_id] = (version, words)
            while len(self._known) > _CATALOGS_KEPT:
                self._known.popitem(last=False)
        return words


VOCABULARY = Vocabulary()


def corrected(session: Session, business_id: int, search: str, vocabulary: Vocabulary = VOCABULARY) -> str | None:
    """`search` with each word that begins none of the catalogue's as the one that it is most like.

    None where a word is like none of them, or all of them are right as they are.
    """
    known = vocabulary.words(session, business_id)
    wanted = words_of([search])
    right = [word if known.has_one_like(word) else known.nearest(word) for word in wanted]
    found = [word for word in right if word is not None]
    return " ".join(found) if len(found) == len(right) and found != wanted else None


def _read(session: Session, business_id: int) -> Words:
    words = select(func.unnest(Variant.words).label("word")).where(
        Variant.business_id == business_id, Variant.archived_at.is_(None)
    )
    found = sorted(session.scalars(select(words.subquery().c.word).distinct()))
    return Words(found, [word for word in found if not word.isdecimal() and len(word) >= _SHORTEST])
