import { useCallback, useEffect, useRef, useState } from "react";
import { type Decided, type Decision, decided, settle } from "@/order/decisions";
import type { Order } from "@/order/order";

interface Held {
  order: Order;
  what: Decided;
}

interface Listener {
  onSettled: (order: Order, decision: Decision) => void;
  onRefused: (order: Order, error: Error) => void;
}

const TIME_TO_UNDO = 5000; // milliseconds

/**
 * Holds the latest decision back for a moment, so that it can be undone; then it is made. It is made at once where the
 * next one comes, or where the person leaves.
 */
export function useHeldDecision(listener: Listener) {
  const [held, setHeld] = useState<Held | null>(null);
  const latest = useRef<Held | null>(null);
  const timer = useRef<number | undefined>(undefined);
  const listening = useRef(listener);
  useEffect(() => {
    listening.current = listener;
  });

  const keep = useCallback((next: Held | null) => {
    window.clearTimeout(timer.current);
    latest.current = next;
    setHeld(next);
  }, []);

  const flush = useCallback(() => {
    const now = latest.current;
    if (!now) return;
    keep(null);
    settle(now.order.id, now.what, { keepalive: true }).then(
      () => listening.current.onSettled(now.order, now.what.decision),
      (error: Error) => listening.current.onRefused(now.order, error),
    );
  }, [keep]);

  const hold = useCallback(
    (order: Order, decision: Decision) => {
      flush();
      keep({ order, what: decided(order, decision) });
      timer.current = window.setTimeout(flush, TIME_TO_UNDO);
    },
    [flush, keep],
  );

  const undo = useCallback((): Order | null => {
    const order = latest.current?.order ?? null;
    keep(null);
    return order;
  }, [keep]);

  useEffect(() => {
    window.addEventListener("pagehide", flush);
    return () => {
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, [flush]);

  return { held, hold, undo };
}
