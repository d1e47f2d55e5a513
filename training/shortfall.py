"""What is out of reach: how far it got, what the remaining errors are by kind, and what it would take."""

from collections.abc import Mapping, Sequence

from training.goal import Goal

_MOST_KINDS = 6
_TAKES: Mapping[str, str] = {
    "order_exact_of_orders": "every line of a long list right at once: what `line_f1` takes; a list of ten lines that "
    "are each right nine times in ten is exact one time in three",
    "line_f1": "goods told in words far from the catalogue's (more of `[goods]` in the languages' folders), variants "
    "told by use, look or what the seller said, changes bound to the line that they mean",
    "wrong_sku_rate": "a learned margin between two products that fit instead of the fixed one in "
    "`engine/clause/choice.py`, so that a near second makes a question",
    "intent_accuracy": "more labelled chats in which answers, offers and asides follow a business's question",
    "coverage_at_0.98": "fewer wrong drafts: even an order that knew all of them could not place more right ones in "
    "front than there are; corrections of agents as training data",
    "line_confidence_ece": "nothing that would be honest: rules were checked on these five, so their lines are righter "
    "than a confidence that is learned elsewhere says; how true it is of shops that nobody has looked at, the row "
    "`unseen` tells",
    "order-turn F1, with a menu": "the shop's own turns, which are not handed down, and labels by one rule: of 60 "
    'errors read by hand 27 are labelled against their words (goods asked for as "contentonly", "ok" as an order), 18 '
    "are answers about a topping, a crust or a count that are labelled now so, now so, and 15 are the engine's; who "
    "knew which turns name goods would reach 0.861",
    "order-turn F1, no catalogue at all": "a catalogue: the engine orders what a shop sells, and without one any thing "
    "that is wanted is no order of the shop's",
    "false orders, of whole chats": "other trades' words known as such; the judge of whole chats taught on chats with "
    "businesses that sell no goods",
}
_OTHERWISE = "more labelled chats of this kind"


def as_markdown(goals: Sequence[Goal]) -> str:
    """A row for each figure that is measured and not reached; a sentence where there is none."""
    short = [goal for goal in goals if goal.reached is not None and not goal.is_reached]
    if not short:
        return "Every figure that was measured is reached.\n"
    rows = "".join(f"| {' | '.join(_cells(goal))} |\n" for goal in short)
    return f"| on | figure | reached, of wanted | errors by kind | what it would take |\n|---|---|---|---|---|\n{rows}"


def _cells(goal: Goal) -> tuple[str, ...]:
    on, figure, wanted, reached, _ = goal.cells
    return on, figure, f"{reached}, {wanted}", _kinds(goal.errors), _TAKES.get(figure, _OTHERWISE)


def _kinds(errors: Mapping[str, int]) -> str:
    ordered = sorted(errors.items(), key=lambda kind: (-kind[1], kind[0]))
    shown = [f"{count} {kind}" for kind, count in ordered[:_MOST_KINDS]]
    others = sum(count for _, count in ordered[_MOST_KINDS:])
    return "; ".join([*shown, f"{others} others"] if others else shown)
