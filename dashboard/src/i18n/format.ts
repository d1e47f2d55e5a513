import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useBusiness } from "@/session/session";

/** Dates, money and numbers as the business's people read them. */
export interface Format {
  /** Minor units (paise) as money: 99800 → ₹998.00, in the business's currency unless another is named. */
  money: (minor: number | null | undefined, currency?: string) => string;
  number: (value: number) => string;
  percent: (share: number) => string;
  /** 14:05 */
  time: (when: string | Date) => string;
  /** 23 Nov 2026 */
  date: (when: string | Date) => string;
  /** 23 Nov, 14:05 */
  dateTime: (when: string | Date) => string;
  /** Today, yesterday, the weekday within a week, else the date. */
  day: (when: string | Date) => string;
  /** 2026-11-23 in the business's time zone: the same for all moments of a day. */
  dayKey: (when: string | Date) => string;
  /** "14:05" today, "yesterday", "Mon", "23 Nov". */
  short: (when: string | Date) => string;
}

const DAY = 86_400_000;

export function makeFormat(locale: string, timeZone: string, currency: string): Format {
  const zone = { timeZone };
  const time = new Intl.DateTimeFormat(locale, { ...zone, hour: "2-digit", minute: "2-digit" });
  const date = new Intl.DateTimeFormat(locale, { ...zone, day: "numeric", month: "short", year: "numeric" });
  const dateTime = new Intl.DateTimeFormat(locale, {
    ...zone,
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  const dayMonth = new Intl.DateTimeFormat(locale, { ...zone, day: "numeric", month: "short" });
  const weekday = new Intl.DateTimeFormat(locale, { ...zone, weekday: "long" });
  const key = new Intl.DateTimeFormat("en-CA", { ...zone, year: "numeric", month: "2-digit", day: "2-digit" });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const daysAgo = (when: Date) => Math.round((Date.parse(key.format(new Date())) - Date.parse(key.format(when))) / DAY);
  const money = moneyFormats(locale);
  return {
    money: (minor, other) => (minor == null ? "–" : money(minor, other ?? currency)),
    number: (value) => new Intl.NumberFormat(locale).format(value),
    percent: (share) => new Intl.NumberFormat(locale, { style: "percent" }).format(share),
    time: (when) => time.format(new Date(when)),
    date: (when) => date.format(new Date(when)),
    dateTime: (when) => dateTime.format(new Date(when)),
    dayKey: (when) => key.format(new Date(when)),
    day: (when) => {
      const moment = new Date(when);
      const ago = daysAgo(moment);
      if (ago < 2 && ago > -2) return relative.format(-ago, "day");
      return ago > 0 && ago < 7 ? weekday.format(moment) : date.format(moment);
    },
    short: (when) => {
      const moment = new Date(when);
      const ago = daysAgo(moment);
      if (ago === 0) return time.format(moment);
      if (ago === 1) return relative.format(-1, "day");
      return ago > 0 && ago < 7 ? weekday.format(moment) : dayMonth.format(moment);
    },
  };
}

function moneyFormats(locale: string): (minor: number, currency: string) => string {
  const made = new Map<string, Intl.NumberFormat>();
  return (minor, currency) => {
    const format = made.get(currency) ?? new Intl.NumberFormat(locale, { style: "currency", currency });
    made.set(currency, format);
    return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  };
}

/** The business's formats in the language that the page speaks. */
export function useFormat(): Format {
  const business = useBusiness();
  const { i18n } = useTranslation();
  const locale = `${i18n.language}-${business.country_code}`;
  return useMemo(
    () => makeFormat(locale, business.time_zone, business.currency),
    [locale, business.time_zone, business.currency],
  );
}
