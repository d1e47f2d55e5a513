import { Group, Text } from "@mantine/core";
import { IconCashBanknote } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import type { Order } from "./order";

/** How the payment in the chat stands; nothing where none was asked for. */
export function PaymentNote({ order }: { order: Order }) {
  const { t } = useTranslation("order");
  const format = useFormat();
  if (!order.payment_status) return null;
  const last = order.payments.at(-1);
  return (
    <Group gap={6} mb={8}>
      <IconCashBanknote size={17} aria-hidden />
      <Text fz={13}>
        {t(`paid.${order.payment_status}`, { defaultValue: order.payment_status })}
        {last?.amount_minor != null && ` · ${format.money(last.amount_minor, last.currency ?? order.currency)}`}
        {order.paid_at && ` · ${format.dateTime(order.paid_at)}`}
      </Text>
    </Group>
  );
}
