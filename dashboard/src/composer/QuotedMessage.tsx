import { CloseButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { customerName } from "@/inbox/customerName";
import type { Conversation } from "@/inbox/queries";
import { Quote } from "@/thread/Quote";
import classes from "./Composer.module.css";
import { replyTo } from "./drafts";
import { useQuoted } from "./queries";

/** The message that is being answered. */
export function QuotedMessage({ conversation, messageId }: { conversation: Conversation; messageId: number | null }) {
  const { t } = useTranslation();
  const message = useQuoted(conversation.id, messageId);
  if (messageId === null) return null;
  return (
    <div className={classes.quoted}>
      <Quote id={messageId} message={message} customer={customerName(conversation, t)} />
      <CloseButton aria-label={t("composer:quote.remove")} onClick={() => replyTo(conversation.id, null)} />
    </div>
  );
}
