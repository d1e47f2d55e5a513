"""`satyasell serve --simulator` on an empty installation: from nothing to a customer's message, as in a browser."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest

from tests.processes.service import COMMAND, PATIENCE, wait_until

pytestmark = [pytest.mark.processes, pytest.mark.timeout(240)]

CODE = re.compile(r"/#/setup/([A-Z0-9-]+)")
BUSINESS = {"name": "Kirana", "currency": "INR", "country_code": "IN", "time_zone": "Asia/Kolkata"}
ADMIN = {"email": "asha@shop.example", "name": "Asha", "password": "correct horse battery"}


@pytest.fixture
def folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="satyasell-test-") as folder:
        yield Path(folder)


def environment(folder: Path, **more: str) -> dict[str, str]:
    return os.environ | {"SATYASELL_DATA_DIR": str(folder / "data"), "SATYASELL_PORT": "0", **more}


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Path]:
    """The service in `folder`; what it tells the person at the terminal is in the file."""
    told = folder / "told"
    with (
        told.open("wb") as output,
        (folder / "log").open("wb") as log,
        subprocess.Popen(
            [*COMMAND, "serve", *options], env=environment(folder), stdout=output, stderr=log, cwd=folder
        ) as process,
    ):
        try:
            wait_until(lambda: process.poll() is not None or "SatyaSell runs on" in told.read_text())
            yield told
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)


def addresses(told: Path) -> tuple[str, str]:
    """Where the service is, and the phone."""
    service, *_, phone = re.findall(r"http://127\.0\.0\.1:\d+", told.read_text())
    return service, phone


def test_a_business_begins_in_the_browser_and_hears_its_first_customer(folder: Path) -> None:
    with serving(folder, "--simulator") as told:
        wait_until(lambda: "/phone/" in told.read_text())
        service, phone = addresses(told)
        code = CODE.search(told.read_text())
        assert code is not None
        with httpx.Client(base_url=service, timeout=30) as http:
            wait_until(lambda: is_ready(http))
            begun = http.post("/setup", json={"code": code[1], "business": BUSINESS, "admin": ADMIN})
            http.headers["Authorization"] = f"Bearer {begun.json()['token']}"
            assert http.post("/businesses/current/simulator").json()["channel"]["health"]["state"] == "ok"
            say(phone, "2 kg sugar bhej do")
            wait_until(lambda: bool(http.get("/conversations").json()["items"]))
            [chat] = http.get("/conversations").json()["items"]
            message = {"conversation_id": chat["id"], "type": "text", "content": {"body": "Namaste!"}}
            assert http.post("/messages/send", json=message).status_code == 202
            wait_until(lambda: "read" in statuses(http, chat["id"]))


def test_a_business_that_there_is_gets_no_code(folder: Path) -> None:
    begin = ["init", "--business", "Kirana", "--email", ADMIN["email"], "--password", ADMIN["password"]]
    subprocess.run([*COMMAND, *begin], env=environment(folder), check=True, capture_output=True, cwd=folder)

    with serving(folder) as told:
        assert not CODE.search(told.read_text())
        assert "simulator" not in told.read_text()


@pytest.mark.parametrize("name", ["WHATSAPP_APP_SECRET", "WHATSAPP_VERIFY_TOKEN", "WHATSAPP_GRAPH_URL"])
def test_no_simulator_stands_beside_a_real_app(folder: Path, name: str) -> None:
    settings = environment(folder, **{name: "https://graph.example"})
    refused = subprocess.run(
        [*COMMAND, "serve", "--simulator"], env=settings, capture_output=True, text=True, check=False, cwd=folder
    )

    assert refused.returncode == 1
    assert f"unset {name}" in refused.stderr


def test_no_simulator_stands_in_for_a_real_number(folder: Path) -> None:
    begin = ["init", "--business", "Kirana", "--email", ADMIN["email"], "--password", ADMIN["password"]]
    number = ["--phone-number-id", "1065", "--phone-number", "+91 98450 12345", "--access-token", "EAAG"]
    nobody = environment(folder, WHATSAPP_GRAPH_URL="http://127.0.0.1:1")
    subprocess.run([*COMMAND, *begin, *number], env=nobody, check=True, capture_output=True, cwd=folder)

    refused = subprocess.run(
        [*COMMAND, "serve", "--simulator"],
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )

    assert refused.returncode == 1
    assert "+91 98450 12345 is a real number" in refused.stderr


def is_ready(http: httpx.Client) -> bool:
    try:
        return http.get("/ready").is_success
    except httpx.TransportError:
        return False


def say(phone: str, text: str) -> None:
    """Write as a customer, on the simulator's phone."""
    customer = {"wa_id": "919000000001", "name": "Bina", "phone_number_id": "106540352242922"}
    httpx.post(f"{phone}/phone/api/customers", json=customer).raise_for_status()
    chat = f"{phone}/phone/api/chats/106540352242922.919000000001/actions"
    httpx.post(chat, json={"action": "say", "arguments": {"text": text}}).raise_for_status()


def statuses(http: httpx.Client, conversation_id: int) -> list[str]:
    messages = http.get(f"/conversations/{conversation_id}/messages").json()["items"]
    return [message["status"] for message in messages if message["direction"] == "outbound"]
