import { Button, Tooltip } from "@mantine/core";
import { IconCheck, IconMessageQuestion } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, idempotencyKey, service } from "@/api/client";
import type { paths } from "@/api/schema";
import { tellError } from "@/app/notices";
import { useMayWrite } from "@/session/session";
import type { Order, Question } from "./order";
import { isWindowOpen, suggestedReplies, useConversation } from "./queries";

type ToSend = paths["/messages/send"]["post"]["requestBody"]["content"]["application/json"];

/** Sends a question of the draft to the customer, with buttons to tap where WhatsApp has room for them. */
export function AskButton({ order, question }: { order: Order; question: Question }) {
  const { t } = useTranslation("order");
  const mayWrite = useMayWrite();
  const conversationId = order.conversation_id ?? 0;
  const chat = useConversation(order.conversation_id);
  const replies = useQuery({
    ...suggestedReplies(conversationId),
    enabled: mayWrite && order.conversation_id !== null,
  });
  const message = replies.data?.find((it) => isSame(it.question, question))?.messages[0];
  const ask = useMutation({
    mutationFn: (body: ToSend) =>
      answer(service.POST("/messages/send", { params: { header: idempotencyKey() }, body })),
    onError: tellError,
  });
  const isOpen = isWindowOpen(chat.data);
  if (!mayWrite || order.conversation_id === null) return null;
  return (
    <Tooltip label={isOpen ? t("ask.sends", { text: question.text }) : t("ask.closed")} multiline maw={300}>
      <Button
        size="compact-xs"
        variant="light"
        leftSection={ask.isSuccess ? <IconCheck size={15} /> : <IconMessageQuestion size={15} />}
        loading={ask.isPending}
        disabled={!message || !isOpen || ask.isSuccess}
        onClick={() => message && ask.mutate(message as unknown as ToSend)}
      >
        {ask.isSuccess ? t("ask.asked") : t("ask.ask")}
      </Button>
    </Tooltip>
  );
}

function isSame(one: Question, other: Question): boolean {
  return one.kind === other.kind && one.line_id === other.line_id && one.option === other.option;
}
