"""How sure an order is, given how sure its lines are."""

from engine.act import Draft
from engine.dialogue.confidence import decisions, order_confidence, order_features
from engine.dialogue.state import State

NOTHING_TOLD: dict[str, float] = {}


def test_a_doubtful_line_left_out_is_a_doubtful_decision() -> None:
    assert decisions([0.9], [0.4]) == [0.9, 0.6]


def test_no_order_is_surer_than_its_least_sure_decision() -> None:
    state = State(draft=Draft())
    assert order_confidence([0.99, 0.05], [], state, NOTHING_TOLD) <= 0.05
    assert order_confidence([0.99], [0.95], state, NOTHING_TOLD) <= 1 - 0.95 + 1e-9


def test_lines_left_out_are_counted() -> None:
    features = order_features([0.9], [0.3, 0.2], State(), NOTHING_TOLD)
    assert (features["lines"], features["dropped"]) == (0.0, 2)


def test_an_order_without_lines_has_nothing_to_change() -> None:
    assert order_confidence([], [], State(), NOTHING_TOLD) == 1.0
