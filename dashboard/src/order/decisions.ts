import { useMutation } from "@tanstack/react-query";
import { answer, idempotencyKey, ifMatch, service } from "@/api/client";
import { ProblemError } from "@/api/problem";
import { queries } from "@/api/queries";
import { orderScope, pendingEdits, unsavedOf } from "./editing";
import type { Order, RejectionCode } from "./order";
import { keepOrder, orderQuery } from "./queries";
import { isStale, lastChangedBy, loadAnew, Overrun } from "./save";

export type Decision =
  | { kind: "confirm" }
  | { kind: "reject"; code: RejectionCode; reason: string | null }
  | { kind: "cancel"; reason: string | null }
  | { kind: "fulfill" };

/** What stands in the way of confirming; `lineId` is null where it is about the whole order. */
export interface Obstacle {
  lineId: number | null;
  message: string;
}

/** A decision about the order as a person saw it: `version`, and her own changes that were still on their way. */
export interface Decided {
  decision: Decision;
  version: number;
  ownChanges: number;
  key: { "idempotency-key": string };
}

/** How the request is sent: `keepalive` lets it outlive the page. */
interface Init {
  keepalive?: boolean;
}

/** Thrown where a change of hers was not saved: the order is not what she sees. */
export class NotSaved extends Error {}

export function decided(order: Order, decision: Decision): Decided {
  return { decision, version: order.version, ownChanges: pendingEdits(order.id), key: idempotencyKey() };
}

function decision(orderId: number, init: Init = {}) {
  return {
    mutationKey: ["order-decision", orderId],
    scope: orderScope(orderId),
    mutationFn: (it: Decided) => decide(orderId, it, init),
  };
}

export function useDecision(orderId: number) {
  return useMutation(decision(orderId));
}

/** Decide on an order that is not on the page any more. */
export function settle(orderId: number, it: Decided, init: Init): Promise<Order> {
  const mutation = queries.getMutationCache().build<Order, Error, Decided, unknown>(queries, decision(orderId, init));
  return mutation.execute(it);
}

/**
 * Confirm, reject, cancel or fulfill what the person saw.
 *
 * Throws NotSaved where a change of hers was not saved, Overrun where the order has changed otherwise: then what
 * there is now is loaded, and she looks again.
 */
async function decide(orderId: number, it: Decided, init: Init): Promise<Order> {
  const now = await queries.ensureQueryData(orderQuery(orderId));
  if (unsavedOf(orderId).length > 0) throw new NotSaved();
  if (now.version > it.version + it.ownChanges) throw new Overrun(await lastChangedBy(orderId));
  try {
    return keepOrder(await send(now, it, init));
  } catch (error) {
    if (!isStale(error)) throw error;
    await loadAnew(orderId);
    throw new Overrun(await lastChangedBy(orderId));
  }
}

function send(order: Order, { decision, key }: Decided, init: Init): Promise<Order> {
  const params = { path: { order_id: order.id }, header: { ...ifMatch(order.version), ...key } };
  switch (decision.kind) {
    case "confirm":
      return answer(service.POST("/orders/{order_id}/confirm", { params, ...init }));
    case "reject": {
      const { code, reason } = decision;
      return answer(service.POST("/orders/{order_id}/reject", { params, body: { code, reason }, ...init }));
    }
    case "cancel":
      return answer(service.POST("/orders/{order_id}/cancel", { params, body: { reason: decision.reason }, ...init }));
    case "fulfill":
      return answer(service.POST("/orders/{order_id}/fulfill", { params, ...init }));
  }
}

type Shortage = { variant_id: number; sku: string; wanted: string; available: string };

/** What the service named that stands in the way, each beside the line that it concerns; null where it is no such answer. */
export function obstaclesOf(error: unknown, order: Order, shortOf: (it: Shortage) => string): Obstacle[] | null {
  if (!(error instanceof ProblemError)) return null;
  if (error.kind === "not-ready") {
    const points = error.body.points as { line_id: number | null; message: string }[];
    return points.map(({ line_id, message }) => ({ lineId: line_id, message }));
  }
  if (error.kind !== "insufficient-stock") return null;
  return (error.body.shortages as Shortage[]).flatMap((short) => {
    const lines = order.lines.filter((line) => line.variant_id === short.variant_id);
    return lines.map((line) => ({ lineId: line.id, message: shortOf(short) }));
  });
}
