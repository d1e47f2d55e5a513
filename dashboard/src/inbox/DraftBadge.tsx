import { IconReceipt } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import classes from "./DraftBadge.module.css";
import type { Draft } from "./queries";

const SURE = 0.9;
const LIKELY = 0.6;

/** A draft order in one look: what it comes to, and how sure the engine is of it. */
export function DraftBadge({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sure = draft.confidence == null ? t("inbox:draft.byHand") : format.percent(draft.confidence);
  return (
    <span
      className={classes.badge}
      data-sureness={surenessOf(draft.confidence)}
      title={t("inbox:draft.hint", { number: draft.number, count: draft.line_count, sure })}
    >
      <IconReceipt size={13} aria-hidden />
      <span>{format.money(draft.total_amount, draft.currency)}</span>
      {draft.confidence != null && <span className={classes.sure}>{sure}</span>}
      {draft.stage === "cancelled" && <span>{t("inbox:draft.cancelled")}</span>}
    </span>
  );
}

function surenessOf(confidence: number | null): "sure" | "likely" | "unsure" | "byHand" {
  if (confidence == null) return "byHand";
  if (confidence >= SURE) return "sure";
  return confidence >= LIKELY ? "likely" : "unsure";
}
