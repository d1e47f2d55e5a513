import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { counts } from "@/inbox/queries";
import classes from "./WaitingCount.module.css";

const MOST = 99;
const WAITING = { "/inbox": "unread", "/review": "has_draft" } as const;

/** How much waits at a place: unread conversations in the inbox, drafts to be reviewed. */
export function WaitingCount({ path }: { path: string }) {
  const waiting = WAITING[path as keyof typeof WAITING];
  return waiting ? <Count waiting={waiting} /> : null;
}

function Count({ waiting }: { waiting: (typeof WAITING)[keyof typeof WAITING] }) {
  const { t } = useTranslation();
  const { data } = useQuery(counts);
  const count = data?.[waiting] ?? 0;
  if (count === 0) return null;
  return (
    <span className={classes.count} role="img" aria-label={t(`inbox:waiting.${waiting}`, { count })}>
      {count > MOST ? `${MOST}+` : count}
    </span>
  );
}
