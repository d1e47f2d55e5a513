"""Word lists are kept compiled for as long as their files stay as they are."""

import os
from pathlib import Path

from engine.language.compiled import compiled


class Maker:
    """Counts how often it was asked for the words of a file."""

    def __init__(self, path: Path) -> None:
        self.path, self.asked = path, 0

    def __call__(self) -> tuple[str, ...]:
        self.asked += 1
        return tuple(self.path.read_text(encoding="utf-8").split())


def _maker(folder: Path) -> Maker:
    path = folder / "words.txt"
    path.write_text("ek do teen", encoding="utf-8")
    return Maker(path)


def test_words_are_read_once_for_all_processes(tmp_path: Path) -> None:
    make = _maker(tmp_path)
    assert compiled([make.path], make) == compiled([make.path], make) == ("ek", "do", "teen")
    assert make.asked == 1


def test_words_of_a_changed_file_are_read_anew(tmp_path: Path) -> None:
    make = _maker(tmp_path)
    compiled([make.path], make)
    make.path.write_text("ek do char", encoding="utf-8")
    os.utime(make.path, ns=(1, 1))
    assert compiled([make.path], make) == ("ek", "do", "char")


def test_words_whose_maker_changed_are_read_anew(tmp_path: Path) -> None:
    make, code = _maker(tmp_path), tmp_path / "code.py"
    code.touch()
    compiled([make.path, code], make)
    code.write_text("# another way to read them", encoding="utf-8")
    compiled([make.path, code], make)
    assert make.asked == 2


def test_words_that_were_kept_badly_are_read_anew(tmp_path: Path) -> None:
    make = _maker(tmp_path)
    compiled([make.path], make)
    for kept in (tmp_path / "__pycache__").iterdir():
        kept.write_bytes(b"nothing of ours")
    assert compiled([make.path], make) == ("ek", "do", "teen")


def test_words_are_read_where_nothing_can_be_kept(tmp_path: Path) -> None:
    make = _maker(tmp_path)
    (tmp_path / "__pycache__").write_text("no folder", encoding="utf-8")
    assert compiled([make.path], make) == ("ek", "do", "teen")
