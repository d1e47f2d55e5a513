import { Button, Group, Text } from "@mantine/core";
import { IconAlertCircle, IconRefresh, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { giveUp, sendAgain } from "@/composer/outbox";
import { useFormat } from "@/i18n/format";
import content from "./Content.module.css";
import classes from "./MessageRow.module.css";
import { Quote } from "./Quote";
import type { Row } from "./rows";
import type { Message } from "./stretch";
import { Ticks } from "./Ticks";
import trouble from "./Trouble.module.css";

interface PendingProps {
  row: Row & { kind: "pending" };
  quoted: Message | undefined;
  customer: string;
}

/** A message that the service has not taken yet, or would not take. */
export function PendingRow({ row: { pending: it, begins, ends }, quoted, customer }: PendingProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { looks } = it;
  return (
    <article
      className={classes.row}
      data-direction="outbound"
      data-begins={begins || undefined}
      data-ends={ends || undefined}
      aria-label={t("thread:message.by", { writer: t("thread:you") })}
    >
      <div className={classes.bubble}>
        {begins && <Text className={classes.author}>{t("thread:you")}</Text>}
        {looks.replyToId !== null && <Quote id={looks.replyToId} message={quoted} customer={customer} />}
        {looks.preview && (
          <img src={looks.preview} alt={looks.filename ?? ""} style={{ maxWidth: 240, borderRadius: 8 }} />
        )}
        {looks.filename && !looks.preview && <Text className={content.label}>{looks.filename}</Text>}
        <span style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }} dir="auto">
          {looks.text}
        </span>
        {looks.choices && <Text className={content.label}>{looks.choices.join(" · ")}</Text>}
        <span className={classes.meta}>
          <time dateTime={it.at}>{format.time(it.at)}</time>
          <Ticks status={it.state === "failed" ? "failed" : "queued"} />
        </span>
      </div>
      {it.state === "failed" && <Refused row={it} />}
    </article>
  );
}

function Refused({ row: it }: { row: PendingProps["row"]["pending"] }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return (
    <div className={trouble.trouble} role="alert">
      <IconAlertCircle size={16} aria-hidden />
      <div>
        <Text size="sm" fw={600}>
          {t("thread:pending.failed")}
        </Text>
        <Text size="sm">{it.reason ?? t("thread:pending.interrupted")}</Text>
        <Group gap={6} mt={6}>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconRefresh size={14} />}
            onClick={() => sendAgain(queries, it)}
          >
            {t("thread:failed.again")}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={14} />}
            onClick={() => giveUp(it.key)}
          >
            {t("thread:pending.discard")}
          </Button>
        </Group>
      </div>
    </div>
  );
}
