import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "@/api/queries";
import { explain } from "@/app/notices";
import { type Decision, decided, NotSaved, type Obstacle, obstaclesOf, useDecision } from "./decisions";
import type { Order } from "./order";
import { orderQuery } from "./queries";
import { Overrun } from "./save";

interface Trouble {
  message: string;
  obstacles: readonly Obstacle[];
}

/** Decide on the order that a person sees, and say what stands in the way. */
export function useDeciding(order: Order, onDecide?: (order: Order, decision: Decision) => void) {
  const decision = useDecision(order.id);
  const [refusedAt, setRefusedAt] = useState<number | null>(null);
  const trouble = useTrouble(order.version === refusedAt ? decision.error : null, order);

  function noteVersion() {
    setRefusedAt(queries.getQueryData(orderQuery(order.id).queryKey)?.version ?? null);
  }

  function decide(what: Decision) {
    if (decision.isPending) return;
    if (onDecide) onDecide(order, what);
    else decision.mutate(decided(order, what), { onError: noteVersion });
  }

  return {
    decide,
    isBusy: decision.isPending,
    trouble,
    justConfirmed: decision.isSuccess && decision.variables.decision.kind === "confirm",
  };
}

/** Why a decision did not go through; null where it did. */
export function useTrouble(error: Error | null, order: Order): Trouble | null {
  const { t } = useTranslation("order");
  if (!error) return null;
  const shortOf = ({ wanted, available }: { wanted: string; available: string }) =>
    t("confirm.short", { wanted, available });
  const obstacles = obstaclesOf(error, order, shortOf);
  if (obstacles) return { message: t("confirm.notYet"), obstacles };
  if (error instanceof NotSaved) return { message: t("confirm.notSaved"), obstacles: [] };
  if (error instanceof Overrun) {
    const message = error.by ? t("confirm.changedBy", { name: error.by }) : t("confirm.changedByChat");
    return { message, obstacles: [] };
  }
  return { message: explain(error), obstacles: [] };
}
