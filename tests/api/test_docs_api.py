"""`docs/api.md` says what is so: its commands are run in their order, and its answers compared."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from api.app import create_app
from api.database import Database
from api.identity.models import Business, Channel
from api.identity.password import hash_password
from api.order.proposal import Evidence, ProposedCandidate, ProposedDetails, ProposedQuestion
from api.settings import Settings
from tests.factories import make_business, make_channel, make_user
from tests.shop import make_conversation, make_message, read, wish

DOCS = Path(__file__).parents[2] / "docs" / "api.md"
STEP = re.compile(
    r"^```(?P<language>sh|json)\n(?P<text>.*?)^```$|^(?P<event><!-- a customer writes -->)$", re.MULTILINE | re.DOTALL
)
EXPORT = re.compile(r"export (?P<name>\w+)=\$\((?P<command>.*) \| jq -r \.(?P<path>[\w.\[\]]+)\)$", re.DOTALL)
PRODUCTS = (
    "id,item_group_id,title,price,color,size,quantity_to_sell_on_facebook\n"
    "KU-BLU-S,KU,Anarkali kurti,499.00 INR,blue,S,2\n"
    "KU-BLU-M,KU,Anarkali kurti,499.00 INR,blue,M,2\n"
    "SR-RED,SR,Banarasi saree,2500.00 INR,red,,5\n"
    "SR-GRN,SR,Banarasi saree,2500.00 INR,green,,5\n"
    "SR-BLK,SR,Banarasi saree,call us,black,,5\n"
)


class Shell:
    """Runs the documentation's `curl` commands against the service."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.variables = {"API": ""}

    def run(self, block: str) -> Response:
        command = block.strip()
        export = EXPORT.match(command)
        answer = self.curl(export["command"] if export else command)
        if export:
            self.variables[export["name"]] = str(at(answer.json(), export["path"]))
        return answer

    def curl(self, command: str) -> Response:
        for name, value in self.variables.items():
            command = command.replace(f"${name}", value)
        words = iter(shlex.split(command.replace("\\\n", " ")))
        assert next(words) == "curl"
        return self.request(words)

    def request(self, words: Iterator[str]) -> Response:
        method, url, headers, body, files = None, "", {}, None, None
        for word in words:
            match word:
                case "-s":
                    continue
                case "-X":
                    method = next(words)
                case "-H":
                    name, _, value = next(words).partition(": ")
                    headers[name] = value
                case "-d":
                    body = next(words)
                case "-F":
                    files = {"file": ("products.csv", PRODUCTS)}
                    assert next(words) == "file=@products.csv"
                case "-o":
                    next(words)
                case _:
                    url = word
        method = method or ("POST" if body or files else "GET")
        return self.client.request(method, url, headers=headers, content=body, files=files)


@pytest.fixture
def shell(settings: Settings, fresh_database: Database) -> Iterator[Shell]:
    with fresh_database.transaction() as session:
        business = make_business(session)
        make_channel(session, business)
        password = hash_password("correct horse battery")
        make_user(session, business, email="asha@kiransarees.example", password_hash=password)
    with TestClient(create_app(settings, fresh_database)) as client:
        yield Shell(client)


def at(document: Any, path: str) -> Any:  # noqa: ANN401 - any JSON
    """What `jq` finds at a path like `items[0].id`."""
    for key in re.findall(r"\w+", path):
        document = document[int(key) if key.isdigit() else key]
    return document


def customer_writes(database: Database) -> None:
    """A message, and what a reading makes of it."""
    text = "2 blue anarkali M aur ek saree bhejo, Asha, Pune 411001"
    with database.transaction() as session:
        conversation = make_conversation(
            session, session.get_one(Business, 1), session.get_one(Channel, 1), profile_name="Asha"
        )
        message = make_message(session, conversation, text)
        sarees = tuple(ProposedCandidate("SR", sku, "Banarasi saree", 0.5) for sku in ("SR-RED", "SR-GRN"))
        saree = wish(
            text="ek saree", confidence=0.4, candidates=sarees, evidence=(Evidence(message.id, 22, 30, "ek saree"),)
        )
        said = ("“anarkali”: Anarkali kurti", "“blue”: color blue", "“M”: size M", "“2”: how many")
        kurti = wish(
            "KU-BLU-M", "KU", "2", evidence=(Evidence(message.id, 0, 17, "2 blue anarkali M"),),
            reasons=(*said, "surer by how the quantity is said (+1.1)"),
        )  # fmt: skip
        read(
            session,
            conversation,
            kurti,
            saree,
            details=ProposedDetails(name="Asha", city="Pune", pincode="411001"),
            questions=(ProposedQuestion("product", "Which saree, red or green?", 1, None, ("red", "green")),),
        )


def includes(actual: Any, expected: Any, where: str = "") -> Iterator[str]:  # noqa: ANN401 - any JSON
    """Where `actual` is not what is documented; it may hold more."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        for name, value in expected.items():
            yield from includes(actual.get(name), value, f"{where}.{name}")
    elif isinstance(expected, list) and isinstance(actual, list) and len(actual) == len(expected):
        for index, (one, other) in enumerate(zip(actual, expected, strict=True)):
            yield from includes(one, other, f"{where}[{index}]")
    elif actual != expected:
        yield f"{where}: documented {expected!r}, got {actual!r}"


def test_every_example_of_the_api_runs_and_answers_as_documented(shell: Shell, fresh_database: Database) -> None:
    commands, answer = 0, None
    for step in STEP.finditer(DOCS.read_text()):
        if step["event"]:
            customer_writes(fresh_database)
        elif step["language"] == "sh":
            assert answer is None or answer.is_success, f"an error has to be documented: {answer.text}"
            answer = shell.run(step["text"])
            commands += 1
        else:
            assert answer is not None
            assert not list(includes(answer.json(), json.loads(step["text"]))), step["text"]
            answer = None
    assert commands > 20
