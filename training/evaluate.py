"""Scores the engine on labelled chats: `make evaluate`, `make evaluate ARGS="--shop kurti --errors 5"`."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from engine.order_json import order_to_json
from training import goal, learned, page, public_goals, reliability, remaining, shortfall
from training.command import run
from training.goal import BENCHMARK_KINDS, Goal, goals_of_shops
from training.labelled_chat import LabelledChat
from training.left_out import goal_of_left_out, read_left_out
from training.public_data import PUBLIC
from training.reading import ShopReading, read_shops
from training.report import as_markdown, as_table, report_rows
from training.score import Fault
from training.shops import BENCHMARK, DATASETS, Shop, find_shops
from training.side_by_side import show

ON_A_PIPE = 160  # columns; a narrow table breaks its figures


def evaluate(  # noqa: PLR0913, PLR0917 - each is an option of the command
    benchmark: Annotated[
        Path, typer.Option(help="Folder with catalogs/ and chats/ of the benchmark.", exists=True, file_okay=False)
    ] = BENCHMARK,
    own: Annotated[bool, typer.Option(help="Score the shops of datasets/ too.")] = True,
    shop: Annotated[list[str] | None, typer.Option(help="Only this shop; may be repeated.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="Only chats with this tag; may be repeated.")] = None,
    chat: Annotated[list[str] | None, typer.Option(help="Show this chat, right or wrong; may be repeated.")] = None,
    errors: Annotated[int, typer.Option(help="Show the first N chats whose order is not exact.")] = 0,
    skip: Annotated[int, typer.Option(help="With --errors: pass over the first N of them.")] = 0,
    where: Annotated[
        list[Fault] | None, typer.Option(help="With --errors: chats with this fault; may be repeated.")
    ] = None,
    tags: Annotated[bool, typer.Option(help="Show order_exact by tag.")] = False,
    intents: Annotated[bool, typer.Option(help="Show which intents are taken for which.")] = False,
    against: Annotated[Path | None, typer.Option(help="An earlier --json: show what has changed since.")] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Print all figures and each chat's outcome.")] = False,
    goals: Annotated[
        bool, typer.Option(help="Show all that is wanted and what is reached, on public data too.")
    ] = True,
    public: Annotated[
        Path, typer.Option(help="Folder with the public data; rows say so where it is not there.")
    ] = PUBLIC,
    left_out: Annotated[bool, typer.Option(help="Also read our own shops with what others taught: minutes.")] = False,
    markdown: Annotated[Path | None, typer.Option(help="Also write the tables to this page, a drawing beside.")] = None,
    predictions: Annotated[Path | None, typer.Option(help="Also write SHOP.pred.jsonl into this folder.")] = None,
) -> None:
    """Score the engine on the benchmark and on the shops of datasets/."""
    shops = _chosen(find_shops(benchmark, DATASETS if own else None), shop)
    readings = _read(shops, tag or [], chat or [])
    before = json.loads(against.read_text(encoding="utf-8")) if against else {}
    is_part = json_output or errors or shop or tag or chat
    reached = _goals(readings, public, left_out=left_out) if goals and not is_part else []
    _write_predictions(readings, predictions)
    if markdown:
        _write_page(markdown, readings, reached)
    if json_output:
        typer.echo(json.dumps(_as_json(readings)))
    else:
        console = _console()
        for reading in readings if chat else _wrong(readings, where or [])[skip : skip + errors]:
            show(reading, console)
        _print_tables(readings, console, tags, intents, before)
        if reached:
            console.print(goal.as_table(reached))
        _tell_what_changed(console)
    _fail_on_crashes(readings)


def _chosen(shops: Sequence[Shop], names: Sequence[str] | None) -> list[Shop]:
    unknown = set(names or ()) - {shop.name for shop in shops}
    if unknown or not shops:
        known = ", ".join(shop.name for shop in shops) or "none; look at --benchmark"
        raise typer.BadParameter(f"no such shop: {', '.join(sorted(unknown))} (there are: {known})")
    return [shop for shop in shops if not names or shop.name in names]


def _read(shops: Sequence[Shop], tags: Sequence[str], chats: Sequence[str]) -> list[ShopReading]:
    def is_wanted(labelled: LabelledChat) -> bool:
        return (not tags or bool(set(tags) & set(labelled.tags))) and (not chats or labelled.id in chats)

    total = sum(is_wanted(labelled) for shop in shops for labelled in shop.chats)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Reading", total=total)
        return read_shops(
            shops, is_wanted, lambda shop: progress.update(task, advance=1, description=f"Reading {shop.name}")
        )


def _goals(readings: Sequence[ShopReading], public: Path, *, left_out: bool) -> list[Goal]:
    """Everything that is wanted, with what is reached."""
    shops = find_shops()
    with Progress(console=Console(stderr=True), transient=True) as progress:
        apart = read_left_out([shop for shop in shops if shop.kind == "own"], progress) if left_out else None
        task = progress.add_task("Reading public data", total=public_goals.count())
        elsewhere = list(public_goals.public_goals(public, shops, lambda: progress.advance(task)))
    return [*goals_of_shops(readings), goal_of_left_out(apart), *elsewhere]


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=ON_A_PIPE)


def _wrong(readings: Sequence[ShopReading], where: Sequence[Fault]) -> list[ShopReading]:
    """The chats with one of these faults; without any, those whose order is not exact."""
    if where:
        return [reading for reading in readings if set(where) & reading.score.faults]
    return [reading for reading in readings if not reading.score.order_is_exact]


def _print_tables(
    readings: Sequence[ShopReading], console: Console, tags: bool, intents: bool, before: Mapping[str, Any]
) -> None:
    if tags:
        console.print(_by_tag(readings))
    if intents:
        console.print(_confusions(readings))
    console.print(as_table(report_rows(readings), before.get("figures", {})))
    faults = Counter(fault for reading in readings for fault in reading.score.faults)
    console.print("chats with", ", ".join(f"{fault} {faults[fault]}" for fault in Fault), highlight=False)
    for change, names in _changes(readings, before.get("exact", {})).items():
        console.print(f"[bold]{change}[/] ({len(names)}): {', '.join(names)}", highlight=False)


def _by_tag(readings: Sequence[ShopReading]) -> Table:
    """How many orders are exact, by tag, the worst first."""
    exact = Counter(tag for r in readings if r.score.order_is_exact for tag in r.score.labelled.tags)
    chats = Counter(tag for r in readings for tag in r.score.labelled.tags)
    table = Table("tag", "exact", "chats", "share", header_style="bold")
    for tag in sorted(chats, key=lambda tag: (exact[tag] / chats[tag], -chats[tag])):
        table.add_row(tag, str(exact[tag]), str(chats[tag]), f"{exact[tag] / chats[tag]:.2f}")
    return table


def _confusions(readings: Sequence[ShopReading]) -> Table:
    """Which label is taken for which, the most frequent first."""
    wrong = Counter(pair for r in readings for pair in r.score.intents if pair[0] != pair[1])
    table = Table("gold", "read as", "messages", header_style="bold")
    for (gold, predicted), count in wrong.most_common(20):
        table.add_row(gold, predicted, str(count))
    return table


def _changes(readings: Sequence[ShopReading], before: Mapping[str, bool]) -> dict[str, list[str]]:
    """The chats whose order became right, or wrong, since `before`."""
    now = {r.score.labelled.id: r.score.order_is_exact for r in readings}
    changed = {name: exact for name, exact in now.items() if before.get(name, exact) != exact}
    changes = {
        "mended": [name for name, exact in changed.items() if exact],
        "broken": [name for name, exact in changed.items() if not exact],
    }
    return {change: names for change, names in changes.items() if names}


def _tell_what_changed(console: Console) -> None:
    """Which weights no `make train` wrote, and for which it might write others, since what it learns from changed."""
    if unlearned := learned.unlearned():
        console.print(f"weights that no noted run of make train wrote: {', '.join(unlearned)}", highlight=False)
    if changed := learned.changed_since():
        told = "; ".join(f"{step} ({', '.join(names)})" for step, names in changed.items())
        console.print(f"changed since the weights were learned by make train: {told}", highlight=False)


def _as_json(readings: Sequence[ShopReading]) -> dict[str, Any]:
    return {
        "figures": {row.name: row.figures for row in report_rows(readings)},
        "exact": {r.score.labelled.id: r.score.order_is_exact for r in readings},
    }


def _write_predictions(readings: Sequence[ShopReading], folder: Path | None) -> None:
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        for shop in {reading.shop for reading in readings}:
            lines = [_prediction(r) for r in readings if r.shop is shop]
            (folder / f"{shop.name}.pred.jsonl").write_text("".join(lines), encoding="utf-8")


def _write_page(target: Path, readings: Sequence[ShopReading], goals: Sequence[Goal]) -> None:
    """The tables as parts of a page, and beside it the drawing of how far confidence is to be trusted."""
    benchmark = [reading for reading in readings if reading.shop.kind in BENCHMARK_KINDS]
    own = [reading for reading in readings if reading.shop.kind == "own"]
    parts = {
        "goals": goal.as_markdown(goals) if goals else "",
        "shortfall": shortfall.as_markdown(goals) if goals else "",
        "shops": as_markdown(report_rows(readings)),
        "remaining": remaining.as_markdown({"benchmark": benchmark, "own": own}),
    }
    page.write(target, {name: part for name, part in parts.items() if part})
    drawing = reliability.drawing(reliability.outcomes_of(benchmark))
    target.with_name("reliability.svg").write_text(drawing, encoding="utf-8")


def _prediction(reading: ShopReading) -> str:
    draft = order_to_json(reading.draft) if reading.draft else {}
    return json.dumps({"id": reading.score.labelled.id, **draft}, ensure_ascii=False) + "\n"


def _fail_on_crashes(readings: Sequence[ShopReading]) -> None:
    crashed = [reading for reading in readings if reading.error]
    for reading in crashed:
        typer.echo(f"{reading.score.labelled.id}: the engine raised {reading.error!r}", err=True)
    if crashed:
        raise typer.Exit(1)


if __name__ == "__main__":
    run(evaluate)
