import { Badge, Text } from "@mantine/core";
import { IconAlertTriangle, IconCashBanknote } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useFormat } from "@/i18n/format";
import { LEVELS, levelOf } from "@/order/confidence";
import { type OrderSummary, STATUS_COLOR } from "@/order/order";
import classes from "./Orders.module.css";

interface Props {
  order: OrderSummary;
  to: string;
  isOpen: boolean;
}

/** One order of the list: whose, what, how it stands, how much. */
export function OrderRow({ order, to, isOpen }: Props) {
  const { t } = useTranslation("order");
  const format = useFormat();
  const lines = order.first_lines.map((line) => `${line.quantity} × ${line.title}`).join(", ");
  const more = order.line_count - order.first_lines.length;
  return (
    <Link to={to} className={classes.order} aria-current={isOpen ? "true" : undefined}>
      <Text span fz={13} fw={600} className={classes.number}>
        #{order.number}
      </Text>
      <Text span fz={13.5} fw={500} truncate className={classes.customer}>
        {order.customer.name ?? order.customer.phone ?? "–"}
      </Text>
      <Text span fz={13} c="dimmed" truncate className={classes.what}>
        {lines}
        {more > 0 && ` +${more}`}
      </Text>
      <span className={classes.state}>
        <Badge variant="light" color={STATUS_COLOR[order.status]} tt="none" fz={12}>
          {t(`status.${order.status}`)}
        </Badge>
        <Signs order={order} />
      </span>
      <Text span fz={12.5} c="dimmed" className={classes.when}>
        {format.short(order.created_at)}
      </Text>
      <Text span fz={13.5} fw={600} className={classes.total}>
        {format.money(order.total_amount, order.currency)}
      </Text>
    </Link>
  );
}

/** How sure a draft is, whether the chat says something else, whether it is paid. */
function Signs({ order }: { order: OrderSummary }) {
  const { t } = useTranslation("order");
  const level = order.status === "draft" && order.confidence !== null ? levelOf(order.confidence) : null;
  const Level = level && LEVELS[level].icon;
  return (
    <>
      {level && Level && (
        <Level
          size={16}
          color={`var(--mantine-color-${LEVELS[level].color}-6)`}
          aria-label={t(`confidence.${level}`)}
        />
      )}
      {order.reading_disagrees && (
        <IconAlertTriangle size={16} color="var(--mantine-color-orange-6)" aria-label={t("disagrees")} />
      )}
      {order.payment_status && (
        <IconCashBanknote
          size={17}
          color={order.paid_at ? "var(--mantine-color-teal-6)" : "var(--mantine-color-gray-6)"}
          aria-label={t(`paid.${order.payment_status}`, { defaultValue: order.payment_status })}
        />
      )}
    </>
  );
}
