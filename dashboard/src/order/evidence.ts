import { useEffect, useMemo } from "react";
import { type Mark, useEvidence } from "@/evidence/Evidence";
import { detailTarget, type EvidenceSpan, lineTarget, type Order } from "./order";

const WHOLE = Number.MAX_SAFE_INTEGER;

/** All words of the chat that made an order, each with what it made. */
export function marksOf(order: Pick<Order, "lines" | "details_evidence">): Mark[] {
  const ofLines = order.lines.flatMap((line) => marks(line.evidence, lineTarget(line.id)));
  const ofDetails = Object.entries(order.details_evidence).flatMap(([name, spans]) => marks(spans, detailTarget(name)));
  return [...ofLines, ...ofDetails];
}

function marks(spans: readonly EvidenceSpan[], target: string): Mark[] {
  return spans.map(({ message_id, start, end }) => ({
    messageId: message_id,
    start,
    end: start === 0 && end === 0 ? WHOLE : end,
    target,
  }));
}

/** Show in the thread which words made the order, as long as the order is on the page. */
export function useShownMarks(order: Order): void {
  const { show } = useEvidence();
  const { lines, details_evidence } = order;
  const all = useMemo(() => marksOf({ lines, details_evidence }), [lines, details_evidence]);
  useEffect(() => show(all), [show, all]);
  useEffect(() => () => show([]), [show]);
}

/** What to put on an element so that pointing at it lights up its words in the chat. */
export function usePointing(target: string) {
  const { pointed, point } = useEvidence();
  return {
    isPointed: pointed === target,
    handlers: {
      onMouseEnter: () => point(target),
      onMouseLeave: () => point(null),
      onFocus: () => point(target),
      onBlur: () => point(null),
    },
  };
}
