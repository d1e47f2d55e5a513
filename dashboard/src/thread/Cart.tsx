import { Text } from "@mantine/core";
import { IconAlertTriangle, IconShoppingCart } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, type Schema, service } from "@/api/client";
import { useFormat } from "@/i18n/format";
import { type CartItem, cartOf } from "./attributes";
import classes from "./Cart.module.css";
import content from "./Content.module.css";
import type { Message } from "./stretch";

function variantOf(sku: string) {
  return {
    queryKey: ["variant", "sku", sku],
    queryFn: async () => {
      const { items } = await answer(service.GET("/variants", { params: { query: { sku, limit: 1 } } }));
      return items[0] ?? null;
    },
    staleTime: 300_000,
  };
}

/** A cart as the customer sent it: what it means in the catalogue, at the prices that her phone showed. */
export function Cart({ message }: { message: Message }) {
  const { t } = useTranslation();
  const items = cartOf(message);
  const variants = useQueries({ queries: items.map((item) => variantOf(item.sku)) });
  return (
    <div className={content.card}>
      <Text className={content.label}>
        <IconShoppingCart size={14} aria-hidden /> {t("thread:cart.label", { count: items.length })}
      </Text>
      <ul className={classes.items}>
        {items.map((item, index) => (
          <Item key={item.sku} item={item} variant={variants[index]?.data} />
        ))}
      </ul>
      <Total items={items} />
    </div>
  );
}

function Item({ item, variant }: { item: CartItem; variant: Schema<"VariantOut"> | null | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const options = variant ? Object.values(variant.options).join(", ") : "";
  return (
    <li className={classes.item}>
      <span className={classes.quantity}>{item.quantity}×</span>
      <span className={classes.what}>
        {variant ? `${variant.title}${options ? ` · ${options}` : ""}` : item.sku}
        {variant === null && (
          <span className={classes.unknown}>
            <IconAlertTriangle size={13} aria-hidden /> {t("thread:cart.unknown")}
          </span>
        )}
      </span>
      {item.price && (
        <span className={classes.price}>{format.money(minorOf(item.price), item.currency ?? undefined)}</span>
      )}
    </li>
  );
}

function Total({ items }: { items: readonly CartItem[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (items.length < 2 || items.some((item) => item.price === null)) return null;
  const total = items.reduce((sum, item) => sum + minorOf(item.price ?? "0") * Number(item.quantity), 0);
  return (
    <div className={classes.total}>
      <span>{t("thread:cart.total")}</span>
      <span>{format.money(total, items[0]?.currency ?? undefined)}</span>
    </div>
  );
}

function minorOf(price: string): number {
  return Math.round(Number(price) * 100);
}
