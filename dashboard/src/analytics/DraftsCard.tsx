import { BarChart } from "@mantine/charts";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { ChartCard } from "./ChartCard";
import { BARS } from "./chart";
import type { Period } from "./period";
import { draftsQuery } from "./queries";
import { useDayName } from "./useDayName";

const DECISIONS = [
  ["accepted", "satya.6"],
  ["edited", "yellow.5"],
  ["rejected", "red.5"],
  ["cancelled", "gray.5"],
] as const;

/** What became of the drafts, by the day of the decision; how many were proposed stands beside it. */
export function DraftsCard({ period }: { period: Period }) {
  const { t } = useTranslation("analytics");
  const format = useFormat();
  const dayName = useDayName();
  const drafts = useQuery(draftsQuery(period));
  const days = drafts.data?.days ?? [];
  const names = ["proposed", ...DECISIONS.map(([name]) => name)] as const;
  return (
    <ChartCard
      title={t("drafts.title")}
      hint={t("drafts.hint")}
      of={drafts}
      isEmpty={!days.some((it) => names.some((name) => it[name]))}
      head={[t("day"), ...names.map((name) => t(`drafts.${name}`))]}
      rows={days.map((it) => [dayName(it.day), ...names.map((name) => format.number(it[name]))])}
    >
      <BarChart
        {...BARS}
        data={days.map((it) => ({ ...it, day: dayName(it.day) }))}
        dataKey="day"
        valueFormatter={format.number}
        series={[
          { name: "proposed", label: t("drafts.proposed"), color: "blue.4" },
          ...DECISIONS.map(([name, color]) => ({ name, label: t(`drafts.${name}`), color, stackId: "decided" })),
        ]}
      />
    </ChartCard>
  );
}
