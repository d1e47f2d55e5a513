import { Paper, Skeleton, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type CSSProperties, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Schema } from "@/api/client";
import { Failure } from "@/app/Failure";
import { useFormat } from "@/i18n/format";
import classes from "./analytics.module.css";
import type { Period } from "./period";
import { hoursQuery } from "./queries";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** When customers write, by hour of the week; a table already, colored by how much. */
export function HoursCard({ period }: { period: Period }) {
  const { t } = useTranslation("analytics");
  const hours = useQuery(hoursQuery(period));
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h5" mb="sm">
        {t("hours.title")}
      </Title>
      {hours.isPending && <Skeleton height={220} />}
      {hours.error && <Failure error={hours.error} retry={() => void hours.refetch()} />}
      {hours.data && !hours.data.items.length && (
        <Text size="sm" c="dimmed">
          {t("nothing")}
        </Text>
      )}
      {!!hours.data?.items.length && <Hours items={hours.data.items} />}
    </Paper>
  );
}

function Hours({ items }: { items: Schema<"HourCount">[] }) {
  const { t, i18n } = useTranslation("analytics");
  const counts = new Map(items.map((it) => [`${it.weekday} ${it.hour}`, it.received]));
  const most = Math.max(...counts.values());
  const weekdays = useMemo(() => weekdayNames(i18n.language), [i18n.language]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label={t("hours.title")}>
      <table className={classes.hours}>
        <thead>
          <tr>
            <td />
            {HOURS.map((hour) => (
              <th key={hour} scope="col">
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {WEEKDAYS.map((weekday) => (
            <tr key={weekday}>
              <th scope="row">{weekdays[weekday - 1]}</th>
              {HOURS.map((hour) => (
                <Hour key={hour} count={counts.get(`${weekday} ${hour}`) ?? 0} most={most} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Hour({ count, most }: { count: number; most: number }) {
  const format = useFormat();
  if (!count) return <td className={classes.hour} />;
  const heat = { "--heat": `${15 + (55 * count) / most}%` } as CSSProperties;
  return (
    <td className={classes.hour} data-heat style={heat}>
      {format.number(count)}
    </td>
  );
}

const A_MONDAY = Date.UTC(2026, 0, 5);

function weekdayNames(language: string): string[] {
  const format = new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" });
  return WEEKDAYS.map((weekday) => format.format(A_MONDAY + (weekday - 1) * 86_400_000));
}
