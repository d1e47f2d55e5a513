import { type KeyboardEvent, type RefObject, useCallback, useMemo, useRef, useState } from "react";
import { type Shortcut, useShortcuts } from "@/app/shortcuts";

interface Keyed {
  rows: readonly { id: number }[];
  chosenId: number | null;
  list: RefObject<HTMLElement | null>;
  focusSearch: () => void;
  /** Scroll to a row, which may not have been drawn yet. */
  reveal: (index: number) => void;
}

/** Keys that walk through the list: J and K from anywhere, arrows within it. `cursor` is the row that Tab leads to. */
export function useListKeys(keyed: Keyed): { cursor: number | null; onKeyDown: (event: KeyboardEvent) => void } {
  const latest = useRef(keyed);
  latest.current = keyed;
  const [at, setAt] = useState<number | null>(null);
  const here = useRef(at);
  here.current = at;
  const step = useCallback((by: number) => {
    const { rows, chosenId, list, reveal } = latest.current;
    const from = rows.findIndex((row) => row.id === (focused(list.current) ?? here.current ?? chosenId));
    const index = Math.max(0, Math.min(from + by, rows.length - 1));
    const row = rows[index];
    if (!row) return;
    setAt(row.id);
    reveal(index);
    focusWhenDrawn(list, row.id);
  }, []);
  useShortcuts(
    useMemo<Shortcut[]>(
      () => [
        { keys: "J", label: "inbox:keys.next", run: () => step(1) },
        { keys: "K", label: "inbox:keys.previous", run: () => step(-1) },
        { keys: "/", label: "inbox:keys.search", run: () => latest.current.focusSearch() },
      ],
      [step],
    ),
  );
  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!by || focused(latest.current.list.current) === null) return;
      event.preventDefault();
      step(by);
    },
    [step],
  );
  const { rows, chosenId } = keyed;
  const isThere = (id: number | null) => id !== null && rows.some((row) => row.id === id);
  return { cursor: isThere(at) ? at : isThere(chosenId) ? chosenId : (rows[0]?.id ?? null), onKeyDown };
}

/** The row that has the focus. */
function focused(list: HTMLElement | null): number | null {
  const row = list?.contains(document.activeElement) ? document.activeElement : null;
  const id = row instanceof HTMLElement ? row.dataset.conversation : undefined;
  return id ? Number(id) : null;
}

function focusWhenDrawn(list: RefObject<HTMLElement | null>, id: number, tries = 5): void {
  requestAnimationFrame(() => {
    const row = list.current?.querySelector<HTMLElement>(`[data-conversation="${id}"]`);
    if (row) row.focus({ preventScroll: true });
    else if (tries > 0) focusWhenDrawn(list, id, tries - 1);
  });
}
