import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, service } from "@/api/client";
import { useEndless } from "@/api/endless";
import { type OrderFilter, queryOf } from "./filters";

const PAGE = 100;

export function useOrders(filter: OrderFilter) {
  return useEndless(["order", "list", "page", filter], (cursor) =>
    answer(
      service.GET("/orders", { params: { query: { ...queryOf(filter), sort: filter.sort, cursor, limit: PAGE } } }),
    ),
  );
}

/** How many orders there are of each status, with all else of the filter. */
export function orderCounts(filter: OrderFilter) {
  const query = queryOf({ ...filter, status: null });
  return queryOptions({
    queryKey: ["order", "counts", query],
    queryFn: () => answer(service.GET("/orders/counts", { params: { query } })),
    placeholderData: keepPreviousData,
  });
}

/** Customers by part of a name or number. */
export function customerSearch(words: string) {
  return queryOptions({
    queryKey: ["customer", "list", "search", words],
    queryFn: async () => (await answer(service.GET("/customers", { params: { query: { q: words, limit: 8 } } }))).items,
    placeholderData: keepPreviousData,
  });
}
