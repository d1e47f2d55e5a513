import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { MessageRow } from "./MessageRow";
import { NoteCard } from "./NoteCard";
import { PendingRow } from "./PendingRow";
import type { Row } from "./rows";
import { summaryOf } from "./summary";
import classes from "./Thread.module.css";
import type { ThreadView } from "./useThread";

/** One row of the thread, of whatever kind. */
export function RowView({ row, thread, customer }: { row: Row; thread: ThreadView; customer: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  switch (row.kind) {
    case "day":
      return (
        <div className={classes.day}>
          <span>{format.day(row.when)}</span>
        </div>
      );
    case "unread":
      return <div className={classes.unread}>{t("thread:unread")}</div>;
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
          row={row}
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
