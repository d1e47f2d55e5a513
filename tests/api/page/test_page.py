"""The page and its files, as the service sends them."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.page import files

FIRST_LOAD_BYTES = 300 * 1024  # compressed, until a person who is logged in sees her inbox
GUARDS = {"script-src 'self'", "default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"}


@pytest.fixture(scope="module")
def page(plain_client: TestClient) -> str:
    answer = plain_client.get("/")
    assert answer.status_code == 200, files.NOT_BUILT
    return answer.text


@pytest.fixture(scope="module")
def plain_client() -> TestClient:
    from fastapi import FastAPI

    from api import problem
    from api.page.endpoints import router

    app = FastAPI()
    app.include_router(router)
    problem.install(app)
    return TestClient(app)


def test_policy_allows_no_inline_script_and_nothing_from_elsewhere(plain_client: TestClient, page: str) -> None:
    policy = plain_client.get("/").headers["Content-Security-Policy"]
    assert set(policy.split("; ")) >= GUARDS
    assert "unsafe" not in policy
    assert "http" not in policy
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)


def test_each_answer_has_a_nonce_of_its_own(plain_client: TestClient) -> None:
    nonces = set()
    for _ in range(3):
        answer = plain_client.get("/")
        (nonce,) = re.findall(r"'nonce-([\w-]+)'", answer.headers["Content-Security-Policy"])
        assert f'content="{nonce}"' in answer.text
        assert "__NONCE__" not in answer.text
        nonces.add(nonce)
    assert len(nonces) == 3


def test_assets_come_compressed_and_may_be_kept_for_ever(plain_client: TestClient, page: str) -> None:
    (script,) = re.findall(r'<script type="module"[^>]* src="([^"]+)"', page)
    plain = plain_client.get(script, headers={"Accept-Encoding": "identity"})
    small = plain_client.get(script, headers={"Accept-Encoding": "gzip"})
    assert "immutable" in small.headers["Cache-Control"]
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert small.content == plain.content  # the client unpacks
    assert int(small.headers["Content-Length"]) < len(plain.content) / 2
    assert plain.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["../../../pyproject.toml", "..%2f..%2f__init__.py", "nothing.js", "index.html"])
def test_what_is_no_asset_is_not_found(plain_client: TestClient, name: str) -> None:
    assert plain_client.get(f"/assets/{name}").status_code == 404


@pytest.mark.parametrize("name", ["icon.svg", "manifest.webmanifest", "color-scheme.js"])
def test_files_beside_the_page_are_there(plain_client: TestClient, name: str) -> None:
    assert plain_client.get(f"/{name}").status_code == 200


def test_a_page_that_is_not_built_says_what_to_do(
    plain_client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(files, "BUILT", tmp_path)
    answer = plain_client.get("/")
    assert answer.status_code == 503
    assert "make page" in answer.text


def test_no_file_of_the_page_names_an_address_elsewhere_to_load_from() -> None:
    for path in (files.BUILT / "assets").glob("*.css"):
        assert "url(http" not in path.read_text(encoding="utf-8")
    assert "http" not in re.sub(r'xmlns="[^"]*"', "", (files.BUILT / "index.html").read_text(encoding="utf-8"))
