import { Avatar, Badge, Text, Tooltip } from "@mantine/core";
import { IconClock, IconMessageCircleExclamation } from "@tabler/icons-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useFormat } from "@/i18n/format";
import { Ticks } from "@/thread/Ticks";
import classes from "./ConversationRow.module.css";
import { customerName } from "./customerName";
import { DraftBadge } from "./DraftBadge";
import type { Conversation } from "./queries";
import { windowHint } from "./window";

/** Tells the way back that it leads back in the browser's history. */
const FROM_HERE = { inApp: true };

interface RowProps {
  conversation: Conversation;
  search: string;
  chosen: boolean;
  reachable: boolean;
  now: number;
}

/** A conversation in the list. */
export const ConversationRow = memo(function ConversationRow(props: RowProps) {
  const { conversation: it, now } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const name = customerName(it, t);
  return (
    <Link
      to={{ pathname: `/inbox/${it.id}`, search: props.search }}
      state={FROM_HERE}
      className={classes.row}
      data-conversation={it.id}
      data-unread={it.unread_count > 0 || undefined}
      aria-current={props.chosen ? "true" : undefined}
      tabIndex={props.reachable ? 0 : -1}
    >
      <Avatar name={name.replace(/^\+/, "")} color="initials" size={36} alt="" aria-hidden />
      <span className={classes.words}>
        <span className={classes.line}>
          <span className={classes.name}>{name}</span>
          <time className={classes.time} dateTime={it.last_updated}>
            {format.short(it.last_updated)}
          </time>
        </span>
        <span className={classes.line}>
          <span className={classes.preview}>
            {it.last_message_direction === "outbound" && it.last_message_status && (
              <Ticks status={it.last_message_status} />
            )}
            {it.last_message ?? t("inbox:row.empty")}
          </span>
          {it.unread_count > 0 && (
            <Badge
              size="sm"
              variant="filled"
              circle={it.unread_count < 10}
              aria-label={t("inbox:row.unread", { count: it.unread_count })}
            >
              {it.unread_count}
            </Badge>
          )}
          {it.needs_answer && it.unread_count === 0 && (
            <Tooltip label={t("inbox:row.needsAnswer")} openDelay={400}>
              <IconMessageCircleExclamation
                size={16}
                className={classes.waits}
                role="img"
                aria-label={t("inbox:row.needsAnswer")}
              />
            </Tooltip>
          )}
        </span>
        <span className={classes.line}>
          <span className={classes.facts}>
            {it.draft && <DraftBadge draft={it.draft} />}
            <WindowHint closesAt={it.window_closes_at} now={now} />
          </span>
          {it.assigned_user && (
            <Tooltip label={t("inbox:row.assigned", { name: it.assigned_user.name })} openDelay={400}>
              <Avatar
                name={it.assigned_user.name}
                color="initials"
                size={20}
                alt={t("inbox:row.assigned", { name: it.assigned_user.name })}
              />
            </Tooltip>
          )}
        </span>
      </span>
    </Link>
  );
});

function WindowHint({ closesAt, now }: { closesAt: string | null; now: number }) {
  const { t } = useTranslation();
  const hint = windowHint(closesAt, now);
  if (!hint) return null;
  return (
    <Text component="span" className={classes.window} data-closed={hint === "closed" || undefined}>
      <IconClock size={13} aria-hidden />
      {hint === "closed"
        ? t("inbox:window.closed")
        : t(hint.hours ? "inbox:window.hours" : "inbox:window.minutes", hint)}
    </Text>
  );
}
