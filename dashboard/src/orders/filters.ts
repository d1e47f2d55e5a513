import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import type { Schema } from "@/api/client";
import type { Status } from "@/order/order";

export type OrderSort = Schema<"OrderSort">;

/** Which orders the page lists, as its address says. Days are like 2026-11-23. */
export interface OrderFilter {
  status: Status | null;
  q: string;
  from: string | null;
  to: string | null;
  customer: number | null;
  sort: OrderSort;
}

export const STATUSES: readonly Status[] = ["draft", "confirmed", "fulfilled", "rejected", "cancelled"];
export const SORTS: readonly OrderSort[] = ["newest", "oldest", "updated", "surest"];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The page's filter; it stands in the address, so that it can be shared and comes back with the page. */
export function useOrderFilter(): [OrderFilter, (change: Partial<OrderFilter>) => void, string] {
  const [params, setParams] = useSearchParams();
  const filter = useMemo(() => filterOf(params), [params]);
  const change = useCallback(
    (wanted: Partial<OrderFilter>) => setParams((now) => paramsOf({ ...filterOf(now), ...wanted }), { replace: true }),
    [setParams],
  );
  return [filter, change, params.size > 0 ? `?${params}` : ""];
}

export function filterOf(params: URLSearchParams): OrderFilter {
  const customer = Number(params.get("customer"));
  return {
    status: STATUSES.find((it) => it === params.get("status")) ?? null,
    q: params.get("q") ?? "",
    from: day(params.get("from")),
    to: day(params.get("to")),
    customer: Number.isSafeInteger(customer) && customer > 0 ? customer : null,
    sort: SORTS.find((it) => it === params.get("sort")) ?? "newest",
  };
}

export function paramsOf({ status, q, from, to, customer, sort }: OrderFilter): URLSearchParams {
  const given = { status, q: q || null, from, to, customer, sort: sort === "newest" ? null : sort };
  return new URLSearchParams(
    Object.entries(given).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])),
  );
}

/** The same as the service takes it. */
export function queryOf({ status, q, from, to, customer }: OrderFilter) {
  return {
    ...(status && { status: [status] }),
    ...(q.trim() && { q: q.trim() }),
    ...(from && { from }),
    ...(to && { to }),
    ...(customer && { customer_id: customer }),
  };
}

/** Where the same list is a file. */
export function exportAddress(filter: OrderFilter): string {
  const query = Object.entries(queryOf(filter)).map(([name, value]) => [name, String(value)]);
  return `/orders/export?${new URLSearchParams(query)}`;
}

function day(value: string | null): string | null {
  return value !== null && DAY.test(value) ? value : null;
}
