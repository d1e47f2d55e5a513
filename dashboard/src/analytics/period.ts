/** Whole days of the business, as "2026-11-23". */
export interface Period {
  from: string;
  to: string;
}

export const PRESETS = ["today", "week", "month", "quarter", "year"] as const;
export type Preset = (typeof PRESETS)[number];
const DAYS: Record<Preset, number> = { today: 1, week: 7, month: 30, quarter: 90, year: 365 };

/** So many days up to today. */
export function periodOf(preset: Preset, today: string): Period {
  return { from: plusDays(today, 1 - DAYS[preset]), to: today };
}

/** As many days, right before. */
export function before({ from, to }: Period): Period {
  return { from: plusDays(from, -daysOf({ from, to })), to: plusDays(from, -1) };
}

export function daysOf({ from, to }: Period): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
}

function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** By how much a number grew, as a share; null where there is nothing to compare with. */
export function growth(now: number | null | undefined, then: number | null | undefined): number | null {
  return now == null || !then ? null : (now - then) / then;
}
