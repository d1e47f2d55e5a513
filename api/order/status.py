"""Where an order may go from where it stands: the only list of allowed steps."""

from collections.abc import Mapping
from types import MappingProxyType

from api.order.models import OrderStatus
from api.problem import Conflict

STEPS: Mapping[OrderStatus, frozenset[OrderStatus]] = MappingProxyType(
    {
        OrderStatus.DRAFT: frozenset({OrderStatus.CONFIRMED, OrderStatus.REJECTED, OrderStatus.CANCELLED}),
        OrderStatus.CONFIRMED: frozenset({OrderStatus.FULFILLED, OrderStatus.CANCELLED}),
        OrderStatus.FULFILLED: frozenset(),
        OrderStatus.REJECTED: frozenset(),
        OrderStatus.CANCELLED: frozenset(),
    }
)

# A draft's lines may still change; of a confirmed order only where it goes and to whom.
LINES_OPEN = frozenset({OrderStatus.DRAFT})
DETAILS_OPEN = frozenset({OrderStatus.DRAFT, OrderStatus.CONFIRMED})


class WrongStatus(Conflict):
    """Raised when an order's status does not allow what was asked."""

    slug = "wrong-status"

    def __init__(self, status: OrderStatus, wish: str) -> None:
        super().__init__(f"a {status} order cannot be {wish}; {_way_out(status)}")


def check_step(status: OrderStatus, to: OrderStatus) -> None:
    """Do nothing where an order may go from `status` to `to`; raise WrongStatus where not."""
    if to not in STEPS[status]:
        raise WrongStatus(status, to.value)


def check_lines_open(status: OrderStatus) -> None:
    """Raise WrongStatus unless an order in `status` may change its lines."""
    if status not in LINES_OPEN:
        raise WrongStatus(status, "edited")


def check_details_open(status: OrderStatus) -> None:
    """Raise WrongStatus unless an order in `status` may change its delivery details."""
    if status not in DETAILS_OPEN:
        raise WrongStatus(status, "edited")


def _way_out(status: OrderStatus) -> str:
    steps = sorted(step.value for step in STEPS[status])
    return f"it can only be {' or '.join(steps)}" if steps else "it is closed; make a new order"
