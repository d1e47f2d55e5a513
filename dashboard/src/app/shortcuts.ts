import { useHotkeys } from "@mantine/hooks";
import { useEffect, useSyncExternalStore } from "react";

/** A key and what it does, as the help sheet and the command palette show it. */
export interface Shortcut {
  /** As Mantine names keys: "mod+K", "?", "J". */
  keys: string;
  /** A text's name in the translations, with its namespace: "app:shortcut.help". */
  label: string;
  run: () => void;
  /** Works also while a person types. */
  whileTyping?: boolean;
}

let known: readonly Shortcut[] = [];
const listeners = new Set<() => void>();

function change(next: readonly Shortcut[]): void {
  known = next;
  for (const listener of listeners) listener();
}

/** These keys work while the calling component is on the page. `shortcuts` must be stable (useMemo). */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    change([...known, ...shortcuts]);
    return () => change(known.filter((it) => !shortcuts.includes(it)));
  }, [shortcuts]);
  useHotkeys(shortcuts.filter((it) => !it.whileTyping).map((it) => [it.keys, it.run]));
  useHotkeys(
    shortcuts.filter((it) => it.whileTyping).map((it) => [it.keys, it.run]),
    [],
  );
}

/** All keys that work now, for the help sheet. */
export function useKnownShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => known,
  );
}
