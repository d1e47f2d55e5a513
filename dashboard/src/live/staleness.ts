import type { QueryClient } from "@tanstack/react-query";
import type { Change } from "./socket";

/** What shows parts of another thing, and changes with it. */
const SHOWN_IN: Record<string, string[]> = {
  order: ["conversation", "customer", "analytics", "setup"],
  conversation: ["customer", "setup"],
  customer: ["conversation", "order"],
  product: ["variant", "order", "setup"],
  variant: ["product", "order", "setup"],
  stock: ["variant", "order"],
  tag: ["customer"],
  user: ["conversation", "setup"],
  channel: ["setup"],
};

const PATIENCE = 60; // milliseconds: what comes in one burst is asked for once

/** Collects changes, and makes stale what they touch. */
export class Staleness {
  private waiting: Change[] = [];
  private timer: number | undefined;

  constructor(private readonly queries: QueryClient) {}

  add(change: Change): void {
    this.waiting.push(change);
    this.timer ??= window.setTimeout(() => this.flush(), PATIENCE);
  }

  private flush(): void {
    const changes = this.waiting;
    this.waiting = [];
    this.timer = undefined;
    void this.queries.invalidateQueries({ predicate: ({ queryKey }) => changes.some((it) => isTouched(queryKey, it)) });
  }
}

/** Whether what a key names shows the changed thing: lists do, and everything of that thing itself. */
export function isTouched(key: readonly unknown[], { subject, subject_id }: Change): boolean {
  const [of, which] = key;
  if (of === subject) return typeof which !== "number" || subject_id === 0 || which === subject_id;
  return typeof of === "string" && (SHOWN_IN[subject]?.includes(of) ?? false);
}
