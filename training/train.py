"""Learns everything that the engine ships with: `make train`, or one step: `make train ARGS=intents`."""

from collections.abc import Callable
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TimeElapsedColumn

from training.intent import learn
from training.intent_card import accuracy, buying_f1, calibration_error, measure, write_card
from training.shops import find_shops

Step = Callable[[Progress], None]


def train_intents(progress: Progress) -> None:
    """Learn the intents of messages; write weights and model card."""
    shops = find_shops()
    own = [shop for shop in shops if shop.kind == "own"]
    learned = learn(own, progress)
    learned.save()
    measured = measure(learned, own, [shop for shop in shops if shop.kind != "own"])
    write_card(learned, measured)
    for name, turns in measured.items():
        progress.console.print(
            f"intents on {name}: accuracy {accuracy(turns):.3f}, "
            f"buying F1 {buying_f1(turns):.3f}, ECE {calibration_error(turns):.3f}"
        )


STEPS: dict[str, Step] = {"intents": train_intents}


def train(
    steps: Annotated[
        list[str] | None, typer.Argument(help=f"What to learn: {', '.join(STEPS)}. All by default.")
    ] = None,
) -> None:
    """Learn the engine's weights from datasets/; the same data gives the same weights."""
    unknown = set(steps or ()) - STEPS.keys()
    if unknown:
        raise typer.BadParameter(f"no such step: {', '.join(sorted(unknown))} (there are: {', '.join(STEPS)})")
    columns = (SpinnerColumn(), *Progress.get_default_columns(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        for step in steps or STEPS:
            STEPS[step](progress)


if __name__ == "__main__":
    typer.run(train)
