"""Meta's own example requests, and a Java client's, are accepted: read where they lie, never copied."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.simulator.options import Delays, Options
from tests.api.simulator.conftest import ASHA, NO_LIMITS, NUMBER, Graph, simulating
from tests.docs.pages import ROOT

Json = dict[str, Any]
SAMPLES = ROOT.parent / "shared" / "benchmark" / "public" / "whatsapp"
REQUESTS = sorted(SAMPLES.glob("*/requests/*.json"))
# Meta made these categories and this shape obsolete after the sample was written.
REFUSED = {
    "expectedTemplate1": "category",
    "expectedTemplate2": "category",
    "expectedTemplate4": "category",
}
_NUMBER = "{{Recipient"
_OPEN = re.compile(r"^<.*>$|^\{\{.*\}\}$|^http\(s\)://.*$")

pytestmark = pytest.mark.skipif(not REQUESTS, reason="the samples are not here")


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    yield from simulating(Options(delays=Delays(), limits=NO_LIMITS))


def test_all_samples_are_here() -> None:
    assert len(REQUESTS) == 76


@pytest.mark.parametrize("path", REQUESTS, ids=lambda path: path.stem)
def test_a_sample_request_is_answered_as_meta_answers_it(graph: Graph, path: Path) -> None:
    request = filled(json.loads(path.read_text()), "")
    prepare(graph, request)

    answer = graph.http.post(f"/v25.0/{target(request)}", json=request)

    if path.stem in REFUSED:
        assert answer.json()["error"]["code"] == 100
        assert REFUSED[path.stem] in answer.json()["error"]["error_data"]["details"]
    else:
        assert answer.status_code == 200, answer.text


def target(request: Json) -> str:
    if "messaging_product" in request:
        return f"{NUMBER.phone_number_id}/messages"
    return NUMBER.phone_number_id if "pin" in request else f"{NUMBER.waba_id}/message_templates"


def filled(value: Any, key: str) -> Any:  # noqa: ANN401 - any JSON
    """The sample with something real in the places that it leaves open."""
    if isinstance(value, dict):
        return {name: filled(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, f"{key}{number}") for number, inner in enumerate(value)]
    return word(value, key) if isinstance(value, str) else value


def word(value: str, key: str) -> str:
    if value.startswith(_NUMBER) or (key == "to" and not value.lstrip("+").isdigit()):
        return ASHA
    if value == "<HEADER_TYPE>":
        return "text"
    if value.endswith("-from-order-details-msg"):
        return "unique-reference-id"
    if _OPEN.match(value):
        return "https://shop.example/file" if key == "link" else f"x{abs(hash(value)) % 10**6}"
    return value


def prepare(graph: Graph, request: Json) -> None:
    """Let there be what the request speaks of: uploads, a template, a message, a bill."""

    def there(network: Any) -> None:  # noqa: ANN401 - Network
        for media_id in ids(request):
            network.media.add(b"x", "application/octet-stream", media_id)
        if "template" in request:
            network.templates.put(NUMBER.waba_id, template_for(request["template"]))

    graph.simulator.do(there)
    if request.get("status") == "read":
        request["message_id"] = graph.simulator.phone(ASHA).say("hello")
    if request.get("interactive", {}).get("type") == "order_status":
        bill = filled(
            json.loads((SAMPLES / "facebook-openapi/requests/send_order_details_message.json").read_text()), ""
        )
        graph.send(bill)
    if request.get("interactive", {}).get("type") == "order_details":
        request["interactive"]["action"]["parameters"]["reference_id"] = "sample"


def ids(value: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    """The ids of uploads in a request."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in {"image", "video", "audio", "document", "sticker"} and isinstance(inner, dict) and "id" in inner:
                yield inner["id"]
            yield from ids(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from ids(inner)


def template_for(sent: Json) -> Json:
    """A template that a sample's message would fit."""
    parts = {part["type"]: part for part in sent.get("components", []) if part["type"] != "button"}
    buttons = [part for part in sent.get("components", []) if part["type"] == "button"]
    components: list[Json] = []
    if "header" in parts:
        components.append({"type": "HEADER", "format": parts["header"]["parameters"][0]["type"].upper()})
    count = len(parts.get("body", {}).get("parameters", ()))
    components.append({"type": "BODY", "text": " ".join(f"{{{{{number + 1}}}}}" for number in range(count)) + " end"})
    made = [
        {"type": part["sub_type"].upper(), "text": str(index), "url": "https://shop.example/{{1}}"}
        for index, part in enumerate(buttons)
    ]
    components.append({"type": "BUTTONS", "buttons": made})
    return {"name": sent["name"], "language": sent["language"]["code"], "components": components}
