import { useEffect, useState } from "react";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SOON = 4 * HOUR;

/** How long anything may still be written to a customer, in milliseconds; null where only templates reach her. */
export function timeLeft(closesAt: string | null, now: number): number | null {
  const left = closesAt ? Date.parse(closesAt) - now : 0;
  return left > 0 ? left : null;
}

/** What to say of the window, where it is worth a word: "closed", or hours and minutes of what is left. */
export function windowHint(closesAt: string | null, now: number): "closed" | { hours: number; minutes: number } | null {
  const left = timeLeft(closesAt, now);
  if (left === null) return "closed";
  if (left > SOON) return null;
  return { hours: Math.floor(left / HOUR), minutes: Math.floor((left % HOUR) / MINUTE) };
}

/** The present moment, anew each half minute. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), MINUTE / 2);
    return () => window.clearInterval(timer);
  }, []);
  return now;
}
