"""Sample requests of Meta and of another client are accepted, and become the same bodies."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.sending.message import body_of, outgoing

SAMPLES = Path(__file__).parents[4] / "shared" / "benchmark" / "public" / "whatsapp"
# Words that stand for something in Meta's samples, and something that could stand there.
PLACEHOLDERS = (
    (re.compile(r"^<?http\(s\)://[^>]*>?$"), "https://shop.example/file"),
    (re.compile(r"^language-and-locale-code$"), "en_US"),
    (re.compile(r"^(template-name|<TEMPLATE_NAME>)$"), "template_name"),
    (re.compile(r"^<HEADER_TYPE>$"), "text"),
    (re.compile(r"^unique-reference-id-from-.*$"), "order-1042"),
)
ABOUT_THE_ENVELOPE = ("messaging_product", "recipient_type", "to", "context")


def samples() -> Iterator[Any]:
    for path in sorted(SAMPLES.glob("*/requests/*.json")):
        body = json.loads(path.read_text())
        if body.get("messaging_product") and "status" not in body:
            yield pytest.param(body, id=f"{path.parts[-3]}-{path.stem}")


def filled(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """A sample in which placeholders are replaced, and words that Meta reads in any case are lower."""
    if isinstance(value, dict):
        return {key: lowered(key, filled(each)) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each) for each in value]
    if isinstance(value, str):
        for pattern, example in PLACEHOLDERS:
            value = pattern.sub(example, value)
    return value


def lowered(key: str, value: Any) -> Any:  # noqa: ANN401 - any JSON
    return value.lower() if key in {"sub_type", "type"} and value in {"BUTTON", "CATALOG", "LIST"} else value


def plain(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """A body in which a number and its text are the same."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return str(value).lower() if isinstance(value, bool | int | float) else value


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample requests are not here")
def test_all_samples_are_looked_at() -> None:
    assert len(list(samples())) >= 60


@pytest.mark.parametrize("sample", list(samples()))
def test_a_sample_becomes_the_same_body(sample: dict[str, Any]) -> None:
    wanted = {key: value for key, value in filled(sample).items() if key not in ABOUT_THE_ENVELOPE}
    type_ = wanted.setdefault("type", next(iter(wanted)))  # some of Meta's own samples name no type

    assert plain(body_of(outgoing(type_, wanted[type_]))) == plain(wanted)
