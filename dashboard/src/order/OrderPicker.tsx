import { ActionIcon, Badge, Group, Menu, Text } from "@mantine/core";
import { IconDots, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { type OrderSummary, STATUS_COLOR } from "./order";
import { useMakeOrder } from "./useMakeOrder";

interface Props {
  conversationId: number;
  orders: readonly OrderSummary[];
  shown: number;
  onPick: (orderId: number) => void;
}

/** The other orders of this chat, and a new one where no draft is open. */
export function OrderPicker({ conversationId, orders, shown, onPick }: Props) {
  const { t } = useTranslation("order");
  const format = useFormat();
  const make = useMakeOrder();
  const hasDraft = orders.some((it) => it.status === "draft");
  if (orders.length < 2 && hasDraft) return null;
  return (
    <Menu position="bottom-end" withinPortal shadow="md">
      <Menu.Target>
        <ActionIcon variant="default" size="md" aria-label={t("others.label")} title={t("others.label")}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: "auto" }}>
        <Menu.Label>{t("others.label")}</Menu.Label>
        {orders.map((it) => (
          <Menu.Item key={it.id} aria-current={it.id === shown || undefined} onClick={() => onPick(it.id)}>
            <Group gap={8} wrap="nowrap">
              <Text size="sm" fw={it.id === shown ? 700 : 400}>
                #{it.number}
              </Text>
              <Badge size="sm" variant="light" color={STATUS_COLOR[it.status]} tt="none">
                {t(`status.${it.status}`)}
              </Badge>
              <Text size="xs" c="dimmed">
                {format.money(it.total_amount, it.currency)} · {format.short(it.created_at)}
              </Text>
            </Group>
          </Menu.Item>
        ))}
        {!hasDraft && (
          <Menu.Item
            leftSection={<IconPlus size={16} />}
            onClick={() => make.mutate({ conversation_id: conversationId }, { onSuccess: (made) => onPick(made.id) })}
          >
            {t("others.new")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
