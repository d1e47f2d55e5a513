import { queryOptions, useQuery } from "@tanstack/react-query";
import { answer, type Schema, service } from "@/api/client";
import { queries } from "@/api/queries";
import type { Order } from "./order";

export function orderQuery(orderId: number) {
  return queryOptions({
    queryKey: ["order", orderId],
    queryFn: () => answer(service.GET("/orders/{order_id}", { params: { path: { order_id: orderId } } })),
  });
}

/** A conversation's orders, the newest first. */
export function ordersOfConversation(conversationId: number) {
  return queryOptions({
    queryKey: ["order", "list", { conversation_id: conversationId }],
    queryFn: () =>
      answer(service.GET("/orders", { params: { query: { conversation_id: conversationId, limit: 50 } } })),
  });
}

export function orderHistory(orderId: number) {
  return queryOptions({
    queryKey: ["order", orderId, "history"],
    queryFn: () =>
      answer(
        service.GET("/orders/{order_id}/history", { params: { path: { order_id: orderId }, query: { limit: 100 } } }),
      ),
  });
}

/** The draft's questions as messages that are ready to be sent. */
export function suggestedReplies(conversationId: number) {
  return queryOptions({
    queryKey: ["conversation", conversationId, "suggested-replies"],
    queryFn: async () => {
      const params = { path: { conversation_id: conversationId } };
      return (await answer(service.GET("/conversations/{conversation_id}/suggested-replies", { params }))).items;
    },
  });
}

/** What customers get when their orders are confirmed. */
export const summarySetting = queryOptions({
  queryKey: ["business", "order-summary"],
  queryFn: () => answer(service.GET("/businesses/current/order-summary")),
});

/** Whether a customer may be written to freely now. */
export function isWindowOpen(chat: Schema<"ConversationOut"> | undefined): boolean {
  const closes = chat?.window_closes_at;
  return closes != null && Date.parse(closes) > Date.now();
}

export function useConversation(conversationId: number | null) {
  const params = { path: { conversation_id: conversationId ?? 0 } };
  return useQuery({
    queryKey: ["conversation", conversationId],
    queryFn: () => answer(service.GET("/conversations/{conversation_id}", { params })),
    enabled: conversationId !== null,
  });
}

/** Keep what the service answered, unless something newer is known already. */
export function keepOrder(order: Order): Order {
  queries.setQueryData(orderQuery(order.id).queryKey, (known) =>
    known && known.version > order.version ? known : order,
  );
  return order;
}
