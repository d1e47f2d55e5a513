import { type Icon, IconAlertCircle, IconCheck, IconChecks, IconClock, IconHelpCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Schema } from "@/api/client";
import classes from "./Ticks.module.css";

export type Status = Schema<"MessageStatus">;

const ICONS: Partial<Record<Status, Icon>> = {
  queued: IconClock,
  sending: IconClock,
  unknown: IconHelpCircle,
  sent: IconCheck,
  delivered: IconChecks,
  read: IconChecks,
  failed: IconAlertCircle,
};

/** How far a message of ours has come, as WhatsApp shows it. */
export function Ticks({ status }: { status: Status }) {
  const { t } = useTranslation();
  const Shown = ICONS[status];
  if (!Shown) return null;
  return (
    <span
      role="img"
      className={classes.ticks}
      data-status={status}
      aria-label={t(`thread:status.${status}`)}
      title={t(`thread:status.${status}`)}
    >
      <Shown size={15} stroke={2} aria-hidden />
    </span>
  );
}
