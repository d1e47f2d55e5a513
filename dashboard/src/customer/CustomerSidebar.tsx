import { Box } from "@mantine/core";

/** Who a customer is, and what she bought. */
export function CustomerSidebar(_: { customerId: number; conversationId?: number }) {
  return <Box component="aside" />;
}
