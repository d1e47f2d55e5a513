import { BarsList } from "@mantine/charts";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { ChartCard } from "./ChartCard";
import type { Period } from "./period";
import { responsesQuery } from "./queries";
import { useDuration } from "./useDuration";

/** Who answered how many customers, and how fast. */
export function AgentsCard({ period }: { period: Period }) {
  const { t } = useTranslation("analytics");
  const format = useFormat();
  const duration = useDuration();
  const waits = useQuery(responsesQuery(period));
  const agents = waits.data?.agents ?? [];
  const nameOf = (agent: (typeof agents)[number]) => agent.name ?? t("agents.phone");
  return (
    <ChartCard
      title={t("agents.title")}
      of={waits}
      isEmpty={!agents.length}
      head={[t("agents.person"), t("responses.answered"), t("responses.median"), t("responses.p90")]}
      rows={agents.map((it) => [
        nameOf(it),
        format.number(it.answered),
        duration(it.median_seconds),
        duration(it.p90_seconds),
      ])}
    >
      <BarsList
        aria-hidden
        barHeight={30}
        barColor="satya.2"
        data={agents.map((it) => ({ name: `${nameOf(it)} · ${duration(it.median_seconds)}`, value: it.answered }))}
        valueFormatter={format.number}
      />
    </ChartCard>
  );
}
