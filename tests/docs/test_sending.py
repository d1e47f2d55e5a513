"""Every example of a message in the documentation is one that the service takes."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import TypeAdapter

from api.graph.advice import ADVICE, API_PERMISSION, FIRST_PERMISSION, LAST_PERMISSION, MEANINGS, Advice
from api.order.summary_setting import SummarySetting
from api.sending.schemas import SendRequest
from tests.docs.pages import ROOT, blocks

SENDING = ROOT / "docs" / "sending.md"
CODES = ROOT / "docs" / "error-codes.md"


def examples() -> Iterator[dict[str, Any]]:
    decoder = json.JSONDecoder()
    for block in blocks(SENDING):
        text = block.code.strip() if block.language == "json" else ""
        while text:
            example, end = decoder.raw_decode(text)
            yield example
            text = text[end:].strip()


def kind(example: dict[str, Any]) -> str:
    interactive = example["type"] == "interactive"
    return str(example["content"]["type"] if interactive else example["type"])


@pytest.mark.parametrize("example", list(examples()), ids=kind)
def test_an_example_is_taken(example: dict[str, Any]) -> None:
    message = TypeAdapter[Any](SendRequest).validate_python(example)

    assert message.type == example["type"]


def test_every_type_has_an_example() -> None:
    shown = {kind(example) for example in examples()}

    assert shown == {
        *("text", "image", "video", "audio", "document", "sticker", "location", "contacts", "reaction", "template"),
        *("button", "list", "cta_url", "location_request_message", "address_message", "flow"),
        *("product", "product_list", "catalog_message", "order_details", "order_status"),
    }


def test_the_example_of_the_summarys_setting_is_taken() -> None:
    (setting,) = [block.code for block in blocks(SENDING) if block.code.startswith('{"mode"')]

    assert SummarySetting.model_validate_json(setting).template is not None


def row(code: str, advice: Advice) -> str:
    backoff = advice.backoff
    again = (
        f"after {backoff.first:g} s, then {backoff.factor:g} times as long, {backoff.attempts} attempts"
        if backoff
        else ""
    )
    return f"| {code} | `{advice.action}` | {advice.meaning} | {advice.remedy} | {again} |"


def test_the_table_of_error_codes_is_the_codes_own() -> None:
    wanted = [row(str(code), ADVICE[code]) for code in sorted(ADVICE)]
    wanted.append(row(f"{FIRST_PERMISSION} to {LAST_PERMISSION}", API_PERMISSION))
    shown = [line for line in CODES.read_text().splitlines() if line.startswith("| ") and line[2].isdigit()]

    assert sorted(shown) == sorted(wanted)


def test_every_action_is_explained() -> None:
    text = CODES.read_text()

    assert all(f"| `{action}` | {meaning} |" in text for action, meaning in MEANINGS.items())
