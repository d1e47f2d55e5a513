import { Alert, Text } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Order } from "./order";
import { isWindowOpen, summarySetting, useConversation } from "./queries";

/** After confirming: what was done, and whether the customer was told. */
export function ToldNote({ order }: { order: Order }) {
  const { t } = useTranslation("order");
  const setting = useQuery(summarySetting);
  const chat = useConversation(order.conversation_id);
  if (order.status !== "confirmed" || !setting.data) return null;
  return (
    <Alert color="teal" p={10} mb={8} icon={<IconCheck size={18} />} role="status" title={t("told.confirmed")}>
      <Text fz={12.5}>{t(`told.${howTold()}`)}</Text>
    </Alert>
  );

  function howTold(): string {
    const { mode, template } = setting.data ?? {};
    if (order.conversation_id === null) return "noChat";
    if (mode === "off") return "off";
    if (isWindowOpen(chat.data)) return "message";
    return template ? "template" : "closed";
  }
}
