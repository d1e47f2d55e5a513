import { Badge, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useFormat } from "@/i18n/format";
import classes from "./catalog.module.css";
import { Options } from "./Options";
import type { Stock } from "./queries";

/** One variant of the list: what it is, its price and what is left. */
export function StockRow({ stock, open }: { stock: Stock; open: boolean }) {
  const format = useFormat();
  return (
    <Link
      to={`/catalog/${stock.product_id}?variant=${stock.variant_id}`}
      className={classes.stock}
      aria-current={open ? "true" : undefined}
    >
      <span className={classes.what}>
        <Text span size="sm" fw={500} truncate>
          {stock.title}
        </Text>
        <Text span size="xs" c="dimmed" truncate>
          {stock.sku}
        </Text>
      </span>
      <span className={classes.options}>
        <Options of={stock.options} />
      </span>
      <Text span size="sm" className={classes.price}>
        {format.money(stock.price_minor, stock.currency)}
      </Text>
      <span className={classes.left}>
        <Left stock={stock} />
      </span>
    </Link>
  );
}

const FEW = 5;

/** How much is left, loud where it is little. */
function Left({ stock }: { stock: Stock }) {
  const { t } = useTranslation("catalog");
  const format = useFormat();
  if (!stock.available)
    return (
      <Badge color="gray" fz={12} variant="light" tt="none">
        {t("notOffered")}
      </Badge>
    );
  if (stock.quantity === null) {
    return (
      <Text span size="xs" c="dimmed">
        {t("notCounted")}
      </Text>
    );
  }
  const left = Number(stock.quantity);
  if (left === 0)
    return (
      <Badge color="red" fz={12} variant="light" tt="none">
        {t("soldOut")}
      </Badge>
    );
  return (
    <Badge color={left <= FEW ? "orange" : "gray"} variant="light" tt="none" fz={12}>
      {t("left", { n: format.number(left) })}
    </Badge>
  );
}
