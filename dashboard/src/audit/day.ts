const DAY = 86_400_000;

/** When a day ("2026-11-23") begins in a time zone; `plus` days later. */
export function startOfDay(day: string, timeZone: string, plus = 0): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`) + plus * DAY;
  const near = midnight - offset(midnight, timeZone);
  return new Date(midnight - offset(near, timeZone)); // once more: the clocks may change in between
}

/** By how many milliseconds a zone's clocks are ahead of UTC at a moment. */
function offset(moment: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(moment);
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return shown - Math.floor(moment / 1000) * 1000;
}
