import { Box } from "@mantine/core";

/** A conversation's draft or latest order, to check, change and decide. */
export function OrderPanel(_: { conversationId: number; orderId?: number | null }) {
  return <Box component="section" />;
}
