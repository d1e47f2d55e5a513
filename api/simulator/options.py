"""What the simulator is told: numbers, secrets, delays, limits, and the faults that it is to have."""

from dataclasses import dataclass, field

from api.simulator.json_value import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A business's number as Meta knows it. `throughput` is STANDARD (80 a second) or HIGH (1,000)."""

    phone_number_id: str = "106540352242922"
    display_phone_number: str = "+91 98000 00000"
    waba_id: str = "102290129340398"
    verified_name: str = "Test Number"
    quality_rating: str = "GREEN"
    throughput: str = "STANDARD"
    is_on_phone: bool = False  # coexistence with the WhatsApp Business app: 20 a second

    @property
    def digits(self) -> str:
        """The number as it stands in webhooks."""
        return "".join(filter(str.isdigit, self.display_phone_number))


@dataclass(frozen=True, slots=True, kw_only=True)
class Delays:
    """Seconds from a send, or for `read` from the delivery, to its status; None: the status never comes."""

    sent: float | None = 0.1
    delivered: float | None = 0.4
    read: float | None = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """What goes wrong, as shares from 0 to 1, decided by `seed`."""

    seed: int = 0
    duplicate: float = 0.0  # webhooks that come twice
    hold: float = 0.0  # webhooks that are held back, so that later ones overtake them
    hold_seconds: float = 0.5  # for how long at most
    batch: int = 1  # the most messages or statuses in one webhook
    fail_send: float = 0.0  # sends that are answered by 131000 and not done
    lose_answer: float = 0.0  # sends that are done, and the connection breaks before the answer
    fail_status: float = 0.0  # messages that are accepted and then failed, by 131026
    fail_media: float = 0.0  # files whose downloads are answered by 500
    media_failures: int = 1_000_000  # so often, then they come


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Meta's limits on sending; `pair` is of one number to one customer."""

    pair_burst: int = 45
    pair_seconds: float = 6.0  # one more message each
    standard_per_second: int = 80
    high_per_second: int = 1000
    phone_per_second: int = 20
    window_seconds: float = 24 * 3600.0

    def per_second(self, number: Number) -> int:
        """How many messages a second the number may send."""
        if number.is_on_phone:
            return self.phone_per_second
        return self.high_per_second if number.throughput == "HIGH" else self.standard_per_second


@dataclass(frozen=True, slots=True, kw_only=True)
class Retries:
    """How a webhook is sent again that was not answered by 200: each pause twice the one before. Meta: 7 days."""

    first_seconds: float = 0.5
    longest_seconds: float = 60.0
    total_seconds: float = 7 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Product:
    """What a customer can put into a cart: the price is in the currency's whole units, as in Meta's carts."""

    retailer_id: str
    name: str
    price: float
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Everything that the simulator is told. `templates` are as Graph lists them, by WABA."""

    app_secret: str = "app-secret"  # noqa: S105 - made up, as all of the simulator's
    verify_token: str = "verify-token"  # noqa: S105 - as above
    tokens: tuple[str, ...] = ("simulator-token",)
    numbers: tuple[Number, ...] = (Number(),)
    templates: dict[str, list[Json]] = field(default_factory=dict)
    products: tuple[Product, ...] = ()
    delays: Delays = Delays()
    faults: Faults = Faults()
    limits: Limits = Limits()
    retries: Retries = Retries()
    media_url_seconds: float = 300.0
    webhooks_at_once: int = 16
