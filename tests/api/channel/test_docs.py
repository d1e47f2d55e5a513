"""`docs/connect-a-number.md` says what is so: its requests are run, and its answers compared."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.channel.health import Health
from api.database import Database
from api.settings import Settings
from tests.api.channel.conftest import Number
from tests.api.test_docs_api import STEP, Shell, includes
from tests.factories import make_business, make_token, make_user

PAGE = Path(__file__).parents[3] / "docs" / "connect-a-number.md"


@pytest.fixture
def shell(asking_settings: Settings, fresh_database: Database) -> Iterator[Shell]:
    with fresh_database.transaction() as session:
        token = make_token(session, make_user(session, make_business(session)))
    with TestClient(create_app(asking_settings, fresh_database)) as client:
        shell = Shell(client)
        shell.variables["TOKEN"] = token
        yield shell


def test_every_request_of_the_page_is_answered_as_documented(shell: Shell, number: Number) -> None:
    answered, answer = 0, None
    for step in STEP.finditer(PAGE.read_text()):
        if step["language"] == "sh" and "curl" in step["text"]:
            answer = shell.run(step["text"])
            assert answer.is_success, answer.text
        elif step["language"] == "json":
            assert answer is not None
            assert not list(includes(answer.json(), json.loads(step["text"]))), step["text"]
            answered += 1

    assert answered == 4
    assert number.subscribed


def test_every_state_is_explained() -> None:
    page = PAGE.read_text()

    assert [state for state in Health if f"| `{state.value}` |" not in page] == []
