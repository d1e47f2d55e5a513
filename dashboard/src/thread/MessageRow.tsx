import { Text } from "@mantine/core";
import { IconDeviceMobile, IconHistory, IconShare3 } from "@tabler/icons-react";
import { memo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { isForwarded } from "./attributes";
import { Content } from "./Content";
import { History } from "./History";
import { MessageMenu } from "./MessageMenu";
import classes from "./MessageRow.module.css";
import { Quote } from "./Quote";
import type { Reaction } from "./rows";
import type { Message } from "./stretch";
import { Ticks } from "./Ticks";
import { Trouble } from "./Trouble";

interface MessageProps {
  message: Message;
  reactions: readonly Reaction[];
  begins: boolean;
  ends: boolean;
  quoted: Message | undefined;
  /** The colleague who wrote it; null where nobody here did. */
  author: string | null;
  isMine: boolean;
  customer: string;
  isShown: boolean;
  onQuote: (messageId: number) => void;
  onReply: (message: Message) => void;
}

/** A message with all that belongs to it. */
export const MessageRow = memo(function MessageRow(props: MessageProps) {
  const { message: it, begins, ends, reactions } = props;
  const { t } = useTranslation();
  const out = it.direction === "outbound";
  const writer = out ? (props.isMine ? t("thread:you") : (props.author ?? t("thread:elsewhere"))) : props.customer;
  return (
    <article
      className={classes.row}
      data-direction={it.direction}
      data-begins={begins || undefined}
      data-ends={ends || undefined}
      data-message={it.id}
      aria-label={t("thread:message.by", { writer })}
    >
      <div
        className={classes.bubble}
        data-shown={props.isShown || undefined}
        data-bare={it.media?.kind === "sticker" || undefined}
      >
        {out && begins && (
          <Text className={classes.author}>
            {!props.author && <IconDeviceMobile size={13} aria-hidden />} {writer}
          </Text>
        )}
        {isForwarded(it) && (
          <Text className={classes.author}>
            <IconShare3 size={13} aria-hidden /> {t("thread:forwarded")}
          </Text>
        )}
        {it.reply_to_id !== null && it.type !== "reaction" && (
          <Quote id={it.reply_to_id} message={props.quoted} customer={props.customer} onOpen={props.onQuote} />
        )}
        <Content message={it} />
        <Meta message={it} />
        {reactions.length > 0 && <Reactions reactions={reactions} />}
      </div>
      <MessageMenu message={it} onReply={props.onReply} />
      {(it.status === "failed" || it.status === "unknown") && <Trouble message={it} />}
    </article>
  );
});

function Meta({ message: it }: { message: Message }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [asked, setAsked] = useState(false);
  return (
    <span className={classes.meta}>
      {it.historic && <span>{t("thread:historic")}</span>}
      {it.edited_at && !it.deleted_at && (
        <button type="button" className={classes.edited} onClick={() => setAsked(true)}>
          <IconHistory size={12} aria-hidden /> {t("thread:edited")}
        </button>
      )}
      <time dateTime={it.timestamp} title={format.dateTime(it.timestamp)}>
        {format.time(it.timestamp)}
      </time>
      {it.direction === "outbound" && <Ticks status={it.status} />}
      {asked && <History message={it} onClose={() => setAsked(false)} />}
    </span>
  );
}

function Reactions({ reactions }: { reactions: readonly Reaction[] }) {
  const { t } = useTranslation();
  return (
    <span className={classes.reactions}>
      {reactions.map(({ emoji, ours }) => (
        <span
          key={`${emoji} ${ours}`}
          role="img"
          aria-label={t(ours ? "thread:reaction.ours" : "thread:reaction.theirs", { emoji })}
          title={t(ours ? "thread:reaction.ours" : "thread:reaction.theirs", { emoji })}
        >
          {emoji}
        </span>
      ))}
    </span>
  );
}
