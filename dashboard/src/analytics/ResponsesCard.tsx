import { LineChart } from "@mantine/charts";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { ChartCard } from "./ChartCard";
import { LINES } from "./chart";
import type { Period } from "./period";
import { responsesQuery } from "./queries";
import { useDayName } from "./useDayName";
import { useDuration } from "./useDuration";

export function ResponsesCard({ period }: { period: Period }) {
  const { t } = useTranslation("analytics");
  const format = useFormat();
  const dayName = useDayName();
  const duration = useDuration();
  const waits = useQuery(responsesQuery(period));
  const days = waits.data?.days ?? [];
  return (
    <ChartCard
      title={t("responses.title")}
      hint={t("responses.hint")}
      of={waits}
      isEmpty={!waits.data?.answered}
      head={[t("day"), t("responses.median"), t("responses.p90"), t("responses.answered"), t("responses.unanswered")]}
      rows={days.map((it) => [
        dayName(it.day),
        duration(it.median_seconds),
        duration(it.p90_seconds),
        format.number(it.answered),
        format.number(it.unanswered),
      ])}
    >
      <LineChart
        {...LINES}
        data={days.map((it) => ({ ...it, day: dayName(it.day) }))}
        dataKey="day"
        connectNulls
        curveType="monotone"
        valueFormatter={duration}
        yAxisProps={{ width: 70 }}
        series={[
          { name: "median_seconds", label: t("responses.median"), color: "satya.6" },
          { name: "p90_seconds", label: t("responses.p90"), color: "orange.5" },
        ]}
      />
    </ChartCard>
  );
}
