"""What people type stands in the languages' folders; code knows signs and roles, no words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ENGINE = Path(__file__).parents[2] / "engine"
FILE_READERS = {"catalog_file", "chat_file"}  # they know the words of files, not of people
CODE = sorted(p for p in ENGINE.rglob("*.py") if p.parent.name not in {"language", *FILE_READERS})
SCRIPTS = {"text.py"}  # tells how the letters of one script are written in another
WORD = re.compile(r"[^\W\d_]{2,}")  # "x" and "k" are signs


def words(node: ast.AST, constants: dict[str, ast.AST]) -> Iterator[str]:
    """The words in an expression, those of the module's constants in it included."""
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and WORD.search(part.value):
            yield part.value
        elif isinstance(part, ast.Name) and part.id in constants:
            yield from words(constants[part.id], {})


def compared(path: Path) -> list[str]:
    """The words that a module compares a token's word with."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assigned = (node for node in tree.body if isinstance(node, ast.Assign))
    constants = {target.id: node.value for node in assigned for target in node.targets if isinstance(target, ast.Name)}
    comparisons = (node for node in ast.walk(tree) if isinstance(node, ast.Compare))
    said = (
        node for node in comparisons if any(isinstance(p, ast.Attribute) and p.attr == "word" for p in ast.walk(node))
    )
    return sorted({word for node in said for word in words(node, constants)})


def test_comparison_with_a_word_is_found(tmp_path: Path) -> None:
    path = tmp_path / "some.py"
    path.write_text(
        '_YES = frozenset({"haan", "si"})\nok = token.word in _YES or token.word == "ok"\n', encoding="utf-8"
    )
    assert compared(path) == ["haan", "ok", "si"]


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ENGINE)))
def test_code_compares_no_token_with_a_word(path: Path) -> None:
    assert compared(path) == []


@pytest.mark.parametrize(
    "path", [p for p in CODE if p.name not in SCRIPTS], ids=lambda path: str(path.relative_to(ENGINE))
)
def test_code_holds_no_words_of_other_scripts(path: Path) -> None:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    told = {node.value for node in nodes if isinstance(node, ast.Expr)}  # docstrings
    texts = (n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str) and n not in told)
    assert [text for text in texts if re.search(r"[\u0900-\u0963\u0966-\u097f]{2}", text)] == []
