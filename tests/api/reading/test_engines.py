"""What a worker's process does before its first chat, and what it frees."""

import gc
import subprocess
import sys
from datetime import UTC, datetime

from engine import Catalog, Engine, Message, Sender
from engine.catalog import Variant

_CODE = """
import gc
from api.database import Database
from api.reading.engines import Engines
database = Database("postgresql+psycopg://127.0.0.1/nobody_asks_it")
Engines(database).warm_up()
print(gc.get_freeze_count())
"""
_CATALOG = Catalog((Variant("P1", "1", "Rose Plant"), Variant("P2", "2", "Tulsi Plant")))
_MESSAGES = (
    Message("1", Sender.CUSTOMER, datetime(2026, 3, 2, tzinfo=UTC), text="2 rose plants, 1 tulsi red"),
    Message("2", Sender.CUSTOMER, datetime(2026, 3, 2, tzinfo=UTC), text="deliver to 12 MG Road, Pune 411001"),
)
_WORDS = 20_000  # fewer than those that all languages share


def test_warm_process_looks_for_no_garbage_among_the_words_of_languages() -> None:
    printed = subprocess.run([sys.executable, "-c", _CODE], check=True, capture_output=True, text=True).stdout
    assert int(printed) > _WORDS


def test_engine_that_is_dropped_is_freed_without_a_search_for_garbage() -> None:
    engine = Engine(_CATALOG)
    engine.read(_MESSAGES)
    gc.collect()
    del engine
    assert gc.collect() == 0


def test_reading_leaves_no_garbage_to_be_searched_for() -> None:
    engine = Engine(_CATALOG, most_remembered=0)
    engine.read(_MESSAGES)
    gc.disable()
    try:
        gc.collect()
        engine.read(_MESSAGES)
        assert gc.collect() == 0
    finally:
        gc.enable()
