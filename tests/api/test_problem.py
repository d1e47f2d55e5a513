"""Every error is a problem (RFC 9457), and tells nothing that it should not."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.database import Database
from api.problem import Conflict, Problem
from api.settings import Settings


class Sold(Conflict):
    """A problem of a feature's own."""

    slug = "sold"


@pytest.fixture
def app(settings: Settings, database: Database) -> FastAPI:
    app = create_app(settings, database)

    @app.get("/sold")
    def sold() -> None:
        raise Sold("the last one is sold", skus=["A1"])

    @app.get("/fault")
    def fault() -> None:
        raise RuntimeError("an inner secret")

    @app.post("/echo")
    def echo(body: dict[str, int]) -> dict[str, int]:
        return body

    return app


@pytest.fixture
def http(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


def test_problem_of_a_feature_names_its_kind_and_carries_its_own_members(http: TestClient) -> None:
    answer = http.get("/sold")

    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:problem-type:satyasell:sold",
        "title": "Conflict",
        "status": 409,
        "detail": "the last one is sold",
        "skus": ["A1"],
    }


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/nowhere", 404), ("DELETE", "/sold", 405), ("GET", "/fault", 500)]
)
def test_every_error_is_a_problem(http: TestClient, method: str, path: str, status: int) -> None:
    answer = http.request(method, path)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.json()["type"] == "about:blank"


def test_fault_tells_nothing_but_where_it_is_logged(http: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    answer = http.get("/fault")

    assert "an inner secret" not in answer.text
    assert answer.headers["X-Request-ID"] in caplog.text


def test_invalid_request_says_what_is_wrong_where_and_does_not_repeat_it(http: TestClient) -> None:
    answer = http.post("/echo", json={"quantity": "seven-secret"})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "body.quantity"
    assert "seven-secret" not in answer.text


def test_malformed_json_is_a_problem(http: TestClient) -> None:
    answer = http.post("/echo", content=b"{", headers={"content-type": "application/json"})

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("chunked", [False, True])
def test_too_large_a_body_is_refused_as_a_problem(http: TestClient, settings: Settings, *, chunked: bool) -> None:
    body = b'{"quantity": 1' + b" " * settings.max_body_bytes + b"}"
    sent = iter([body]) if chunked else body

    answer = http.post("/echo", content=sent, headers={"content-type": "application/json"})

    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["X-Request-ID"]


def test_text_that_postgresql_cannot_hold_is_refused(client: TestClient) -> None:
    person = {"email": "a@b.example", "name": "A\0B", "role": "agent", "password": "correct horse battery"}

    assert client.post("/users", json=person).status_code == 422


def test_request_line_in_the_log_holds_no_query(http: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    http.get("/sold?phone=919845012345")

    assert "request.answered" in caplog.text
    assert "919845012345" not in caplog.text


def test_database_that_is_down_is_a_problem_that_passes(settings: Settings) -> None:
    unreachable = Database.connect("postgresql://shop@127.0.0.1:1/shop")
    with TestClient(create_app(settings, unreachable)) as http:
        alive, ready = http.get("/health"), http.get("/ready")
        listed = http.get("/users", headers={"Authorization": "Bearer satya_x"})

    assert alive.status_code == 200
    assert [ready.status_code, listed.status_code] == [503, 503]
    assert listed.headers["Retry-After"]


def references(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        yield from ([part["$ref"]] if "$ref" in part else [])
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from references(each)


def test_document_describes_problems_and_refers_to_nothing_that_is_missing(http: TestClient) -> None:
    document = http.get("/openapi.json").json()
    schemas = document["components"]["schemas"]

    assert schemas["ProblemDetails"]["properties"]["detail"]
    assert {name.removeprefix("#/components/schemas/") for name in references(document)} <= set(schemas)
    assert "HTTPValidationError" not in schemas


def kinds(kind: type[Problem]) -> Iterator[type[Problem]]:
    for each in kind.__subclasses__():
        yield from (each, *kinds(each))


def test_every_kind_of_problem_is_documented() -> None:
    lines = (Path(__file__).parents[2] / "docs" / "http-api.md").read_text().splitlines()
    documented = {tuple(line.split(" | ")[:2]) for line in lines if re.match(r"\| \d{3} \|", line)}

    ours = {kind for kind in kinds(Problem) if kind.__module__.startswith("api.")}
    assert documented == {(f"| {kind.status:d}", f"`{kind.slug}`") for kind in ours}
