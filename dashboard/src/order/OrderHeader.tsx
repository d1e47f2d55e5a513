import { Alert, Avatar, Badge, Group, Text, Tooltip } from "@mantine/core";
import { IconMessageExclamation } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import type { usePresence } from "@/live/LiveProvider";
import { OrderConfidence } from "./ConfidenceMark";
import classes from "./Order.module.css";
import { type Order, STATUS_COLOR } from "./order";

interface Props {
  order: Order;
  others: ReturnType<typeof usePresence>;
  isSaving: boolean;
  /** What else stands in the header, like a way to the other orders. */
  children?: ReactNode;
}

/** At a glance: which order, how sure, how much, and who else is at it. */
export function OrderHeader({ order, others, isSaving, children }: Props) {
  const { t } = useTranslation("order");
  const format = useFormat();
  return (
    <header className={classes.header}>
      <Group justify="space-between" wrap="nowrap" gap={8}>
        <Group gap={8} wrap="nowrap" miw={0}>
          <Text component="h2" fw={700} fz={16} m={0}>
            #{order.number}
          </Text>
          <Badge variant="light" color={STATUS_COLOR[order.status]} tt="none">
            {t(`status.${order.status}`)}
          </Badge>
          <Text fz={12} c="dimmed" role="status">
            {isSaving ? t("saving") : ""}
          </Text>
        </Group>
        <Group gap={6} wrap="nowrap">
          <Others others={others} />
          {children}
        </Group>
      </Group>
      <Group justify="space-between" mt={8} wrap="nowrap" gap={8}>
        {order.status === "draft" ? (
          <OrderConfidence confidence={isAllByHand(order) ? null : order.confidence} />
        ) : (
          <Settled order={order} />
        )}
        <Text fw={700} fz={18} className={classes.amount}>
          {format.money(order.total_amount, order.currency)}
        </Text>
      </Group>
      <TurnedNote order={order} />
    </header>
  );
}

function Others({ others }: { others: Props["others"] }) {
  const { t } = useTranslation("order");
  return (
    <Avatar.Group aria-live="polite">
      {others.map(({ user_id, name, editing }) => (
        <Tooltip key={user_id} label={t(editing ? "presence.editing" : "presence.looking", { name })}>
          <Avatar
            size={26}
            name={name}
            color="initials"
            role="img"
            aria-label={t(editing ? "presence.editing" : "presence.looking", { name })}
            style={editing ? { outline: "2px solid var(--mantine-color-orange-6)" } : undefined}
          />
        </Tooltip>
      ))}
    </Avatar.Group>
  );
}

/** When it was decided, and why it is no order. */
function Settled({ order }: { order: Order }) {
  const { t } = useTranslation("order");
  const format = useFormat();
  const why = order.reason_code && order.reason_code !== "other" ? t(`reject.code.${order.reason_code}`) : order.reason;
  return (
    <Text fz={12.5} c="dimmed">
      {[why, format.dateTime(order.confirmed_at ?? order.updated_at)].filter(Boolean).join(" · ")}
    </Text>
  );
}

/** The chat has taken back what it asked for, and a person's draft is still there. */
function TurnedNote({ order }: { order: Order }) {
  const { t } = useTranslation("order");
  const isTurned = order.status === "draft" && (order.stage === "cancelled" || order.stage === "none");
  if (!isTurned) return null;
  return (
    <Alert color="orange" mt={8} p={8} icon={<IconMessageExclamation size={16} />}>
      <Text fz={12.5}>{t(`turned.${order.stage}`)}</Text>
    </Alert>
  );
}

/** Somebody decided on each line: what the reading believed does not count any more. */
function isAllByHand(order: Order): boolean {
  return order.lines.length > 0 && order.lines.every((line) => line.touched);
}
