import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef } from "react";
import { answer, type Schema, service } from "@/api/client";
import { tellError } from "@/app/notices";
import { notes } from "@/thread/queries";
import type { Message } from "@/thread/stretch";
import type { Outgoing } from "./outbox";

export type SavedReply = Schema<"SavedReplyOut">;
export type Template = Schema<"TemplateOut">;
export type Suggestion = Schema<"SuggestedReply">;

export const savedReplies = queryOptions({
  queryKey: ["saved_reply", "list", "picker"],
  queryFn: async () => (await answer(service.GET("/saved-replies", { params: { query: { limit: 200 } } }))).items,
  staleTime: 300_000,
});

export function countUse(id: number): void {
  const path = { saved_reply_id: id };
  void answer(service.POST("/saved-replies/{saved_reply_id}/use", { params: { path } })).catch(() => undefined); // a count only
}

export function suggestions(conversationId: number) {
  const path = { conversation_id: conversationId };
  return queryOptions({
    queryKey: ["conversation", conversationId, "suggested-replies"],
    queryFn: async () =>
      (await answer(service.GET("/conversations/{conversation_id}/suggested-replies", { params: { path } }))).items,
  });
}

/** A suggestion's messages, the most convenient for the customer first. */
export function messagesOf(suggestion: Suggestion): Outgoing[] {
  return suggestion.messages as unknown as Outgoing[];
}

/** The approved templates that a number can send. */
export function templates(channelId: number) {
  return queryOptions({
    queryKey: ["template", "list", "sendable", channelId],
    queryFn: async () => {
      const query = { channel_id: channelId, status: "APPROVED", limit: 200 };
      return (await answer(service.GET("/templates", { params: { query } }))).items;
    },
    staleTime: 60_000,
  });
}

export function preview(templateId: number, values: Record<string, string>) {
  return queryOptions({
    queryKey: ["template", templateId, "preview", values],
    queryFn: () =>
      answer(
        service.POST("/templates/{template_id}/preview", {
          params: { path: { template_id: templateId } },
          body: { values },
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

/** Note something beside the conversation. */
export function useAddNote(conversationId: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (text: string) =>
      answer(
        service.POST("/conversations/{conversation_id}/notes", {
          params: { path: { conversation_id: conversationId } },
          body: { text },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: notes(conversationId).queryKey }),
    onError: tellError,
  });
}

const TYPING_LASTS = 20_000; // milliseconds; WhatsApp shows it for 25 seconds

/** Shows the customer that somebody writes, no more often than it is needed. */
export function useTyping(conversationId: number, isOpen: boolean): () => void {
  const told = useRef(0);
  return useCallback(() => {
    if (!isOpen || Date.now() - told.current < TYPING_LASTS) return;
    told.current = Date.now();
    const params = { path: { conversation_id: conversationId } };
    void answer(service.POST("/conversations/{conversation_id}/typing", { params })).catch(() => undefined); // a courtesy
  }, [conversationId, isOpen]);
}

/** The message that a reply quotes, where it is known. */
export function useQuoted(conversationId: number, id: number | null): Message | undefined {
  const queries = useQueryClient();
  const stretch = queries.getQueryData<{ items: readonly Message[] }>(["conversation", conversationId, "messages"]);
  return id === null ? undefined : stretch?.items.find((it) => it.id === id);
}
