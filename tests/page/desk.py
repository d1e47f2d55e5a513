"""A shop at work: the service in processes of its own, WhatsApp by the simulator, and what agents do in a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import BrowserContext, Locator, Page, expect

from api.simulator.options import Delays, Number, Options
from api.simulator.simulator import Phone, Simulator
from tests.processes.service import EMAIL, NUMBER, PASSWORD, Service, running_service

CATALOG = Path(__file__).parents[2] / "datasets" / "demo" / "catalog.csv"
# Who works here beside the admin.
COLLEAGUES = {
    "colleague": {"email": "bela@shop.example", "name": "Bela", "role": "agent", "password": PASSWORD},
    "leaver": {"email": "chand@shop.example", "name": "Chand", "role": "agent", "password": PASSWORD},
    "viewer": {"email": "divya@shop.example", "name": "Divya", "role": "viewer", "password": PASSWORD},
}
OPTIONS = Options(
    numbers=(Number(phone_number_id=NUMBER, throughput="HIGH"),),
    delays=Delays(sent=0.1, delivered=0.2, read=0.4),
)


@dataclass
class Desk:
    """A running shop."""

    service: Service
    whatsapp: Simulator
    cookies: dict[str, list[SetCookieParam]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where the page is."""
        return str(self.service.http.base_url).rstrip("/")

    def customer(self, wa_id: str, name: str) -> Phone:
        """The phone of a customer."""
        return self.whatsapp.phone(wa_id, name)

    def stock_of(self, sku: str) -> int:
        """How many there are of a SKU."""
        (found,) = self.service.get(f"/stocks?q={sku}")["items"]
        return int(found["quantity"])

    def log_in(self, context: BrowserContext, person: str) -> None:
        """Give a browser a person's cookie. She logs in once: who tries too often has to wait."""
        if person not in self.cookies:
            email = COLLEAGUES[person]["email"] if person in COLLEAGUES else EMAIL
            answer = context.request.post("/sessions", data={"email": email, "password": PASSWORD, "cookie": True})
            assert answer.ok, answer.text()
            self.cookies[person] = cast("list[SetCookieParam]", context.cookies())
        context.add_cookies(self.cookies[person])


@contextmanager
def running_desk(folder: Path) -> Iterator[Desk]:
    """A shop with a catalogue and stock, connected to a simulator of its own."""
    with Simulator(OPTIONS) as whatsapp:
        settings = {"WHATSAPP_GRAPH_URL": whatsapp.address, "WHATSAPP_ACCESS_TOKEN": OPTIONS.tokens[0]}
        with running_service(folder, **settings) as service:
            whatsapp.connect(f"{service.http.base_url}/webhook/whatsapp")
            _import_catalog(service)
            for colleague in COLLEAGUES.values():
                service.post("/users", colleague)
            yield Desk(service, whatsapp)


def _import_catalog(service: Service) -> None:
    with CATALOG.open("rb") as file:
        answer = service.http.post("/catalog/imports", files={"file": (CATALOG.name, file)}, params={"set_stock": True})
    answer.raise_for_status()


def row_of(page: Page, name: str) -> Locator:
    """A customer's row in the inbox: "Rina" is not "Rina Das", whom another test may have added."""
    return page.get_by_role("link").filter(has=page.get_by_text(name, exact=True))


def open_chat(page: Page, name: str) -> None:
    """Open a customer's conversation from the inbox."""
    page.goto("/#/inbox")
    row_of(page, name).click()
    expect(page.get_by_role("region", name="Messages")).to_be_visible()


def ticks_of(page: Page, words: str, state: str) -> Locator:
    """The sign of a state ("Read") at a message that holds these words."""
    return page.get_by_role("article").filter(has_text=words).get_by_role("img", name=state, exact=True)
