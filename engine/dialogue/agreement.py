"""What the customer's yes does to the draft: the seller's summary binds."""

from collections.abc import Sequence
from dataclasses import replace

from engine.act import DraftLine
from engine.dialogue.editor import DraftEditor


class Agreement:
    """Takes over what the seller summed up."""

    def __init__(self, editor: DraftEditor) -> None:
        """Change the draft of this editor."""
        self._editor = editor

    def accept(self) -> None:
        """Take what the seller summed up: whole where its sum was named, else for what the draft left open."""
        is_order = len(self._editor.state.summary) > 1 or len(self._editor.draft.lines) < 2
        if self._editor.state.summary_is_whole and self._editor.state.is_business_latest and is_order:
            self._adopt(self._editor.state.summary)
            return
        for line in self._editor.state.summary:
            self._bind(line)

    def _adopt(self, summary: Sequence[DraftLine]) -> None:
        """A whole summary whose sum the seller has named, and the customer's yes: that is the order."""
        old = {line.skus: line for line in self._editor.draft.lines}
        lines = [
            replace(old[s.skus], quantity=s.quantity)
            if s.skus in old
            else replace(s, features={**s.features, "adopted": 1.0})
            for s in summary
        ]
        self._editor.put(range(len(self._editor.draft.lines)), lines) if self._editor.draft.lines else self._editor.add(
            lines
        )

    def _bind(self, line: DraftLine) -> None:
        """Let a line of the confirmed summary settle what the draft left open."""
        same = [
            i for i, old in enumerate(self._editor.draft.lines) if old.group == line.group or line.group in old.rivals
        ]
        exact = [i for i in same if self._editor.draft.lines[i].skus == line.skus]
        fitting = [i for i in same if set(line.skus) <= set(self._editor.draft.lines[i].skus)]
        if exact or len(fitting) == 1:
            index = (exact or fitting)[0]
            old = self._editor.draft.lines[index]
            is_counted = line.said_quantity or (
                line.is_complete and any(c.isdigit() for s in line.evidence for c in s.text)
            )
            quantity = line.quantity if is_counted else old.quantity
            self._editor.put(
                [index],
                [
                    replace(
                        old,
                        skus=line.skus,
                        rivals=(),
                        group=line.group,
                        options={**old.options, **line.options},
                        quantity=quantity,
                        unsure_size=False,
                    )
                ],
            )
        elif not same and line.is_complete and line.said_quantity:
            heard = self._editor.state.heard_audio or not self._editor.draft.lines
            self._editor.add(
                [replace(line, features={**line.features, "adopted": 1.0, "adopted_unheard": float(not heard)})]
            )
