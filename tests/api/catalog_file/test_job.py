"""Catalogue files that workers import: with progress, once, and all or nothing."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from api.app import create_app
from api.catalog.models import Variant
from api.catalog_file import importing
from api.catalog_file.job import IMPORT_CATALOG, Importer, due_imports
from api.catalog_file.models import CatalogImport
from api.database import Database
from api.settings import Settings
from tests.committed_shop import Shop
from tests.factories import make_token


class Hints:
    """Keeps what workers were told."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, tuple[int, ...]]] = []

    def send(self, task: str, *arguments: int, delay: float = 0.0) -> None:  # noqa: ARG002 - as Hinting has it
        self.sent.append((task, arguments))


@pytest.fixture
def hints() -> Hints:
    return Hints()


@pytest.fixture
def office(settings: Settings, fresh_database: Database, shop: Shop, hints: Hints) -> TestClient:
    """The service with real commits, as an admin of the shop."""
    with fresh_database.transaction() as session:
        token = make_token(session, shop.admin)
    app = create_app(settings, fresh_database, hints=hints)
    return TestClient(app, headers={"Authorization": f"Bearer {token}"})


def file_of(count: int, bad: int = 0) -> str:
    rows = [f"S-{number},G-{number},Saree {number},{number}.00 INR" for number in range(1, count + 1)]
    return "\n".join(["id,item_group_id,title,price", *rows, *(f"B-{n},G,Bad,call us" for n in range(bad))])


def upload(office: TestClient, content: str, **query: object) -> dict[str, Any]:
    answer = office.post("/catalog/import-jobs", params=query, files={"file": ("products.csv", content)})
    assert answer.status_code == 202, answer.text
    return dict(answer.json())


def look(office: TestClient, job: dict[str, Any]) -> dict[str, Any]:
    return dict(office.get(f"/catalog/import-jobs/{job['id']}").json())


def test_file_is_left_to_the_workers_and_its_progress_is_seen(
    office: TestClient, fresh_database: Database, hints: Hints, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "CHUNK", 10)
    seen: list[tuple[str, int, int | None]] = []
    job = upload(office, file_of(30))
    assert (job["state"], job["rows_done"], job["rows_total"]) == ("waiting", 0, None)
    assert hints.sent == [(IMPORT_CATALOG, (job["id"],))]
    merge = importing.merge

    def watched(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as merge
        now = look(office, job)
        seen.append((now["state"], now["rows_done"], now["rows_total"]))
        return merge(*arguments, **named)

    monkeypatch.setattr(importing, "merge", watched)
    Importer(fresh_database).run(job["id"])

    assert seen == [("running", 0, None), ("running", 10, 30), ("running", 20, 30)]
    done = look(office, job)
    assert (done["state"], done["rows_done"], done["result"]["created"]) == ("done", 30, 30)
    with fresh_database.transaction() as session:
        assert session.scalar(select(CatalogImport.content)) is None


def test_import_is_done_once_however_often_workers_are_told(office: TestClient, fresh_database: Database) -> None:
    job = upload(office, file_of(3))

    for _ in range(2):
        Importer(fresh_database).run(job["id"])

    assert (look(office, job)["state"], look(office, job)["result"]["created"]) == ("done", 3)


def test_file_with_bad_rows_changes_nothing_and_names_them(office: TestClient, fresh_database: Database) -> None:
    job = upload(office, file_of(2, bad=1))

    Importer(fresh_database).run(job["id"])

    failed = look(office, job)
    assert (failed["state"], failed["problem"]["type"]) == ("failed", "urn:problem-type:satyasell:catalog-rejected")
    assert [problem["line"] for problem in failed["problem"]["problems"]] == [4]
    assert variant_count(fresh_database) == 2  # the shop's own


def test_preview_and_skipped_rows_are_as_of_an_import_that_answers_at_once(
    office: TestClient, fresh_database: Database
) -> None:
    preview, skipping = (
        upload(office, file_of(2, bad=1), preview=True),
        upload(office, file_of(2, bad=1), on_error="skip"),
    )

    for job in (preview, skipping):
        Importer(fresh_database).run(job["id"])

    results = [look(office, job)["result"] for job in (preview, skipping)]
    assert [(each["preview"], each["created"], each["problem_count"]) for each in results] == [
        (True, 2, 1),
        (False, 2, 1),
    ]
    assert variant_count(fresh_database) == 4


def test_import_whose_worker_was_killed_is_done_by_another_and_given_up_after_three(
    office: TestClient, fresh_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = upload(office, file_of(1))

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no memory")

    monkeypatch.setattr("api.catalog_file.job.import_catalog", broken)
    for _ in range(3):
        with fresh_database.transaction() as session:
            session.execute(update(CatalogImport).values(due_at=func.now() - timedelta(minutes=1)))
            assert due_imports(session, timedelta(seconds=30)) == [job["id"]]
        Importer(fresh_database).run(job["id"])

    assert (look(office, job)["state"], look(office, job)["problem"]["type"]) == (
        "failed",
        "urn:problem-type:satyasell:import-failed",
    )


def test_import_of_another_business_is_not_found(client: TestClient, session: Session) -> None:
    assert client.get("/catalog/import-jobs/1").status_code == 404
    assert client.get("/catalog/import-jobs").json()["items"] == []


def variant_count(database: Database) -> int:
    with database.transaction() as session:
        return session.scalar(select(func.count()).select_from(Variant)) or 0
