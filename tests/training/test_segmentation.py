"""The search for what cutting a message costs."""

from dataclasses import dataclass, field

from engine.clause.segment import Weights
from training.segmentation import search


@dataclass
class Hill:
    """Reads best where an item costs two."""

    tried: list[float] = field(default_factory=list)

    def line_f1(self, weights: Weights) -> float:
        self.tried.append(weights.item)
        return 1 - abs(weights.item - 2) / 10


def test_search_climbs_towards_better_weights() -> None:
    hill = Hill()
    found = list(search(hill, Weights(item=1.0)))  # type: ignore[arg-type]
    reached = [figure for _, figure in found]
    assert reached == sorted(reached)
    assert abs(found[-1][0].item - 2) < abs(1.0 - 2)


def test_search_changes_no_weight_that_brings_nothing() -> None:
    weights = [weights for weights, _ in search(Hill(), Weights(item=1.0))]  # type: ignore[arg-type]
    assert {one.cut_in_flow for one in weights} == {Weights().cut_in_flow}
