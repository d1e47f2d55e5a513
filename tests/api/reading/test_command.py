"""`satyasell read`, as a seller runs it on her files."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.errors import OperatorError
from training.shops import BENCHMARK

CATALOG = BENCHMARK / "catalogs" / "plants.csv"
CHATS = BENCHMARK / "chats" / "plants.jsonl"
EXPORT = "12/03/26, 9:41 pm - Asha Rao: hi, 2 money plant golden please\n12/03/26, 9:42 pm - Hariyali Nursery: ok ji\n"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "WhatsApp Chat with Asha Rao.txt"
    path.write_text(EXPORT, encoding="utf-8")
    return path


def read(*arguments: str | Path) -> list[dict[str, Any]]:
    result = CliRunner().invoke(app, ["read", "--catalog", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


def refused(*arguments: str | Path) -> str:
    with pytest.raises(OperatorError) as raised:
        CliRunner().invoke(app, ["read", "--catalog", *map(str, arguments)], catch_exceptions=False)
    return str(raised.value)


def test_each_labelled_chat_gives_one_json_object_when_piped() -> None:
    rows = read(CATALOG, CHATS)

    written = CHATS.read_text(encoding="utf-8").splitlines()
    assert [row["id"] for row in rows] == [json.loads(line)["id"] for line in written]
    assert {row["stage"] for row in rows} >= {"order", "none"}


def test_an_exported_chat_becomes_a_draft_whose_evidence_is_in_its_words(export: Path) -> None:
    (row,) = read(CATALOG, export)

    (line,) = row["lines"]
    assert (row["stage"], line["sku"], line["quantity"]) == ("order", "PL-MONEY-GOL", 2)
    text = EXPORT.splitlines()[0].partition("Rao: ")[2]
    for span in line["evidence"]:
        assert text[span["start"] : span["end"]] == span["text"]


def test_asked_why_it_tells_what_each_word_says(export: Path) -> None:
    result = CliRunner().invoke(app, ["read", "--why", "--catalog", str(CATALOG), str(export)], catch_exceptions=False)

    assert "Line 1:" in result.stdout
    assert "how many" in result.stdout


def test_several_files_are_read_in_order(export: Path, tmp_path: Path) -> None:
    other = tmp_path / "b.txt"
    other.write_text(EXPORT, encoding="utf-8")

    rows = read(CATALOG, export, other, "--me", "Hariyali Nursery")

    assert [row["id"] for row in rows] == ["WhatsApp Chat with Asha Rao", "b"]


def test_a_file_that_does_not_say_who_is_the_shop_asks(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text(EXPORT, encoding="utf-8")

    assert "--me and one of: 'Asha Rao', 'Hariyali Nursery'" in refused(CATALOG, path)


def test_a_file_in_no_known_format_is_told_with_its_first_line(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear sir,\n2 kg atta\n", encoding="utf-8")

    assert "no known chat layout; the first line is 'Dear sir,'" in refused(CATALOG, path)


def test_bad_rows_of_the_catalogue_stop_the_command_unless_they_are_skipped(export: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("id,title,price\nPL-MONEY-GOL,Money Plant golden,149 INR\nX,Fern,cheap\n", encoding="utf-8")

    assert "bad.csv, line 3, column price: 'cheap' is not a price" in refused(bad, export)

    skipped = CliRunner().invoke(app, ["read", "--catalog", str(bad), "--skip-bad-rows", str(export)])
    assert "skipped: bad.csv, line 3" in skipped.stderr
    assert json.loads(skipped.stdout)["lines"][0]["sku"] == "PL-MONEY-GOL"


@pytest.mark.parametrize("option", [["--time-zone", "Mars/Olympus"], ["--date-order", "day first"]])
def test_a_wrong_option_is_named(option: list[str], export: Path) -> None:
    assert repr(option[1]) in refused(CATALOG, export, *option)


def test_the_installed_command_says_in_one_line_what_is_wrong(tmp_path: Path) -> None:
    chat = tmp_path / "photo.txt"
    chat.write_bytes(b"\x89PNG\xff")

    run = subprocess.run(
        [sys.executable, "-c", "from api.cli import main; main()", "read", "--catalog", CATALOG, chat],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith("satyasell: photo.txt: this is no text")
    assert "Traceback" not in run.stderr
