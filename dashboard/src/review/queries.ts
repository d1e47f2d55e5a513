import { queryOptions } from "@tanstack/react-query";
import { answer, type Schema, service } from "@/api/client";
import { useEndless } from "@/api/endless";
import type { Order, OrderSummary } from "@/order/order";
import type { Message } from "./excerpt";

export type ReviewSort = "surest" | "oldest";

const PAGE = 100;
const LATEST = 60; // messages of a chat that are asked for at once

/** All drafts that wait. Surest first lists only what was read from a chat. */
export function useDrafts(sort: ReviewSort) {
  return useEndless<OrderSummary>(["order", "list", "review", sort], (cursor) =>
    answer(service.GET("/orders", { params: { query: { status: ["draft"], sort, cursor, limit: PAGE } } })),
  );
}

/** The latest messages of an order's chat, the oldest first, with all those that made something of the order. */
export function orderMessages(order: Order) {
  const wanted = evidenceIds(order);
  return queryOptions({
    queryKey: ["conversation", order.conversation_id, "review", wanted],
    queryFn: () => messagesOf(order.conversation_id ?? 0, wanted),
    enabled: order.conversation_id !== null,
  });
}

export function evidenceIds(order: Order): number[] {
  const spans = [...order.lines.flatMap((line) => line.evidence), ...Object.values(order.details_evidence).flat()];
  return [...new Set(spans.map((span) => span.message_id))].sort((a, b) => a - b);
}

async function messagesOf(conversationId: number, wanted: readonly number[]): Promise<Message[]> {
  const path = { conversation_id: conversationId };
  const latest = await answer(
    service.GET("/conversations/{conversation_id}/messages", { params: { path, query: { limit: LATEST } } }),
  );
  const known = new Set(latest.items.map((it) => it.id));
  const missing = await Promise.all(wanted.filter((id) => !known.has(id)).map(message));
  return [...latest.items, ...missing].sort((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp) || a.id - b.id);
}

function message(id: number): Promise<Schema<"MessageOut">> {
  return answer(service.GET("/messages/{message_id}", { params: { path: { message_id: id } } }));
}
