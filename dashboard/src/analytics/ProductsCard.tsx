import { BarsList } from "@mantine/charts";
import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schema } from "@/api/client";
import { useFormat } from "@/i18n/format";
import { ChartCard } from "./ChartCard";
import type { Period } from "./period";
import { productsQuery } from "./queries";

type Sort = "revenue" | "quantity";

/** What sold best. */
export function ProductsCard({ period }: { period: Period }) {
  const { t } = useTranslation("analytics");
  const format = useFormat();
  const [sort, setSort] = useState<Sort>("revenue");
  const products = useQuery(productsQuery(period, sort));
  const items = products.data?.items ?? [];
  const money = (it: Schema<"ProductSales">) => format.money(it.revenue_minor, it.currency);
  const worth = (it: Schema<"ProductSales">) => (sort === "revenue" ? it.revenue_minor : Number(it.quantity));
  return (
    <ChartCard
      title={t("products.title")}
      of={products}
      isEmpty={!items.length}
      tools={
        <SegmentedControl
          size="xs"
          aria-label={t("products.sort")}
          value={sort}
          onChange={(value) => setSort(value as Sort)}
          data={(["revenue", "quantity"] as const).map((value) => ({ value, label: t(`products.${value}`) }))}
        />
      }
      head={[t("products.product"), t("products.quantity"), t("products.revenue"), t("products.orders")]}
      rows={items.map((it) => [
        `${it.title} (${it.sku})`,
        format.number(Number(it.quantity)),
        money(it),
        format.number(it.orders),
      ])}
    >
      <BarsList
        aria-hidden
        barHeight={30}
        barColor="satya.2"
        data={items.map((it) => ({ name: `${it.title} · ${it.sku}`, value: worth(it) }))}
        valueFormatter={(value) => (sort === "revenue" ? format.money(value) : format.number(value))}
      />
    </ChartCard>
  );
}
