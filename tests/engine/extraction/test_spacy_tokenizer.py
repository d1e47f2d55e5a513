"""The tokenizer opens without the rest of spaCy, and spaCy is whole for whoever asks for it."""

import subprocess
import sys


def _run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def test_the_engine_loads_neither_spacys_command_line_nor_scikit_learn() -> None:
    code = """
import sys, engine.engine
heavy = ("spacy.cli", "spacy.pipeline", "spacy.training", "requests", "httpx", "sklearn", "scipy")
print([name for name in heavy if name in sys.modules])
"""
    assert _run(code) == "[]"


def test_spacy_is_whole_for_who_imports_it_after_the_engine() -> None:
    code = """
import engine.engine, spacy
from spacy.training import Example
doc = spacy.blank("en")("Two candles, please.")
print(spacy.__version__ > "3", len(doc), spacy.tokens.Doc is type(doc), Example.__name__)
scores = spacy.blank("en").tokenizer.score([Example(doc, doc)])
print(scores["token_acc"])
"""
    assert _run(code).split() == ["True", "5", "True", "Example", "1.0"]


def test_spacy_that_is_there_already_is_used_as_it_is() -> None:
    code = """
import spacy
before = spacy.blank
import engine.engine
print(spacy.blank is before)
"""
    assert _run(code) == "True"
