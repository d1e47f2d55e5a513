"""Numbers are checked against Meta when they are connected, and from then on; what is wrong is told with a remedy."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from api.app import create_app
from api.channel.health import claim_checks, has_due_checks, note_trouble
from api.channel.tasks import ChannelChecker
from api.channel.token import set_access_token
from api.database import Database
from api.encryption import Vault
from api.graph.advice import advise
from api.graph.client import GraphClient
from api.identity.models import Channel, ChannelStatus, User
from api.settings import Settings
from tests.api.channel.conftest import GOOD, NUMBER_ID, TOKEN, WABA, Number
from tests.factories import make_business, make_channel, make_token, make_user
from tests.graph_server import VERSION, Asked, Reply, refusal

GIVEN = {"phone_number_id": NUMBER_ID, "waba_id": WABA, "access_token": TOKEN}


@pytest.fixture
def service(asking_settings: Settings, database: Database, session: Session, admin: User) -> Iterator[TestClient]:
    """The service, asking the test's Graph API."""
    with TestClient(create_app(asking_settings, database)) as client:
        client.headers["Authorization"] = f"Bearer {make_token(session, admin)}"
        yield client


@pytest.fixture
def checker(database: Database, asking_settings: Settings, number: Number) -> Iterator[ChannelChecker]:
    graph = GraphClient(number.graph.url, VERSION, timeout=1)
    yield ChannelChecker(database, graph, Vault(asking_settings.secret_keys))
    graph.close()


def connect(service: TestClient, **changes: object) -> dict[str, Any]:
    answer = service.post("/channels", json=GIVEN | changes)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def shown(service: TestClient, made: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = service.get(f"/channels/{made['id']}").json()
    return found


def test_number_is_connected_with_what_meta_says_of_it(service: TestClient, number: Number) -> None:
    made = connect(service)

    assert made["display_phone_number"] == "+91 98450 12345"
    assert (made["verified_name"], made["quality_rating"], made["throughput"]) == ("Kiran Sarees", "GREEN", "STANDARD")
    assert made["health"]["state"] == "ok"
    assert made["health"]["webhooks_subscribed_at"]
    assert number.subscribed == [WABA]
    assert all(asked.token == TOKEN for asked in number.graph.asked)


def test_account_that_the_token_is_made_for_need_not_be_given(service: TestClient, number: Number) -> None:
    scopes = [{"scope": "whatsapp_business_management", "target_ids": [WABA]}]
    number.token = Reply({"data": GOOD | {"granular_scopes": scopes}})

    assert connect(service, waba_id=None)["waba_id"] == WABA
    assert number.subscribed == [WABA]


REFUSALS = [
    ({"access_token": "wrong"}, {}, "code 190"),
    ({"phone_number_id": "5"}, {}, "the number was deleted at Meta, or the token may not use it"),
    ({}, {"numbers": ["999"]}, f"the WhatsApp Business Account {WABA} has no number {NUMBER_ID}"),
    ({}, {"token": Reply({"data": GOOD | {"is_valid": False}})}, "the access token is not valid any more"),
    (
        {},
        {"token": Reply({"data": GOOD | {"scopes": ["whatsapp_business_messaging"]}})},
        "the access token lacks whatsapp_business_management",
    ),
    ({}, {"refused": refusal(200, "Permissions error", status=403)}, "code 200"),
]


@pytest.mark.parametrize(("given", "meta", "said"), REFUSALS)
def test_what_meta_refuses_is_not_connected(
    service: TestClient, session: Session, number: Number, given: dict[str, str], meta: dict[str, Any], said: str
) -> None:
    for name, value in meta.items():
        setattr(number, name, value)

    answer = service.post("/channels", json=GIVEN | given)

    assert answer.status_code == 422
    assert said in answer.json()["detail"]
    assert answer.json()["type"].endswith(":refused-by-meta")
    assert answer.json()["trouble"]["remedy"]
    assert session.scalars(select(Channel)).all() == []


@pytest.mark.parametrize(
    "silence", [Reply(hang_up=True), Reply(b"<html>", 502), refusal(2, "Service down", status=503)]
)
def test_number_is_connected_while_meta_is_away_and_checked_later(
    service: TestClient, number: Number, checker: ChannelChecker, silence: Reply
) -> None:
    number.refused = silence

    made = connect(service, display_phone_number="+91 98450 12345")
    number.refused = None
    checker.run()

    assert made["health"]["state"] == "unchecked"
    assert shown(service, made)["health"]["state"] == "ok"
    assert shown(service, made)["verified_name"] == "Kiran Sarees"


def test_without_meta_the_number_itself_is_needed(service: TestClient, number: Number) -> None:
    number.refused = Reply(hang_up=True)

    answer = service.post("/channels", json=GIVEN)

    assert answer.status_code == 422
    assert "display_phone_number is needed" in answer.json()["detail"]


@pytest.mark.parametrize(("days", "state"), [(None, "ok"), (60, "ok"), (6, "expires_soon")])
def test_end_of_the_token_is_told_before_it_comes(
    service: TestClient, number: Number, days: int | None, state: str
) -> None:
    end = int((datetime.now(UTC) + timedelta(days=days)).timestamp()) if days else 0
    number.token = Reply({"data": GOOD | {"expires_at": end}})

    health = connect(service)["health"]

    assert health["state"] == state
    assert (health["token_expires_at"] is not None) == (days is not None)


def test_token_that_may_not_be_asked_about_is_no_trouble(service: TestClient, number: Number) -> None:
    number.token = refusal(100, "You must provide an app access token")

    assert connect(service)["health"]["state"] == "ok"


def test_check_finds_the_token_withdrawn_and_then_mended(
    service: TestClient, number: Number, checker: ChannelChecker, session: Session
) -> None:
    made = connect(service)
    number.refused = refusal(190, "Session has been invalidated", status=401)
    session.execute(update(Channel).values(check_due_at=None))
    session.commit()

    checker.run()
    broken = shown(service, made)["health"]
    number.refused = None
    mended = service.patch(f"/channels/{made['id']}", json={"access_token": "EAAG-new"}).json()

    assert broken["state"] == "trouble"
    assert broken["trouble"]["code"] == 190
    assert broken["trouble"]["details"] == "Session has been invalidated"
    assert "new access token" in broken["trouble"]["remedy"]
    assert mended["health"]["state"] == "ok"
    assert mended["health"]["trouble"] is None


def test_new_token_that_meta_refuses_leaves_the_old_one(service: TestClient, number: Number, session: Session) -> None:
    made = connect(service)
    before = session.get_one(Channel, made["id"]).access_token_encrypted

    answer = service.patch(f"/channels/{made['id']}", json={"access_token": "wrong"})

    assert answer.status_code == 422
    session.expire_all()
    assert session.get_one(Channel, made["id"]).access_token_encrypted == before


def test_admin_checks_now(service: TestClient, number: Number) -> None:
    made = connect(service)
    number.about["quality_rating"] = "RED"

    checked = service.post(f"/channels/{made['id']}/check").json()
    number.refused = refusal(10, "Application does not have permission", status=403)
    refused = service.post(f"/channels/{made['id']}/check").json()
    number.refused = Reply(hang_up=True)
    away = service.post(f"/channels/{made['id']}/check")

    assert checked["quality_rating"] == "RED"
    assert refused["health"]["trouble"]["code"] == 10
    assert shown(service, made)["health"]["state"] == "trouble"
    assert away.status_code == 503


def test_number_without_a_token_cannot_be_checked(service: TestClient, channel: Channel) -> None:
    assert service.post(f"/channels/{channel.id}/check").status_code == 422
    assert shown(service, {"id": channel.id})["health"]["state"] == "no_token"


def test_agent_may_see_numbers_and_not_check_them(service: TestClient, session: Session, agent: User) -> None:
    made = connect(service)
    service.headers["Authorization"] = f"Bearer {make_token(session, agent)}"

    assert service.get(f"/channels/{made['id']}").status_code == 200
    assert service.post(f"/channels/{made['id']}/check").status_code == 403


def test_number_of_another_business_can_be_neither_seen_nor_checked(service: TestClient, session: Session) -> None:
    other = make_channel(session, make_business(session))

    assert service.get(f"/channels/{other.id}").status_code == 404
    assert service.post(f"/channels/{other.id}/check").status_code == 404


@pytest.mark.parametrize(
    ("code", "marks"),
    [
        *((code, True) for code in (0, 3, 10, 190, 200, 299, 131005, 131031)),
        *((code, False) for code in (131047, 131026, 130429, 100, 131053)),
    ],
)
def test_errors_of_token_and_account_mark_the_number_and_others_do_not(
    session: Session, channel: Channel, code: int, marks: bool
) -> None:
    noted = note_trouble(session, channel.id, {"code": code, **advise(code).as_json()})
    session.refresh(channel)

    assert noted is marks
    assert (channel.trouble is not None) is marks


def test_trouble_that_a_message_met_goes_with_the_next_good_check(
    service: TestClient, checker: ChannelChecker, session: Session
) -> None:
    made = connect(service)
    note_trouble(session, made["id"], {"code": 131042, **advise(131042).as_json()})
    session.commit()
    between = shown(service, made)["health"]

    session.execute(update(Channel).values(check_due_at=datetime.now(UTC)))
    session.commit()
    checker.run()

    assert between["state"] == "trouble"
    assert shown(service, made)["health"]["state"] == "ok"


def test_checked_number_rests_and_a_disabled_one_is_left_alone(
    service: TestClient, checker: ChannelChecker, database: Database
) -> None:
    made = connect(service)
    with database.transaction() as session:
        assert not has_due_checks(session)
        session.execute(update(Channel).values(check_due_at=None))
        assert has_due_checks(session)
        assert claim_checks(session, 10) == [made["id"]]
        assert claim_checks(session, 10) == []
        session.execute(update(Channel).values(check_due_at=None, status=ChannelStatus.DISABLED))
        assert claim_checks(session, 10) == []


def test_answer_about_a_token_that_was_replaced_meanwhile_is_void(
    service: TestClient, number: Number, checker: ChannelChecker, database: Database, asking_settings: Settings
) -> None:
    made = connect(service)

    def replaced_meanwhile(_asked: Asked) -> Reply:
        with database.transaction() as session:
            set_access_token(session.get_one(Channel, made["id"]), "EAAG-new", Vault(asking_settings.secret_keys))
        return refusal(190, "expired", status=401)

    number.graph.answer = replaced_meanwhile
    checker.check(made["id"])

    assert shown(service, made)["health"]["trouble"] is None


def test_token_under_a_lost_key_is_told_to_the_admin(service: TestClient, database: Database, number: Number) -> None:
    made = connect(service)
    graph = GraphClient(number.graph.url, VERSION, timeout=1)

    ChannelChecker(database, graph, Vault([b"\x09" * 32])).check(made["id"])
    graph.close()

    trouble = shown(service, made)["health"]["trouble"]
    assert "SATYASELL_SECRET_KEY" in trouble["meaning"]


def test_several_numbers_of_several_businesses_keep_their_tokens_apart(
    service: TestClient, session: Session, number: Number
) -> None:
    connect(service)
    stranger = make_user(session, make_business(session))
    service.headers["Authorization"] = f"Bearer {make_token(session, stranger)}"

    taken = service.post("/channels", json=GIVEN)

    assert taken.status_code == 409
    assert service.get("/channels").json()["items"] == []


@pytest.mark.processes
def test_init_connects_a_number_with_what_meta_says(
    fresh_database_url: str, fresh_database: Database, number: Number
) -> None:
    command = [sys.executable, "-c", "from api.cli import main; main()", "init", "--json", "--business", "Kiran"]
    command += ["--email", "asha@shop.example", "--phone-number-id", NUMBER_ID, "--waba-id", WABA]
    environment = {
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "DATABASE_URL": fresh_database_url,
        "SATYASELL_ADMIN_PASSWORD": "correct horse battery",
        "SATYASELL_SECRET_KEY": "00" * 32,
        "WHATSAPP_GRAPH_URL": number.graph.url,
    }

    def init(token: str) -> subprocess.CompletedProcess[str]:
        variables = environment | {"WHATSAPP_ACCESS_TOKEN": token}
        return subprocess.run(command, capture_output=True, text=True, check=False, env=variables)

    refused, made = init("wrong"), init(TOKEN)

    assert refused.returncode == 1
    assert "Meta refuses this (code 190)" in refused.stderr
    assert refused.stderr.count("\n") == 1 or "graph.refused" in refused.stderr
    assert json.loads(made.stdout)["created"] is True
    with fresh_database.transaction() as session:
        (row,) = session.scalars(select(Channel))
        assert (row.verified_name, row.display_phone_number) == ("Kiran Sarees", "+91 98450 12345")
        assert row.has_access_token


ODD = [{}, {"verified_name": 7, "throughput": "HIGH"}, {"display_phone_number": None}, {"verified_name": "a\0b\ud83d"}]


@pytest.mark.parametrize("about", ODD)
@pytest.mark.parametrize(
    "token", [{}, {"scopes": "all", "expires_at": "soon"}, {"granular_scopes": [7, {"scope": []}]}]
)
def test_no_answer_of_metas_breaks_it(
    service: TestClient, number: Number, about: dict[str, object], token: dict[str, object]
) -> None:
    number.about, number.token = about, Reply({"data": token})

    made = connect(service, display_phone_number="+91 98450 12345")

    assert made["health"]["state"] == "ok"
    assert made["verified_name"] in (None, "ab")
