"""A language that is added as the how-to tells, by files alone, reads chats as those do that come with the engine."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.golden import FOLDER

ROOT = Path(__file__).parents[2]
HOW_TO = ROOT / "docs" / "how-to-add-a-language.md"
READ = """
from pathlib import Path
from tests.golden import conversations
for one in conversations(Path({folder!r})):
    if (found := one.read()) != one.expected:
        print(one.id, found, one.expected, sep="\\n   ")
"""


def test_chats_in_the_language_of_the_how_to_are_read_right(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "engine", tmp_path / "engine", ignore=shutil.ignore_patterns("__pycache__"))
    words, examples, details = re.findall(r"```toml\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)
    folder = tmp_path / "engine" / "language" / "sw"
    folder.mkdir()
    for name, written in (("words", words), ("examples", examples), ("details", details)):
        (folder / f"{name}.toml").write_text(written, encoding="utf-8")
    wrong = read_wrongly(tmp_path, FOLDER / "new_language")
    assert not wrong, wrong


def read_wrongly(home: Path, chats: Path) -> str:
    """What another copy of the engine reads wrongly of some conversations."""
    paths = {"PYTHONPATH": f"{home}:{ROOT}", "PYTHONDONTWRITEBYTECODE": "1"}
    read = [sys.executable, "-c", READ.format(folder=str(chats))]
    done = subprocess.run(read, cwd=home, env=paths, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr
