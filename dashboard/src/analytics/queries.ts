import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, service } from "@/api/client";
import type { Period } from "./period";

const kept = { placeholderData: keepPreviousData } as const;

export function messagesQuery(period: Period) {
  return queryOptions({
    queryKey: ["analytics", "messages", period],
    queryFn: () => answer(service.GET("/analytics/messages", { params: { query: period } })),
    ...kept,
  });
}

export function responsesQuery(period: Period) {
  return queryOptions({
    queryKey: ["analytics", "responses", period],
    queryFn: () => answer(service.GET("/analytics/responses", { params: { query: period } })),
    ...kept,
  });
}

export function hoursQuery(period: Period) {
  return queryOptions({
    queryKey: ["analytics", "hours", period],
    queryFn: () => answer(service.GET("/analytics/hours", { params: { query: period } })),
    ...kept,
  });
}

export function draftsQuery(period: Period) {
  return queryOptions({
    queryKey: ["analytics", "drafts", period],
    queryFn: () => answer(service.GET("/analytics/drafts", { params: { query: period } })),
    ...kept,
  });
}

export function ordersQuery(period: Period) {
  return queryOptions({
    queryKey: ["analytics", "orders", period],
    queryFn: () => answer(service.GET("/analytics/orders", { params: { query: period } })),
    ...kept,
  });
}

export function productsQuery(period: Period, sort: "revenue" | "quantity") {
  return queryOptions({
    queryKey: ["analytics", "products", period, sort],
    queryFn: () => answer(service.GET("/analytics/products", { params: { query: { ...period, sort, limit: 10 } } })),
    ...kept,
  });
}
