"""Templates are as Meta has them: after a sync, after a webhook, and over HTTP."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.database import Database
from api.identity.models import Business, Channel
from api.template.models import Template
from api.template.news import note_template_news
from api.template.sync import TemplateSync, claim_syncs, has_due_syncs
from tests.api.template.conftest import WABA, Account
from tests.api.template.samples import ALL, NAMED, PLAIN, SHIPPED
from tests.factories import make_business, make_channel
from tests.graph_server import Reply, refusal


def kept(database: Database) -> dict[str, Template]:
    with database.transaction() as session:
        return {row.name: row for row in session.scalars(select(Template))}


def test_all_pages_are_kept(sync: TemplateSync, account: Account, sender: Channel, database: Database) -> None:
    account.templates = list(ALL)

    brought = sync.sync(sender.id)

    rows = kept(database)
    assert brought.templates == len(rows) == 6
    assert len(account.graph.asked) == 4
    assert account.graph.asked[0].path.startswith(f"/v25.0/{WABA}/message_templates?")
    assert (rows["order_shipped"].status, rows["order_shipped"].quality) == ("APPROVED", "GREEN")
    assert rows["hello_world"].reason == "PROMOTIONAL"
    assert rows["festival"].parameter_format == "NAMED"
    assert rows["new_sarees"].parameter_format == "POSITIONAL"


def test_second_sync_changes_and_forgets_what_meta_did(
    sync: TemplateSync, account: Account, sender: Channel, database: Database
) -> None:
    account.templates = [SHIPPED, PLAIN]
    sync.sync(sender.id)
    first = kept(database)
    account.templates = [SHIPPED | {"status": "PAUSED"}, NAMED]

    sync.sync(sender.id)

    rows = kept(database)
    assert set(rows) == {"order_shipped", "festival"}
    assert rows["order_shipped"].status == "PAUSED"
    assert rows["order_shipped"].id == first["order_shipped"].id


@pytest.mark.parametrize(
    "reply", [refusal(80007, "rate limit"), Reply(b"<html>", 502), refusal(190, "expired", status=401)]
)
def test_sync_that_fails_forgets_nothing_and_is_tried_again_later(
    sync: TemplateSync, account: Account, sender: Channel, database: Database, reply: Reply
) -> None:
    account.templates = [SHIPPED]
    sync.sync(sender.id)
    account.refused = reply

    brought = sync.sync(sender.id)

    assert brought.error
    assert set(kept(database)) == {"order_shipped"}
    with database.transaction() as session:
        assert not has_due_syncs(session)
        trouble = session.get_one(Channel, sender.id).trouble
    assert (trouble is not None) == (reply.status == 401)


def test_sync_that_breaks_off_in_the_middle_forgets_nothing(
    sync: TemplateSync, account: Account, sender: Channel, database: Database
) -> None:
    account.templates = list(ALL)
    sync.sync(sender.id)
    whole = account.answer
    account.graph.answer = lambda asked: whole(asked) if "after=4" not in asked.path else Reply(b"", 500)

    sync.sync(sender.id)

    assert len(kept(database)) == 6


@pytest.mark.parametrize(
    "odd",
    [
        PLAIN | {"name": "nul", "components": [{"type": "BODY", "text": "a\0\ud83d"}]},
        {},
        {"name": "x"},
        {"name": 1, "language": "en", "id": "1"},
        {"name": "x", "language": "en", "id": "9", "components": "y", "quality_score": []},
    ],
)
def test_odd_template_keeps_no_other_from_being_kept(
    sync: TemplateSync, account: Account, sender: Channel, database: Database, odd: dict[str, Any]
) -> None:
    account.templates = [odd, SHIPPED]

    sync.sync(sender.id)

    assert "order_shipped" in kept(database)


def test_each_account_is_synced_once_and_then_rests(
    sync: TemplateSync, account: Account, sender: Channel, session: Session, business: Business, database: Database
) -> None:
    second = make_channel(session, business, waba_id=WABA)
    second.access_token_encrypted = b"another number of the same account"
    session.commit()
    account.templates = [SHIPPED]

    sync.run()
    sync.run()

    assert len(account.graph.asked) == 2  # two pages, once
    with database.transaction() as looking:
        assert claim_syncs(looking, 10) == []
        assert looking.get_one(Channel, second.id).templates_synced_at is not None


def test_businesses_keep_their_own(
    sync: TemplateSync, account: Account, sender: Channel, session: Session, database: Database
) -> None:
    stranger = make_business(session)
    session.add(
        Template(
            business_id=stranger.id,
            waba_id=WABA,
            meta_id="11",
            name="theirs",
            language="en",
            category="UTILITY",
            status="APPROVED",
            parameter_format="POSITIONAL",
            components=[],
            synced_at=datetime(2020, 1, 1, tzinfo=UTC),
        )
    )
    session.commit()
    account.templates = [SHIPPED]

    sync.sync(sender.id)

    assert set(kept(database)) == {"theirs", "order_shipped"}


NEWS = [
    (
        "message_template_status_update",
        {"event": "PAUSED", "message_template_id": 11, "reason": "low quality"},
        {"status": "PAUSED", "reason": "low quality"},
    ),
    (
        "message_template_status_update",
        {"event": "APPROVED", "message_template_id": 11, "reason": "NONE"},
        {"reason": None},
    ),
    ("message_template_quality_update", {"new_quality_score": "RED", "message_template_id": 11}, {"quality": "RED"}),
    ("template_category_update", {"new_category": "MARKETING", "message_template_id": 11}, {"category": "MARKETING"}),
    (
        "template_category_update",
        {"new_category": "UTILITY", "correct_category": "MARKETING", "message_template_id": 11},
        {"category": "UTILITY"},
    ),
]


@pytest.mark.parametrize(("field", "told", "changed"), NEWS)
def test_webhook_is_applied_at_once(
    sync: TemplateSync,
    account: Account,
    sender: Channel,
    database: Database,
    field: str,
    told: dict[str, Any],
    changed: dict[str, Any],
) -> None:
    account.templates = [SHIPPED]
    sync.sync(sender.id)

    with database.transaction() as session:
        note_template_news(session, sender.business_id, WABA, field, told)

    row = kept(database)["order_shipped"]
    assert {name: getattr(row, name) for name in changed} == changed


@pytest.mark.parametrize(
    "told", [{}, {"message_template_id": 99, "event": "PAUSED"}, {"message_template_id": 11, "event": 7}]
)
def test_webhook_that_says_nothing_known_changes_nothing(
    sync: TemplateSync, account: Account, sender: Channel, database: Database, told: dict[str, Any]
) -> None:
    account.templates = [SHIPPED]
    sync.sync(sender.id)

    with database.transaction() as session:
        assert not note_template_news(session, sender.business_id, WABA, "message_template_status_update", told)

    assert kept(database)["order_shipped"].status == "APPROVED"


def test_templates_are_synced_listed_and_tried_over_http(client: TestClient, account: Account, sender: Channel) -> None:
    account.templates = deepcopy(list(ALL))

    synced = client.post("/templates/sync").json()
    listed = client.get("/templates", params={"status": "approved", "channel_id": sender.id, "language": "hi"}).json()
    (one,) = client.get("/templates", params={"name": "order_shipped"}).json()["items"]
    preview = client.post(
        f"/templates/{one['id']}/preview",
        json={"values": {"header.1": "7", "body.1": "Asha", "body.2": "7", "button.0": "7"}},
    ).json()
    incomplete = client.post(f"/templates/{one['id']}/preview", json={"values": {"body.1": "Asha"}}).json()

    assert synced == [{"waba_id": WABA, "templates": 6, "error": None}]
    assert [item["name"] for item in listed["items"]] == ["festival"]
    assert client.get(f"/templates/{one['id']}").json() == one
    assert [variable["key"] for variable in one["variables"]][:2] == ["header.1", "body.1"]
    assert preview["problems"] == []
    assert preview["shown"]["body"] == "Dear Asha, your order 7 is on its way, Asha."
    assert preview["components"][0]["type"] == "header"
    assert incomplete["components"] is None
    assert {problem["key"] for problem in incomplete["problems"]} == {"header.1", "body.2", "button.0"}


def test_sync_over_http_tells_why_it_failed(client: TestClient, account: Account, sender: Channel) -> None:
    account.refused = refusal(190, "expired", status=401)

    (answer,) = client.post("/templates/sync").json()

    assert "code 190" in answer["error"]


def test_templates_of_another_business_are_not_there(
    client: TestClient, sync: TemplateSync, account: Account, session: Session, sender: Channel
) -> None:
    account.templates = [SHIPPED]
    sync.sync(sender.id)
    other = make_channel(session, make_business(session))
    row = session.scalars(select(Template)).one()
    row.business_id = other.business_id
    session.commit()

    assert client.get("/templates").json()["items"] == []
    assert client.get(f"/templates/{row.id}").status_code == 404
    assert client.get("/templates", params={"channel_id": other.id}).status_code == 404
