import { ActionIcon, Tooltip, UnstyledButton } from "@mantine/core";
import { IconHandClick, IconPencil, IconSend, IconSparkles } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Conversation } from "@/inbox/queries";
import { knownMessages } from "@/thread/queries";
import { looksOf } from "./compose";
import { writeReply } from "./drafts";
import { send, usePendings } from "./outbox";
import { messagesOf, type Suggestion, suggestions } from "./queries";
import classes from "./Suggestions.module.css";

/** What the engine would ask next: one tap sends it, a pencil takes it into the box. */
export function Suggestions({ conversation: { id } }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const { data = [] } = useQuery(suggestions(id));
  const asked = useAsked(id);
  const open = data.filter((it) => !messagesOf(it).some((message) => asked.has(looksOf(message, []).text)));
  if (open.length === 0) return null;
  return (
    <fieldset className={classes.row} aria-label={t("composer:suggested.label")}>
      <IconSparkles size={16} className={classes.icon} aria-hidden />
      {open.map((it) => (
        <Chip
          key={`${it.question.kind} ${it.question.line_id} ${it.question.text}`}
          suggestion={it}
          conversationId={id}
        />
      ))}
    </fieldset>
  );
}

/** What the shop has said since the customer last wrote: it is not asked twice. */
function useAsked(conversationId: number): Set<string> {
  const queries = useQueryClient();
  const pendings = usePendings(conversationId);
  const messages = knownMessages(queries, conversationId);
  const last = messages.findLastIndex((it) => it.direction === "inbound");
  return new Set([...messages.slice(last + 1).map((it) => it.content), ...pendings.map((it) => it.looks.text)]);
}

function Chip({ suggestion: { question, ...it }, conversationId }: { suggestion: Suggestion; conversationId: number }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const messages = messagesOf({ question, ...it });
  const [best] = messages;
  const words = messages.find((message) => message.type === "text");
  if (!best) return null;
  const answers = best.type === "interactive" ? question.choices : [];
  return (
    <span className={classes.chip}>
      <Tooltip label={t("composer:suggested.send")} openDelay={500}>
        <UnstyledButton
          className={classes.ask}
          aria-label={t("composer:suggested.ask", { text: question.text })}
          onClick={() => send(queries, conversationId, best, looksOf(best, answers))}
        >
          <IconSend size={14} aria-hidden />
          <span className={classes.text}>{question.text}</span>
          {answers.length > 0 && (
            <span className={classes.answers}>
              <IconHandClick size={13} aria-hidden /> {answers.slice(0, 4).join(" · ")}
              {answers.length > 4 && " …"}
            </span>
          )}
        </UnstyledButton>
      </Tooltip>
      {words?.type === "text" && (
        <ActionIcon
          size={28}
          variant="subtle"
          color="gray"
          aria-label={t("composer:suggested.edit", { text: question.text })}
          onClick={() => writeReply(conversationId, words.content.body)}
        >
          <IconPencil size={15} />
        </ActionIcon>
      )}
    </span>
  );
}
