"""`docs/live.md`: its program hears what changes, and its tables are whole."""

import re
from itertools import islice
from typing import Any, get_args

from api.database import Database
from api.live.service import INTERNAL, Subject, announce
from api.settings import Settings
from api.websocket.frames import CloseCode, ServerFrame
from tests.committed_shop import open_shop
from tests.docs.pages import ROOT, blocks
from tests.factories import make_token
from tests.live_server import live_server

PAGE = ROOT / "docs" / "live.md"


def test_the_program_hears_what_changes_and_resumes(
    settings: Settings, fresh_database: Database, fresh_database_url: str
) -> None:
    (code,) = [block.code for block in blocks(PAGE) if block.language == "python"]
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - our own page
    shop = open_shop(fresh_database)
    with fresh_database.transaction() as session:
        token = make_token(session, shop.admin)
    with live_server(settings, fresh_database, fresh_database_url) as server:
        with server.open(token) as ear:
            cursor = ear.next("hello")["cursor"]
        with fresh_database.transaction() as session:
            announce(session, "order", 5, business_id=shop.business.id)
        (heard,) = islice(names["follow"](f"ws://{server.host}", token, cursor), 1)
    assert heard == ("order", 5, cursor)


def test_every_subject_frame_and_code_is_told() -> None:
    text = PAGE.read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("|")]
    told = {word for row in rows for word in re.findall(r"[\w]+", row)}
    frames = {frame.model_fields["type"].default for frame in get_args(get_args(ServerFrame)[0])}

    assert set(get_args(Subject)) - INTERNAL - told == set()
    assert frames - told == set()
    assert {str(int(code)) for code in CloseCode} - told == set()
