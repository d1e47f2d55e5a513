import { Skeleton, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Failure } from "@/app/Failure";
import { NoOrder } from "./NoOrder";
import { OrderPicker } from "./OrderPicker";
import { OrderSheet } from "./OrderSheet";
import type { OrderSummary } from "./order";
import { orderQuery, ordersOfConversation } from "./queries";

interface Props {
  conversationId: number;
  orderId?: number | null;
}

/** A conversation's draft or latest order, to check, change and decide; another of its orders where one is named. */
export function OrderPanel({ conversationId, orderId }: Props) {
  const orders = useQuery(ordersOfConversation(conversationId));
  const [picked, setPicked] = useState<{ conversationId: number; orderId: number } | null>(null);
  if (orders.error) return <Failure error={orders.error} retry={() => void orders.refetch()} />;
  if (!orders.data) return <Waiting />;
  const items = orders.data.items;
  const chosen = picked?.conversationId === conversationId ? picked.orderId : null;
  const shown = chosen ?? orderId ?? latest(items)?.id;
  if (shown === undefined) return <NoOrder conversationId={conversationId} />;
  const pick = (id: number) => setPicked({ conversationId, orderId: id });
  return (
    <LoadedOrder
      key={shown}
      orderId={shown}
      header={<OrderPicker conversationId={conversationId} orders={items} shown={shown} onPick={pick} />}
    />
  );
}

/** The draft, or where there is none the newest. */
function latest(orders: readonly OrderSummary[]): OrderSummary | undefined {
  return orders.find((it) => it.status === "draft") ?? orders[0];
}

function LoadedOrder({ orderId, header }: { orderId: number; header: React.ReactNode }) {
  const order = useQuery(orderQuery(orderId));
  if (order.error && !order.data) return <Failure error={order.error} retry={() => void order.refetch()} />;
  return order.data ? <OrderSheet order={order.data} header={header} /> : <Waiting />;
}

function Waiting() {
  return (
    <Stack p={14} gap={10} aria-busy>
      <Skeleton height={22} width="60%" />
      <Skeleton height={26} />
      <Skeleton height={92} mt={10} />
      <Skeleton height={92} />
      <Skeleton height={140} mt={10} />
    </Stack>
  );
}
