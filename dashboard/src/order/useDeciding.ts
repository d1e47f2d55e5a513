import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "@/api/queries";
import { explain } from "@/app/notices";
import { type Decision, decided, NotSaved, type Obstacle, obstaclesOf, useDecision } from "./decisions";
import type { Line, Order } from "./order";
import { orderQuery } from "./queries";
import { Overrun } from "./save";

interface Trouble {
  message: string;
  obstacles: readonly Obstacle[];
}

/** Decide on the order that a person sees, and say what stands in the way. */
export function useDeciding(order: Order, onDecide?: (order: Order, decision: Decision) => void) {
  const decision = useDecision(order.id);
  const { t } = useTranslation();
  const [refusedAt, setRefusedAt] = useState<number | null>(null);
  const [isEarly, setEarly] = useState(false);
  const refused = useTrouble(order.version === refusedAt ? decision.error : null, order);
  const known = knownObstacles(order, t);
  const trouble =
    refused ?? (isEarly && known.length > 0 ? { message: t("order:confirm.notYet"), obstacles: known } : null);

  function noteVersion() {
    setRefusedAt(queries.getQueryData(orderQuery(order.id).queryKey)?.version ?? null);
  }

  function decide(what: Decision) {
    if (decision.isPending) return;
    if (onDecide && what.kind === "confirm" && known.length > 0) setEarly(true);
    else if (onDecide) onDecide(order, what);
    else decision.mutate(decided(order, what), { onError: noteVersion });
  }

  return {
    decide,
    isBusy: decision.isPending,
    trouble,
    justConfirmed: decision.isSuccess && decision.variables.decision.kind === "confirm",
  };
}

/** What would be refused, as far as it is known before the service is asked. */
function knownObstacles(order: Order, t: TFunction): Obstacle[] {
  if (order.lines.length === 0) return [{ lineId: null, message: t("order:confirm.noLines") }];
  return order.lines.flatMap((line) => {
    if (line.sku === null) return [{ lineId: line.id, message: undecided(line, t) }];
    const stops = line.warnings.filter((it) => STOPS.includes(it.code));
    return stops.map(({ code, message }) => ({
      lineId: line.id,
      message: t(`order:warning.${code}`, { defaultValue: message, left: line.in_stock }),
    }));
  });
}

function undecided({ missing }: Line, t: TFunction): string {
  return missing.length > 0 ? t("order:line.missing", { what: missing.join(", ") }) : t("order:line.undecided");
}

const STOPS: readonly string[] = ["short_of_stock", "not_in_catalog", "no_price", "only_whole"];

/** Why a decision did not go through; null where it did. */
function useTrouble(error: Error | null, order: Order): Trouble | null {
  const { t } = useTranslation();
  return error && troubleOf(error, order, t);
}

function troubleOf(error: Error, order: Order, t: TFunction): Trouble {
  const shortOf = (it: { wanted: string; available: string }) => t("order:confirm.short", { ...it });
  const obstacles = obstaclesOf(error, order, shortOf);
  if (obstacles) return { message: t("order:confirm.notYet"), obstacles };
  return { message: inWords(error, t), obstacles: [] };
}

function inWords(error: Error, t: TFunction): string {
  if (error instanceof NotSaved) return t("order:confirm.notSaved");
  if (!(error instanceof Overrun)) return explain(error);
  return error.by ? t("order:confirm.changedBy", { name: error.by }) : t("order:confirm.changedByChat");
}

/** The same in one sentence, for where the order is not in sight. */
export function explainRefusal(error: Error, order: Order, t: TFunction): string {
  const { message, obstacles } = troubleOf(error, order, t);
  return [message, ...obstacles.map((it) => it.message)].join(" · ");
}
