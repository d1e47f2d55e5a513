"""The page is typed by `dashboard/openapi.json`: it must be what the service says of itself."""

from pathlib import Path

from api.openapi import document

CONTRACT = Path(__file__).parents[3] / "dashboard" / "openapi.json"


def test_the_page_is_typed_by_what_the_service_is() -> None:
    assert CONTRACT.read_bytes() == document(), "the API changed: run `make contract`, and mend the page by its types"
