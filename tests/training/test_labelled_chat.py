"""Labelled chats: what is read of them, and that the engine's side never holds a label."""

import json
from dataclasses import fields
from pathlib import Path

import pytest

from engine.chat_file import Chat
from engine.conversation import Message
from training.labelled_chat import read_labelled
from training.shops import DATASETS, find_shops

ROW = {
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
    assert "own" in kinds.values()
    assert DATASETS.name == "datasets"
