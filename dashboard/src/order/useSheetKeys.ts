import { useHotkeys } from "@mantine/hooks";
import { type RefObject, useEffect, useMemo, useRef } from "react";
import { type Shortcut, useShortcuts } from "@/app/shortcuts";

/** Which keys an order takes: those beside a chat, or also those of the review queue. */
export type SheetKeys = "panel" | "review";

interface Sheet {
  panel: RefObject<HTMLElement | null>;
  activeLine: number | null;
  canDecide: boolean;
  confirm: () => void;
  reject: () => void;
  add: () => void;
}

const OTHER_DIGITS = ["2", "3", "4", "5", "6", "7", "8", "9"];

/** The keys of an order. They do not work while a person types elsewhere, so that no message confirms an order. */
export function useSheetKeys(keys: SheetKeys, sheet: Sheet): void {
  const latest = useRef(sheet);
  useEffect(() => {
    latest.current = sheet;
  });
  const shortcuts = useMemo(() => {
    const decide = (what: "confirm" | "reject" | "add") => () => {
      if (latest.current.canDecide) latest.current[what]();
    };
    const panel: Shortcut[] = [
      { keys: "mod+Enter", label: "order:shortcut.confirm", run: decide("confirm") },
      { keys: "shift+A", label: "order:shortcut.add", run: decide("add") },
    ];
    if (keys === "panel") return panel;
    return [
      { keys: "A", label: "order:shortcut.accept", run: decide("confirm") },
      { keys: "Enter", label: "order:shortcut.accept", run: () => !isOnControl() && decide("confirm")() },
      ...panel,
      { keys: "R", label: "order:shortcut.reject", run: decide("reject") },
      { keys: "E", label: "order:shortcut.edit", run: () => focusFirstField(latest.current) },
      { keys: "1", label: "order:shortcut.choose", run: () => pressOnLine(latest.current, "1") },
    ];
  }, [keys]);
  // The help sheet tells of the digits once.
  useHotkeys(keys === "review" ? OTHER_DIGITS.map((key) => [key, () => pressOnLine(latest.current, key)]) : []);
  useShortcuts(shortcuts);
}

/** Whether Enter does something of its own where the focus is. */
function isOnControl(): boolean {
  return document.activeElement?.matches("button, a, [role=button], [role=option], [role=menuitem]") ?? false;
}

function lineOf({ panel, activeLine }: Sheet): HTMLElement | null {
  const named = activeLine === null ? null : panel.current?.querySelector<HTMLElement>(`[data-line="${activeLine}"]`);
  return named ?? panel.current?.querySelector<HTMLElement>("[data-line]") ?? null;
}

function focusFirstField(sheet: Sheet): void {
  const field = lineOf(sheet)?.querySelector<HTMLElement>("[data-field=quantity]");
  field?.focus();
}

/** A key that was pressed anywhere is the line's that the keys are about. */
function pressOnLine(sheet: Sheet, key: string): void {
  const line = lineOf(sheet);
  if (!line || line === document.activeElement) return; // it has heard it by itself
  line.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}
