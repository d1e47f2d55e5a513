import { Text, UnstyledButton } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconPlayerSkipForward, IconX } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { LEVELS, levelOf } from "@/order/confidence";
import type { OrderSummary } from "@/order/order";
import type { Queue } from "./queue";
import classes from "./Review.module.css";

interface Props {
  queue: Queue;
  orders: ReadonlyMap<number, OrderSummary>;
  onGo: (id: number) => void;
}

/** All drafts of the queue: what is done, what waits, and where the person is. */
export function QueueList({ queue, orders, onGo }: Props) {
  const { t } = useTranslation("review");
  return (
    <ol className={classes.queue} aria-label={t("queue")}>
      {queue.ids.map((id) => {
        const order = orders.get(id);
        return order ? <Place key={id} order={order} queue={queue} onGo={onGo} /> : null;
      })}
    </ol>
  );
}

function Place({ order, queue, onGo }: { order: OrderSummary; queue: Queue; onGo: Props["onGo"] }) {
  const format = useFormat();
  const { t } = useTranslation("review");
  const isHere = queue.current === order.id;
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isHere) place.current?.scrollIntoView({ block: "nearest" });
  }, [isHere]);
  return (
    <li ref={place}>
      <UnstyledButton
        className={classes.place}
        aria-current={isHere || undefined}
        disabled={queue.outcomes.has(order.id)}
        onClick={() => onGo(order.id)}
      >
        <Mark order={order} queue={queue} />
        <span className={classes.who}>
          <Text span fz={13} fw={isHere ? 600 : 500} truncate display="block">
            {order.customer.name ?? order.customer.phone ?? `#${order.number}`}
          </Text>
          <Text span fz={12} c="dimmed" truncate display="block">
            #{order.number} · {t("lines", { count: order.line_count })} · {format.short(order.updated_at)}
          </Text>
        </span>
        <Text span fz={12.5} fw={600} className={classes.sum}>
          {format.money(order.total_amount, order.currency)}
        </Text>
      </UnstyledButton>
    </li>
  );
}

function Mark({ order, queue }: { order: OrderSummary; queue: Queue }) {
  const { t } = useTranslation("review");
  const outcome = queue.outcomes.get(order.id);
  if (outcome === "confirmed")
    return <IconCheck size={18} color="var(--mantine-color-teal-6)" aria-label={t("mark.confirmed")} />;
  if (outcome) return <IconX size={18} color="var(--mantine-color-gray-6)" aria-label={t(`mark.${outcome}`)} />;
  const trouble = queue.troubles.get(order.id);
  if (trouble) return <IconAlertTriangle size={18} color="var(--mantine-color-orange-6)" aria-label={trouble} />;
  if (queue.skipped.has(order.id)) return <IconPlayerSkipForward size={18} aria-label={t("mark.skipped")} />;
  const level = order.open_line_count > 0 || order.confidence === null ? "unsure" : levelOf(order.confidence);
  const { icon: Icon, color } = LEVELS[level];
  return <Icon size={18} color={`var(--mantine-color-${color}-6)`} aria-label={t(`order:confidence.${level}`)} />;
}
