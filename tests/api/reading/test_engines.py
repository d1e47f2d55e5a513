"""What a worker's process does before its first chat."""

import subprocess
import sys

_CODE = """
import gc
from api.database import Database
from api.reading.engines import Engines
database = Database("postgresql+psycopg://127.0.0.1/nobody_asks_it")
Engines(database).warm_up()
print(gc.get_freeze_count())
"""
_WORDS = 20_000  # fewer than those that all languages share


def test_warm_process_looks_for_no_garbage_among_the_words_of_languages() -> None:
    printed = subprocess.run([sys.executable, "-c", _CODE], check=True, capture_output=True, text=True).stdout
    assert int(printed) > _WORDS
