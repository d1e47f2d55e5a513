import { BarChart, LineChart } from "@mantine/charts";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { useBusiness } from "@/session/session";
import { ChartCard } from "./ChartCard";
import { BARS, LINES } from "./chart";
import type { Period } from "./period";
import { ordersQuery } from "./queries";
import { useDayName } from "./useDayName";

/** Confirmed orders of the business's currency; those in others are told beside them. */
function useOrders(period: Period) {
  const { currency } = useBusiness();
  const orders = useQuery(ordersQuery(period));
  const all = orders.data?.currencies ?? [];
  return {
    orders,
    ours: all.find((each) => each.currency === currency),
    others: all.filter((each) => each.currency !== currency),
  };
}

export function OrdersCard({ period }: { period: Period }) {
  const { t } = useTranslation("analytics");
  const format = useFormat();
  const dayName = useDayName();
  const { orders, ours } = useOrders(period);
  const days = ours?.days ?? [];
  return (
    <ChartCard
      title={t("orders.title")}
      hint={t("orders.hint")}
      of={orders}
      isEmpty={!ours}
      head={[t("day"), t("orders.orders")]}
      rows={days.map((it) => [dayName(it.day), format.number(it.orders)])}
    >
      <BarChart
        {...BARS}
        withLegend={false}
        data={days.map((it) => ({ ...it, day: dayName(it.day) }))}
        dataKey="day"
        valueFormatter={format.number}
        yAxisProps={{ allowDecimals: false }}
        series={[{ name: "orders", label: t("orders.orders"), color: "satya.6" }]}
      />
    </ChartCard>
  );
}

export function RevenueCard({ period }: { period: Period }) {
  const { t } = useTranslation("analytics");
  const format = useFormat();
  const dayName = useDayName();
  const { orders, ours, others } = useOrders(period);
  const days = ours?.days ?? [];
  const also = others.map((each) => format.money(each.revenue_minor, each.currency)).join(", ");
  const average = ours && t("revenue.average", { amount: format.money(ours.average_minor) });
  return (
    <ChartCard
      title={t("revenue.title")}
      hint={[average, also && t("revenue.also", { amounts: also })].filter(Boolean).join(" ")}
      of={orders}
      isEmpty={!ours}
      head={[t("day"), t("revenue.title")]}
      rows={days.map((it) => [dayName(it.day), format.money(it.revenue_minor)])}
    >
      <LineChart
        {...LINES}
        withLegend={false}
        data={days.map((it) => ({ ...it, day: dayName(it.day) }))}
        dataKey="day"
        curveType="monotone"
        valueFormatter={(minor) => format.money(minor)}
        yAxisProps={{ width: 90 }}
        series={[{ name: "revenue_minor", label: t("revenue.title"), color: "satya.6" }]}
      />
    </ChartCard>
  );
}
