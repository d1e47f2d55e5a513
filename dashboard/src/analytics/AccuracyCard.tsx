import { BarChart } from "@mantine/charts";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { ChartCard } from "./ChartCard";
import { BARS } from "./chart";
import type { Period } from "./period";
import { draftsQuery } from "./queries";

const KINDS = ["lines_kept", "sku_changed", "quantity_changed", "price_changed", "removed", "added"] as const;

/** How right the lines of drafts were, as people's edits show it. */
export function AccuracyCard({ period }: { period: Period }) {
  const { t } = useTranslation("analytics");
  const format = useFormat();
  const drafts = useQuery(draftsQuery(period));
  const accuracy = drafts.data?.accuracy;
  const rows = KINDS.map((kind) => ({ kind: t(`accuracy.${kind}`), lines: accuracy?.[kind] ?? 0 }));
  const share = accuracy?.lines_kept_share;
  return (
    <ChartCard
      title={t("accuracy.title")}
      hint={share == null ? t("accuracy.hint") : t("accuracy.share", { share: format.percent(share) })}
      of={drafts}
      isEmpty={!accuracy?.drafts}
      head={[t("accuracy.kind"), t("accuracy.lines")]}
      rows={rows.map((row) => [row.kind, format.number(row.lines)])}
    >
      <BarChart
        {...BARS}
        withLegend={false}
        orientation="vertical"
        gridAxis="y"
        data={rows}
        dataKey="kind"
        valueFormatter={format.number}
        yAxisProps={{ width: 130 }}
        xAxisProps={{ allowDecimals: false }}
        maxBarWidth={22}
        series={[{ name: "lines", label: t("accuracy.lines"), color: "satya.6" }]}
      />
    </ChartCard>
  );
}
