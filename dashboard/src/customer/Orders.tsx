import { Badge, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useFormat } from "@/i18n/format";
import { type OrderSummary, STATUS_COLOR } from "@/order/order";
import classes from "./Customer.module.css";
import type { Customer } from "./queries";
import { Section } from "./Section";

/** What she ordered, the newest first. */
export function Orders({ customer }: { customer: Customer }) {
  const { t } = useTranslation("customer");
  const total = Object.values(customer.orders_by_status).reduce((sum, count) => sum + count, 0);
  return (
    <Section title={t("allOrders")} count={total}>
      {customer.latest_orders.length === 0 && (
        <Text fz={13} c="dimmed">
          {t("noOrders")}
        </Text>
      )}
      {customer.latest_orders.map((order) => (
        <OrderLink key={order.id} order={order} />
      ))}
      {total > customer.latest_orders.length && (
        <Text component={Link} to={`/orders?customer=${customer.id}`} fz={13} c="var(--mantine-color-anchor)">
          {t("moreOrders", { count: total })}
        </Text>
      )}
    </Section>
  );
}

function OrderLink({ order }: { order: OrderSummary }) {
  const { t } = useTranslation("order");
  const format = useFormat();
  const first = order.first_lines.map((line) => `${line.quantity} × ${line.title}`).join(", ");
  return (
    <Link to={`/orders/${order.id}`} className={classes.link}>
      <span className={classes.line}>
        <Text span fz={13} fw={600}>
          #{order.number}
        </Text>
        <Badge size="sm" variant="light" color={STATUS_COLOR[order.status]} tt="none">
          {t(`status.${order.status}`)}
        </Badge>
        <Text span fz={12} c="dimmed">
          {format.short(order.created_at)}
        </Text>
        <Text span fz={13} fw={600} className={classes.end}>
          {format.money(order.total_amount, order.currency)}
        </Text>
      </span>
      {first && (
        <Text span fz={12} c="dimmed" truncate display="block">
          {first}
        </Text>
      )}
    </Link>
  );
}
