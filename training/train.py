"""Learns everything that the engine ships with: `make train`, or one step: `make train ARGS=intents`."""

from collections.abc import Callable
from functools import cached_property
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TimeElapsedColumn

from training import delivery_day, details, learned, stage
from training.command import run
from training.confidence import ChatLines, read_examples
from training.confidence import learn as learn_judges
from training.confidence import save as save_judges
from training.goal import BENCHMARK_KINDS
from training.intent import Learned, learn
from training.intent_card import accuracy, buying_f1, calibration_error, measure, write_card
from training.judge import Example
from training.shops import find_shops


class Course:
    """One run of training: what one step learned is at hand for the next."""

    def __init__(self, progress: Progress) -> None:
        """Show how far it has come in `progress`."""
        self.progress = progress
        self.shops = find_shops()
        self.own = [shop for shop in self.shops if shop.kind == "own"]
        self.unseen = [shop for shop in self.shops if shop.kind == "unseen"]
        self.benchmark = [shop for shop in self.shops if shop.kind in BENCHMARK_KINDS]

    @cached_property
    def intents(self) -> Learned:
        """The intents' classifier, and for each shop one that has not seen it."""
        return learn(self.own, self.progress)


def train_intents(course: Course) -> None:
    """Learn the intents of messages; write weights and model card."""
    course.intents.save()
    measured = measure(course.intents, course.own, course.benchmark, course.unseen)
    write_card(course.intents, measured)
    for name, turns in measured.items():
        course.progress.console.print(
            f"intents on {name}: accuracy {accuracy(turns):.3f}, "
            f"buying F1 {buying_f1(turns):.3f}, ECE {calibration_error(turns):.3f}"
        )


def train_confidence(course: Course) -> None:
    """Learn how sure lines and orders are, from chats read with intents that have not seen the shop."""
    task = course.progress.add_task("confidence: reading", total=len(course.own))
    chats: list[ChatLines] = []
    for shop in course.own:
        chats += read_examples(shop, course.intents.held_out[shop.name])
        course.progress.advance(task)
    judges = learn_judges(chats)
    save_judges(judges)
    lines = [line for chat in chats for line in chat.lines if not line.is_spoiled]
    course.progress.console.print(
        f"confidence: {len(lines)} lines, {sum(x.is_right for x in lines) / len(lines):.3f} right"
    )


def train_stage(course: Course) -> None:
    """Learn whether a chat is about an order at all, from chats read with intents that have not seen the shop."""
    task = course.progress.add_task("stage: reading", total=len(course.own))
    examples: list[Example] = []
    for shop in course.own:
        examples += stage.read_examples(shop, course.intents.held_out[shop.name])
        course.progress.advance(task)
    stage.save(stage.learn(examples))
    course.progress.console.print(
        f"stage: {len(examples)} chats with lines, {sum(x.is_right for x in examples) / len(examples):.3f} are orders"
    )


def train_details(course: Course) -> None:
    """Learn which words are of an address or a name, then which day is the delivery's."""
    chats = [chat for shop in course.own for chat in shop.chats]
    task = course.progress.add_task("details", total=2)
    details.save(details.learn(chats, lambda said: course.progress.update(task, description=f"details: {said}")))
    course.progress.advance(task)
    delivery_day.save(delivery_day.learn(chats))
    course.progress.advance(task)


STEPS: dict[str, Callable[[Course], None]] = {
    "details": train_details,  # without an eye on the rest; chats are read with them from here on
    "intents": train_intents,
    "stage": train_stage,
    "confidence": train_confidence,  # of the orders that the stage leaves
}


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
        course = Course(progress)
        for step in steps or STEPS:
            STEPS[step](course)
            learned.note(step)


if __name__ == "__main__":
    run(train)
