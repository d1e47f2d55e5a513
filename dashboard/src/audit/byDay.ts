import type { Entry } from "./queries";

interface Day {
  day: string;
  /** A moment of it. */
  began: string;
  ofDay: Entry[];
}

/** Entries by day, in the order in which they come; `dayOf` names the day of a moment. */
export function byDay(entries: readonly Entry[], dayOf: (when: string) => string): Day[] {
  const days = new Map<string, Day>();
  for (const entry of entries) {
    const day = dayOf(entry.created_at);
    const known = days.get(day) ?? { day, began: entry.created_at, ofDay: [] };
    known.ofDay.push(entry);
    days.set(day, known);
  }
  return [...days.values()];
}
