import "@mantine/charts/styles.css";
import { SimpleGrid, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "@/app/Page";
import { useFormat } from "@/i18n/format";
import { AccuracyCard } from "./AccuracyCard";
import { AgentsCard } from "./AgentsCard";
import { DraftsCard } from "./DraftsCard";
import { HoursCard } from "./HoursCard";
import { MessagesCard } from "./MessagesCard";
import { OrdersCard, RevenueCard } from "./OrdersCard";
import { PeriodPicker } from "./PeriodPicker";
import { ProductsCard } from "./ProductsCard";
import { type Period, periodOf } from "./period";
import { ResponsesCard } from "./ResponsesCard";
import { Tiles } from "./Tiles";

/** How the business does: in numbers beside those of the time before, and by day. */
export function Component() {
  const { t } = useTranslation("analytics");
  const format = useFormat();
  const today = format.dayKey(new Date());
  const [period, setPeriod] = useState<Period>(() => periodOf("month", today));
  return (
    <Page title={t("title")} tools={<PeriodPicker value={period} today={today} onChange={setPeriod} />}>
      <Stack gap="md" maw={1400}>
        <Tiles period={period} />
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
          <MessagesCard period={period} />
          <ResponsesCard period={period} />
          <DraftsCard period={period} />
          <AccuracyCard period={period} />
          <OrdersCard period={period} />
          <RevenueCard period={period} />
          <ProductsCard period={period} />
          <AgentsCard period={period} />
        </SimpleGrid>
        <HoursCard period={period} />
      </Stack>
    </Page>
  );
}
