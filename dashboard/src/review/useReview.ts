import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useReducer, useRef } from "react";
import { useTranslation } from "react-i18next";
import { tell } from "@/app/notices";
import type { Decision } from "@/order/decisions";
import type { Order, OrderSummary } from "@/order/order";
import { orderQuery } from "@/order/queries";
import { explainRefusal } from "@/order/useDeciding";
import { orderMessages, type ReviewSort, useDrafts } from "./queries";
import { EMPTY, reduced, upcoming } from "./queue";
import { useHeldDecision } from "./useHeldDecision";

const READY = 3; // drafts that are loaded before they are come to
const AHEAD = 10; // drafts before the end at which more are asked for

/** The queue of drafts, and what a person does with it. */
export function useReview(sort: ReviewSort) {
  const { t } = useTranslation();
  const [queue, dispatch] = useReducer(reduced, EMPTY);
  const drafts = useDrafts(sort);
  const { data, hasNextPage, isFetching, fetchNextPage, isPlaceholderData } = drafts;
  const orders = useKnown(data);

  useEffect(() => {
    if (data && !isPlaceholderData) dispatch({ type: "listed", ids: data.map((it) => it.id), isWhole: !hasNextPage });
  }, [data, hasNextPage, isPlaceholderData]);
  const left = queue.ids.length - (queue.current === null ? 0 : queue.ids.indexOf(queue.current));
  useEffect(() => {
    if (hasNextPage && !isFetching && left < AHEAD) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage, left]);
  useReady(upcoming(queue, READY));

  const { held, hold, undo } = useHeldDecision({
    onSettled: () => undefined,
    onRefused: (order, error) => {
      const why = explainRefusal(error, order, t);
      dispatch({ type: "refused", id: order.id, why });
      tell(t("review:refused", { number: order.number, why }));
    },
  });

  const decide = useCallback(
    (order: Order, decision: Decision) => {
      hold(order, decision);
      const outcome = decision.kind === "confirm" ? "confirmed" : "rejected";
      dispatch({ type: "decided", id: order.id, outcome });
    },
    [hold],
  );
  const takeBack = useCallback(() => {
    const order = undo();
    if (order) dispatch({ type: "undone", id: order.id });
    else tell(t("review:nothingToUndo"));
  }, [undo, t]);

  return { queue, dispatch, drafts, orders, held, decide, takeBack };
}

/** What is known of every draft that was ever listed: decided ones stay in the list with their names. */
function useKnown(listed: readonly OrderSummary[] | undefined): ReadonlyMap<number, OrderSummary> {
  const known = useRef(new Map<number, OrderSummary>());
  return useMemo(() => {
    for (const order of listed ?? []) known.current.set(order.id, order);
    return new Map(known.current);
  }, [listed]);
}

/** Has these drafts and their chats at hand, so that coming to them takes no time. */
function useReady(ids: readonly number[]): void {
  const queries = useQueryClient();
  const names = ids.join();
  useEffect(() => {
    for (const id of names.split(",").filter(Boolean).map(Number)) {
      void queries
        .fetchQuery(orderQuery(id))
        .then((order) => (order.conversation_id === null ? undefined : queries.prefetchQuery(orderMessages(order))))
        .catch(() => undefined); // what fails here is asked for again, and told, when the person comes to it
    }
  }, [queries, names]);
}
