"""Labelled chats: what is read of them, and that the engine's side never holds a label."""

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from engine.catalog import Catalog, Variant
from engine.chat_file import Chat, ChatFileError
from engine.conversation import Message
from training.command import run
from training.labelled_chat import read_labelled
from training.shops import DATASETS, find_shops

ROW: dict[str, Any] = {
    "id": "c1",
    "catalog": "kurti",
    "messages": [
        {"id": "m1", "at": "2026-03-02T10:15:00+05:30", "from": "customer", "type": "text", "text": "2 blue",
         "intent": "purchase"},
        {"id": "m2", "at": "2026-03-02T10:16:00+05:30", "from": "business", "type": "text", "text": "ok"},
    ],
    "gold": {
        "stage": "order",
        "lines": [{"item_group_id": "K", "options": {"color": "Blue"}, "missing": ["size"], "quantity": 2}],
        "name": "Asha",
    },
    "tags": ["variant_missing"],
}  # fmt: skip


def test_gold_intents_and_tags_are_read(tmp_path: Path) -> None:
    path = tmp_path / "kurti.jsonl"
    path.write_text(json.dumps(ROW), encoding="utf-8")

    (labelled,) = read_labelled(path)

    (line,) = labelled.gold.lines
    assert (line.item_group_id, line.options, line.missing, line.quantity) == ("K", (("color", "Blue"),), ("size",), 2)
    assert (labelled.gold.stage, labelled.gold.fields["name"], labelled.gold.fields["phone"]) == ("order", "Asha", None)
    assert labelled.gold.intents == {"m1": "purchase"}
    assert labelled.tags == ("variant_missing",)


def changed(**labels: object) -> str:
    """The row above with other labels in its gold."""
    return json.dumps({**ROW, "gold": {**ROW["gold"], **labels}})


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ('{"id": "x", "mess', "this is no JSON"),
        (json.dumps({**ROW, "gold": None}), "the field 'gold' is missing; write the order"),
        (json.dumps({**ROW, "messages": None}), "the field 'messages' is missing"),
        (json.dumps(ROW).replace("purchase", "purchese"), "message 'm1': there is no intent 'purchese'; did you mean"),
        (changed(stage="pending"), "gold: there is no stage 'pending'; there are none, order, cancelled"),
        (changed(payment="cash"), "gold: there is no payment 'cash'"),
        (changed(stage="cancelled"), 'has no lines; write "lines": []'),
        (changed(lines=[{"sku": "K-1", "quantity": "two"}]), "gold, line 1 of the order: the quantity is 'two'; write"),
        (changed(lines=[{"quantity": 2}]), "it names nothing; write one of sku, item_group_id"),
        (changed(lines=[{"sku": "K-11", "quantity": 2}]), "the catalogue has no SKU 'K-11'; did you mean 'K-1'?"),
        (changed(lines=[{"candidates": ["KK"], "quantity": 2}]), "no item_group_id 'KK'; did you mean 'K'?"),
        (changed(lines=[7]), "this is no labelled chat"),
        (json.dumps({**ROW, "id": None}).replace("2026-03-02T10:15", "yesterday"), "this is no chat"),
    ],
)
def test_a_bad_label_is_told_with_file_line_and_remedy(tmp_path: Path, second: str, said: str) -> None:
    path = tmp_path / "kurti.jsonl"
    path.write_text(f"{json.dumps(ROW)}\n{second}\n", encoding="utf-8")

    with pytest.raises(ChatFileError, match=re.escape(said)) as raised:
        read_labelled(path, Catalog([Variant("K-1", "K", "Kurti", {"size": "M"})]))
    assert str(raised.value).startswith("kurti.jsonl, line 2: ")


def test_chats_without_a_catalogue_are_told(tmp_path: Path) -> None:
    (tmp_path / "chats").mkdir()
    (tmp_path / "chats" / "kurti.jsonl").write_text(json.dumps(ROW), encoding="utf-8")

    with pytest.raises(ChatFileError, match=r"there is no catalogs/kurti\.csv for these chats"):
        find_shops(tmp_path)


def test_a_malformed_file_ends_a_command_with_what_is_wrong_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kurti.jsonl"
    path.write_text("{", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["evaluate"])

    def command() -> None:
        read_labelled(path)

    with pytest.raises(SystemExit, match=r"kurti\.jsonl, line 1: this is no JSON"):
        run(command)


def test_the_values_that_the_engine_reads_have_no_place_for_a_label() -> None:
    names = {field.name for kind in (Chat, Message) for field in fields(kind)}

    assert not names & {"gold", "intent", "intents", "tags"}


@pytest.mark.parametrize("shop", find_shops(), ids=lambda shop: shop.name)
def test_every_gold_line_of_our_data_names_what_the_catalogue_has(shop) -> None:  # noqa: ANN001
    for labelled in shop.chats:
        for line in labelled.gold.lines:
            assert line.sku is None or shop.catalog.variant(line.sku)
            assert line.item_group_id is None or shop.catalog.product(line.item_group_id)
            assert all(shop.catalog.product(group) for group in line.candidates)


def test_the_benchmark_and_our_own_shops_are_found() -> None:
    kinds = {shop.name: shop.kind for shop in find_shops()}

    assert {name for name, kind in kinds.items() if kind == "hard"} == {"bakery", "grocery", "kurti", "mobile"}
    assert kinds["plants"] == "everyday"
    assert {"own", "unseen"} <= set(kinds.values())
    assert DATASETS.name == "datasets"
