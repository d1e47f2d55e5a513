"""WhatsApp as a whole: numbers, customers, chats, media and templates, all in memory."""

import asyncio
import base64
import random
import secrets

from api.simulator.chat import Chat, Customer, Entry
from api.simulator.clock import Clock
from api.simulator.envelope import Piece
from api.simulator.graph_error import UnknownObjectError
from api.simulator.limits import Pace
from api.simulator.media import MediaStore
from api.simulator.options import Number, Options
from api.simulator.postman import Postman
from api.simulator.template_book import HELLO_WORLD, TemplateBook


class Network:
    """Everything that the simulator holds. Lives on one event loop: nothing here is locked."""

    def __init__(self, options: Options, address: str) -> None:
        self.options = options
        self.address = address
        self.clock = Clock()
        self.media = MediaStore(self.clock, options.media_url_seconds, options.faults)
        self.pace = Pace(self.clock, options.limits)
        self.postman = Postman(options)
        self.dice = random.Random(options.faults.seed + 1)  # noqa: S311 - faults that can be had again
        self.numbers = {number.phone_number_id: number for number in options.numbers}
        wabas = {number.waba_id for number in options.numbers}
        self.templates = TemplateBook({waba: [HELLO_WORLD, *options.templates.get(waba, ())] for waba in wabas})
        self.subscribed: set[str] = set()
        self.tokens = set(options.tokens)
        self.customers: dict[str, Customer] = {}
        self.chats: dict[str, Chat] = {}
        self._chat_of: dict[str, Chat] = {}
        self._watching: set[asyncio.Queue[Chat]] = set()

    def number(self, phone_number_id: str, method: str = "post") -> Number:
        """The number with this id; raise UnknownObjectError where there is none."""
        if phone_number_id not in self.numbers:
            raise UnknownObjectError(phone_number_id, method)
        return self.numbers[phone_number_id]

    def customer(self, wa_id: str, name: str = "") -> Customer:
        """The customer with this number, who is made where there is none, and named where a name is given."""
        customer = self.customers.setdefault(wa_id, Customer(wa_id))
        customer.name = name or customer.name
        return customer

    def customer_of(self, user_id: str) -> Customer | None:
        """The customer with this business-scoped user id."""
        return next((each for each in self.customers.values() if each.user_id == user_id), None)

    def chat(self, number: Number, customer: Customer) -> Chat:
        """The chat of a customer with a number, new or not."""
        chat = Chat(number, customer)
        return self.chats.setdefault(chat.key, chat)

    def chat_with(self, wamid: str) -> Chat | None:
        """The chat that holds a message."""
        return self._chat_of.get(wamid)

    def add(self, chat: Chat, entry: Entry) -> None:
        """Add a message to a chat."""
        chat.entries[entry.id] = entry
        self._chat_of[entry.id] = chat
        self.changed(chat)

    def post(self, chat: Chat, part: str, item: "dict[str, object]") -> None:
        """Tell the service of a message or a status."""
        self.postman.post(Piece(chat.number, part, item, chat.customer.contact))

    def changed(self, chat: Chat) -> None:
        """Tell the phones that a chat is another than before."""
        for queue in self._watching:
            queue.put_nowait(chat)

    def watch(self) -> "asyncio.Queue[Chat]":
        """The chats that change from now on, until `unwatch`."""
        queue: asyncio.Queue[Chat] = asyncio.Queue()
        self._watching.add(queue)
        return queue

    def unwatch(self, queue: "asyncio.Queue[Chat]") -> None:
        """Watch no longer."""
        self._watching.discard(queue)

    def happens(self, share: float) -> bool:
        """Whether a fault of this share happens now."""
        return self.dice.random() < share


def new_wamid() -> str:
    """The id of a message that is new."""
    return "wamid." + base64.b64encode(b"\x1d\x04" + secrets.token_bytes(32)).decode()
