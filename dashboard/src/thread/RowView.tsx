import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { MessageRow } from "./MessageRow";
import { NoteCard } from "./NoteCard";
import { PendingRow } from "./PendingRow";
import type { Row } from "./rows";
import { summaryOf } from "./summary";
import classes from "./Thread.module.css";
import type { ThreadView } from "./useThread";

interface RowProps {
  row: Row;
  thread: ThreadView;
  customer: string;
}

/** One row of the thread, of whatever kind, with what stands above it. */
export function RowView({ row, thread, customer }: RowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      {row.day && (
        <div className={classes.day}>
          <span>{format.day(row.day)}</span>
        </div>
      )}
      {row.unread && <div className={classes.unread}>{t("thread:unread")}</div>}
      <Kind row={row} thread={thread} customer={customer} />
    </>
  );
}

function Kind({ row, thread, customer }: RowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  switch (row.kind) {
    case "notice":
      return (
        <div className={classes.notice}>
          {summaryOf(row.message, t)} · {format.time(row.message.timestamp)}
        </div>
      );
    case "note":
      return (
        <div className={classes.note}>
          <NoteCard note={row.note} />
        </div>
      );
    case "pending":
      return <PendingRow row={row} quoted={thread.known.get(row.pending.looks.replyToId ?? 0)} customer={customer} />;
    case "message":
      return (
        <MessageRow
          message={row.message}
          reactions={row.reactions}
          begins={row.begins}
          ends={row.ends}
          quoted={thread.known.get(row.message.reply_to_id ?? 0)}
          author={thread.nameOf(row.message.sent_by)}
          isMine={row.message.sent_by === thread.me}
          customer={customer}
          isShown={thread.shownId === row.message.id}
          onQuote={thread.goTo}
          onReply={thread.reply}
        />
      );
  }
}
