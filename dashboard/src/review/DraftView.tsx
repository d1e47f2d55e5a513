import { ActionIcon, Group, Skeleton, Text } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconPlayerSkipForward } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Failure } from "@/app/Failure";
import { EvidenceProvider } from "@/evidence/Evidence";
import type { Decision } from "@/order/decisions";
import { OrderSheet } from "@/order/OrderSheet";
import type { Order } from "@/order/order";
import { orderQuery } from "@/order/queries";
import { ChatExcerpt } from "./ChatExcerpt";
import type { Action } from "./queue";
import classes from "./Review.module.css";

interface Props {
  orderId: number;
  /** Why its acceptance was refused. */
  trouble: string | undefined;
  onDecide: (order: Order, decision: Decision) => void;
  onStep: (action: Action) => void;
}

/** A draft beside the words that made it. */
export function DraftView({ orderId, trouble, onDecide, onStep }: Props) {
  const { data: order, error, refetch } = useQuery(orderQuery(orderId));
  if (error && !order) return <Failure error={error} retry={() => void refetch()} />;
  if (!order) return <Skeleton className={classes.chatPane} radius={0} animate={false} aria-busy />;
  const { customer } = order;
  return (
    <EvidenceProvider>
      <section className={classes.chatPane} aria-label={customer.name ?? customer.phone ?? ""}>
        <Group className={classes.customer} justify="space-between" wrap="nowrap">
          <div style={{ minWidth: 0 }}>
            <Text fw={600} fz={15} truncate>
              {customer.name ?? customer.phone}
            </Text>
            {customer.name && (
              <Text fz={12.5} c="dimmed">
                {customer.phone}
              </Text>
            )}
          </div>
          <Steps onStep={onStep} />
        </Group>
        {trouble && (
          <Text fz={13} className={classes.trouble} role="alert">
            {trouble}
          </Text>
        )}
        <ChatExcerpt order={order} />
      </section>
      <div className={classes.sheet}>
        <OrderSheet order={order} onDecide={onDecide} keys="review" />
      </div>
    </EvidenceProvider>
  );
}

/** What the keys J, K and S do, for who has none. */
function Steps({ onStep }: { onStep: (action: Action) => void }) {
  const { t } = useTranslation("review");
  const steps = [
    { label: t("key.previous"), key: "K", icon: IconChevronLeft, action: { type: "moved", by: -1 } },
    { label: t("key.next"), key: "J", icon: IconChevronRight, action: { type: "moved", by: 1 } },
    { label: t("key.skip"), key: "S", icon: IconPlayerSkipForward, action: { type: "skipped" } },
  ] as const;
  return (
    <Group gap={4} wrap="nowrap">
      {steps.map(({ label, key, icon: Icon, action }) => (
        <ActionIcon
          key={key}
          variant="default"
          className={classes.step}
          aria-label={label}
          aria-keyshortcuts={key}
          title={`${label} (${key})`}
          onClick={() => onStep(action)}
        >
          <Icon size={16} />
        </ActionIcon>
      ))}
    </Group>
  );
}
