import { answer, idempotencyKey, ifMatch, service } from "@/api/client";
import { ProblemError } from "@/api/problem";
import { queries } from "@/api/queries";
import { type Edit, isOverrun } from "./edit";
import type { Order } from "./order";
import { keepOrder, orderHistory, orderQuery } from "./queries";

/** Thrown where somebody else changed the very thing that a person was changing; `by` is null for a reading. */
export class Overrun extends Error {
  readonly by: string | null;

  constructor(by: string | null) {
    super("changed meanwhile");
    this.by = by;
  }
}

const TRIES = 4;

/**
 * Save a change. Where the order has changed elsewhere since, the change is made on top of that; where the very
 * same thing has changed, nothing is overwritten: Overrun is thrown.
 */
export async function save(orderId: number, edit: Edit): Promise<Order> {
  for (let tries = 1; ; tries += 1) {
    const now = await queries.ensureQueryData(orderQuery(orderId));
    if (isOverrun(edit, now)) throw new Overrun(await lastChangedBy(orderId));
    try {
      return keepOrder(await send(now, edit));
    } catch (error) {
      if (!isStale(error) || tries === TRIES) throw error;
      await loadAnew(orderId);
    }
  }
}

export function isStale(error: unknown): boolean {
  return error instanceof ProblemError && error.kind === "stale-version";
}

export async function loadAnew(orderId: number): Promise<Order> {
  return queries.fetchQuery({ ...orderQuery(orderId), staleTime: 0 });
}

/** The name of who changed an order last; null where a reading of the chat did. */
export async function lastChangedBy(orderId: number): Promise<string | null> {
  const history = await queries.fetchQuery({ ...orderHistory(orderId), staleTime: 0 });
  return history.items[0]?.user_name ?? null;
}

function send(order: Order, edit: Edit): Promise<Order> {
  const header = ifMatch(order.version);
  const path = { order_id: order.id };
  switch (edit.kind) {
    case "details":
      return answer(service.PATCH("/orders/{order_id}", { params: { path, header }, body: edit.change }));
    case "add":
      return answer(
        service.POST("/orders/{order_id}/lines", {
          params: { path, header: { ...header, ...idempotencyKey() } },
          body: edit.line,
        }),
      );
    case "line":
      return answer(
        service.PATCH("/orders/{order_id}/lines/{line_id}", {
          params: { path: { ...path, line_id: edit.lineId }, header },
          body: edit.change,
        }),
      );
    case "remove":
      return answer(
        service.DELETE("/orders/{order_id}/lines/{line_id}", {
          params: { path: { ...path, line_id: edit.lineId }, header },
        }),
      );
    case "restore":
      return answer(
        service.POST("/orders/{order_id}/lines/{line_id}/restore", {
          params: { path: { ...path, line_id: edit.lineId }, header },
        }),
      );
  }
}
