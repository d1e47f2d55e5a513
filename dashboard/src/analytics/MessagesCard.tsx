import { BarChart } from "@mantine/charts";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { ChartCard } from "./ChartCard";
import { BARS } from "./chart";
import type { Period } from "./period";
import { messagesQuery } from "./queries";
import { useDayName } from "./useDayName";

export function MessagesCard({ period }: { period: Period }) {
  const { t } = useTranslation("analytics");
  const format = useFormat();
  const dayName = useDayName();
  const messages = useQuery(messagesQuery(period));
  const days = messages.data?.days ?? [];
  return (
    <ChartCard
      title={t("messages.title")}
      of={messages}
      isEmpty={!messages.data?.received && !messages.data?.sent}
      head={[t("day"), t("messages.received"), t("messages.sent")]}
      rows={days.map((it) => [dayName(it.day), format.number(it.received), format.number(it.sent)])}
    >
      <BarChart
        {...BARS}
        data={days.map((it) => ({ ...it, day: dayName(it.day) }))}
        dataKey="day"
        type="stacked"
        valueFormatter={format.number}
        series={[
          { name: "received", label: t("messages.received"), color: "satya.6" },
          { name: "sent", label: t("messages.sent"), color: "blue.5" },
        ]}
      />
    </ChartCard>
  );
}
