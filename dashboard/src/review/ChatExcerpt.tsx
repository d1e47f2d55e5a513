import { Button, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Failure } from "@/app/Failure";
import { useEvidence } from "@/evidence/Evidence";
import { useFormat } from "@/i18n/format";
import type { Order } from "@/order/order";
import { Content } from "@/thread/Content";
import { excerpt, type Message } from "./excerpt";
import { evidenceIds, orderMessages } from "./queries";
import classes from "./Review.module.css";

/** The words that made a draft, with what was said beside them. */
export function ChatExcerpt({ order }: { order: Order }) {
  const { t } = useTranslation("review");
  const messages = useQuery(orderMessages(order));
  const [isWhole, setWhole] = useState(false);
  const { wanted } = useEvidence();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!wanted) return;
    list.current?.querySelector(`[data-message="${wanted.messageId}"]`)?.scrollIntoView({ block: "center" });
  }, [wanted]);
  if (order.conversation_id === null) {
    return (
      <Text c="dimmed" size="sm" p="md">
        {t("excerpt.noChat")}
      </Text>
    );
  }
  if (messages.error) return <Failure error={messages.error} retry={() => void messages.refetch()} />;
  if (!messages.data) return <Waiting />;
  const evidence = isWhole ? new Set(messages.data.map((it) => it.id)) : new Set(evidenceIds(order));
  return (
    <div className={classes.chat} ref={list}>
      {excerpt(messages.data, evidence).map((piece) =>
        piece.kind === "gap" ? (
          <Button
            key={`gap ${piece.before}`}
            size="compact-xs"
            variant="subtle"
            color="gray"
            mx="auto"
            onClick={() => setWhole(true)}
          >
            {t("excerpt.leftOut", { count: piece.count })}
          </Button>
        ) : (
          <Bubble key={piece.message.id} message={piece.message} />
        ),
      )}
      <Button
        component={Link}
        to={`/inbox/${order.conversation_id}`}
        size="compact-sm"
        variant="subtle"
        mx="auto"
        mt="xs"
      >
        {t("excerpt.openChat")}
      </Button>
    </div>
  );
}

function Bubble({ message }: { message: Message }) {
  const format = useFormat();
  return (
    <article className={classes.bubble} data-direction={message.direction} data-message={message.id}>
      <Content message={message} />
      <time className={classes.time} dateTime={message.timestamp}>
        {format.short(message.timestamp)}
      </time>
    </article>
  );
}

function Waiting() {
  return (
    <Stack p="md" gap="sm" aria-busy>
      <Skeleton height={46} width="62%" />
      <Skeleton height={36} width="50%" ml="auto" />
      <Skeleton height={66} width="70%" />
    </Stack>
  );
}
