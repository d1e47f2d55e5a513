"""From an empty installation to the first draft, without a terminal."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy.orm import Session

from api.app import create_app
from api.database import Database
from api.identity.models import Business, User
from api.server.simulated import NUMBER
from api.server.welcome import new_setup_code
from api.settings import Settings
from api.simulator.options import Options
from api.simulator.simulator import Simulator
from tests.factories import make_business, make_token
from tests.shop import Shop, read, wish

CODE = "ABCD-EFGH-JKLM"
BUSINESS = {"name": "Kiran Sarees", "currency": "AED", "country_code": "AE", "time_zone": "Asia/Dubai"}
ADMIN = {"email": "asha@shop.example", "name": "Asha", "password": "correct horse battery", "language": "hi"}


@pytest.fixture
def empty(settings: Settings, database: Database) -> Iterator[TestClient]:
    """The service as `serve` starts it on an empty installation."""
    with TestClient(create_app(settings.model_copy(update={"setup_code": SecretStr(CODE)}), database)) as client:
        yield client


def begin(client: TestClient, code: str = CODE, **changes: object) -> Any:  # noqa: ANN401 - any JSON
    return client.post("/setup", json={"code": code, "business": BUSINESS, "admin": ADMIN} | changes)


def test_first_business_is_made_in_the_browser(empty: TestClient) -> None:
    assert empty.get("/setup").json() == {"needed": True}

    begun = begin(empty, "abcd efgh jklm", cookie=True)

    assert (begun.status_code, begun.json()["user"]["role"], begun.json()["user"]["language"]) == (201, "admin", "hi")
    business = empty.get("/businesses/current").json()
    assert (business["name"], business["currency"], business["locale"]) == ("Kiran Sarees", "AED", "en-AE")
    assert empty.get("/setup").json() == {"needed": False}


@pytest.mark.parametrize("code", ["ABCD-EFGH-JKLN", "ABCD", "-", "ﬀ"])
def test_wrong_code_makes_nothing(empty: TestClient, code: str) -> None:
    assert begin(empty, code).status_code == 403
    assert empty.get("/setup").json() == {"needed": True}


def test_service_without_a_code_takes_none(anonymous: TestClient) -> None:
    assert begin(anonymous, "-").status_code == 403


def test_second_business_is_not_made_even_with_the_code(empty: TestClient) -> None:
    begin(empty)

    again = begin(empty, admin=ADMIN | {"email": "eve@shop.example"})

    assert (again.status_code, again.json()["type"]) == (409, "urn:problem-type:satyasell:already-set-up")


def test_code_cannot_be_guessed_by_trying(empty: TestClient) -> None:
    tries = [begin(empty, f"GUES-S{number:03}").status_code for number in range(11)]

    assert tries == [403] * 10 + [429]


def test_setup_codes_are_long_and_never_the_same() -> None:
    codes = {new_setup_code() for _ in range(100)}

    assert len(codes) == 100
    assert {len(code) for code in codes} == {14}


def test_guide_follows_what_is_done(client: TestClient, session: Session, business: Business) -> None:
    def done() -> set[str]:
        state = client.get("/businesses/current/setup").json()
        return {name for name, is_done in state.items() if is_done is True}

    assert done() == {"receives_webhooks"}
    shop = Shop.open(session)
    token = make_token(session, session.get_one(User, shop.agent.id))
    client.headers["Authorization"] = f"Bearer {token}"
    assert done() == {"receives_webhooks", "has_channel", "has_products", "has_conversations"}
    order = read(session, shop.conversation, wish("KURTI-S", "KURTI"))
    assert order is not None
    assert "has_drafts" in done()
    client.post(f"/orders/{order.id}/confirm", headers={"If-Match": '"1"'})
    assert "has_confirmed_order" in done()


@pytest.fixture
def simulated(settings: Settings, database: Database) -> Iterator[TestClient]:
    """The service beside a simulator."""
    options = Options(tokens=("simulator-token",), numbers=(NUMBER,))
    with Simulator(options) as whatsapp:
        there = settings.model_copy(update={"graph_url": whatsapp.address, "simulator_url": whatsapp.address})
        with TestClient(create_app(there, database)) as client:
            yield client


def test_admin_connects_the_simulator_by_one_press(
    simulated: TestClient, session: Session, admin: User, agent: User
) -> None:
    simulated.headers["Authorization"] = f"Bearer {make_token(session, agent)}"
    assert simulated.post("/businesses/current/simulator").status_code == 403
    simulated.headers["Authorization"] = f"Bearer {make_token(session, admin)}"
    before = simulated.get("/businesses/current/setup").json()["simulator"]

    first = simulated.post("/businesses/current/simulator").json()
    second = simulated.post("/businesses/current/simulator").json()

    assert (before["available"], before["connected"]) == (True, False)
    assert first["channel"]["health"]["state"] == "ok"
    assert first == second
    assert first["phone_url"] == before["phone_url"]
    assert simulated.get("/businesses/current/setup").json()["has_healthy_channel"] is True


def test_simulator_of_another_business_is_taken(simulated: TestClient, session: Session, admin: User) -> None:
    from tests.factories import make_channel

    make_channel(session, make_business(session), phone_number_id=NUMBER.phone_number_id)
    simulated.headers["Authorization"] = f"Bearer {make_token(session, admin)}"

    assert simulated.post("/businesses/current/simulator").json()["type"] == "urn:problem-type:satyasell:number-taken"


def test_without_a_simulator_there_is_none_to_connect(client: TestClient) -> None:
    refused = client.post("/businesses/current/simulator")

    assert (refused.status_code, refused.json()["type"]) == (409, "urn:problem-type:satyasell:no-simulator")
    assert client.get("/businesses/current/setup").json()["simulator"]["phone_url"] is None
