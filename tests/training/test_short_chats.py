"""The short chats are written as they should be, and are about shops that there are."""

from pathlib import Path

import pytest

from engine.conversation import MessageKind
from engine.order import Intent
from training import short_chats as module
from training.shops import DATASETS, Shop, find_shops
from training.short_chats import ShortChatError, short_chats

SHOPS = {shop.name: shop for shop in find_shops()}


def shop_of(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> Shop:
    (folder / "turns").mkdir()
    (folder / "turns" / "shop.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr(module, "DATASETS", folder)
    return Shop("shop", "own", folder / "shop.csv", folder / "shop.jsonl")


@pytest.mark.parametrize("path", sorted((DATASETS / "turns").glob("*.txt")), ids=lambda path: path.stem)
def test_every_file_is_readable_and_of_a_shop(path: Path) -> None:
    chats = short_chats(SHOPS[path.stem])
    assert chats
    assert all(chat.gold.intents for chat in chats)


def test_lines_become_messages_of_both_sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = shop_of(tmp_path, "purchase: 2 milk\n< ok, 90\nconfirm: yes\n\ninquiry: open?\n< [photo]\n", monkeypatch)
    first, second = short_chats(shop)
    assert [m.text for m in first.chat.messages] == ["2 milk", "ok, 90", "yes"]
    assert [m.from_customer for m in first.chat.messages] == [True, False, True]
    assert first.gold.intents == {"m1": Intent.PURCHASE.value, "m3": Intent.CONFIRM.value}
    assert second.chat.messages[1].kind is MessageKind.IMAGE


def test_an_unknown_intent_is_shown_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = shop_of(tmp_path, "purchase: 1 tea\n< ok\n\n\nbuy: 2 milk\n", monkeypatch)
    with pytest.raises(ShortChatError, match=r'shop.txt, line 5: "buy: 2 milk" should be'):
        short_chats(shop)


def test_a_shop_without_a_file_has_no_short_chats(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DATASETS", tmp_path)
    assert short_chats(SHOPS["saree"]) == ()
