import { Text } from "@mantine/core";
import { IconEye } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Conversation } from "@/inbox/queries";
import { timeLeft, useNow } from "@/inbox/window";
import { useUser } from "@/session/session";
import classes from "./Composer.module.css";
import { useDraft } from "./drafts";
import { ReplyBox } from "./ReplyBox";
import { WindowNotice } from "./WindowNotice";

/** Where an answer is written, or a note; where only a template may be sent, it says so. */
export function Composer({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const isViewer = useUser().role === "viewer";
  const isOpen = timeLeft(conversation.window_closes_at, useNow()) !== null;
  const [draft] = useDraft(conversation.id);
  if (isViewer) {
    return (
      <div className={classes.composer}>
        <Text className={classes.notice}>
          <IconEye size={16} aria-hidden /> {t("composer:viewer")}
        </Text>
      </div>
    );
  }
  return (
    <section className={classes.composer} aria-label={t("composer:label")} data-mode={draft.mode}>
      <WindowNotice conversation={conversation} isOpen={isOpen} />
      <ReplyBox conversation={conversation} isOpen={isOpen} />
    </section>
  );
}
