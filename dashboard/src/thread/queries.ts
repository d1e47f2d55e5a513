import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, idempotencyKey, type Schema, service } from "@/api/client";
import { tellError } from "@/app/notices";
import {
  type Message,
  type Page,
  renewed,
  type Stretch,
  stretchOf,
  withMessage,
  withNewer,
  withOlder,
} from "./stretch";

export type Note = Schema<"NoteOut">;

const PAGE = 50;
const MOST = 200; // what the service gives at once

interface Ask {
  limit: number;
  cursor?: string;
  direction?: "newer";
  around?: number;
}

function ask(conversationId: number, query: Ask): Promise<Page> {
  const path = { conversation_id: conversationId };
  return answer(service.GET("/conversations/{conversation_id}/messages", { params: { path, query } }));
}

export function messagesKey(conversationId: number) {
  return ["conversation", conversationId, "messages"];
}

/** A conversation's messages: the newest ones, and as many older ones as were asked for. One request renews them. */
export function useMessages(conversationId: number) {
  const queries = useQueryClient();
  const key = messagesKey(conversationId);
  const change = (to: (now: Stretch) => Stretch) => queries.setQueryData<Stretch>(key, (now) => now && to(now));
  const messages = useQuery({
    queryKey: key,
    queryFn: async (): Promise<Stretch> => {
      const known = queries.getQueryData<Stretch>(key);
      if (known?.newer) return known; // far back in the past: what is new is fetched on the way to the end
      const page = await ask(conversationId, { limit: Math.min(Math.max(known?.items.length ?? 0, PAGE), MOST) });
      const now = queries.getQueryData<Stretch>(key);
      return now ? (now.newer ? now : renewed(now, page)) : stretchOf(page);
    },
  });
  const older = useMutation({
    mutationFn: async () => {
      const cursor = queries.getQueryData<Stretch>(key)?.older;
      if (!cursor) return;
      const page = await ask(conversationId, { limit: PAGE, cursor });
      change((now) => withOlder(now, page));
    },
  });
  const newer = useMutation({
    mutationFn: async () => {
      const cursor = queries.getQueryData<Stretch>(key)?.newer;
      if (!cursor) return;
      const page = await ask(conversationId, { limit: PAGE, cursor, direction: "newer" });
      change((now) => withNewer(now, page));
    },
  });
  const around = useMutation({
    mutationFn: async (messageId: number) => {
      const page = await ask(conversationId, { limit: PAGE, around: messageId });
      queries.setQueryData<Stretch>(key, stretchOf(page));
    },
    onError: tellError,
  });
  const newest = useMutation({
    mutationFn: async () => {
      const page = await ask(conversationId, { limit: PAGE });
      queries.setQueryData<Stretch>(key, stretchOf(page));
    },
    onError: tellError,
  });
  return { messages, older, newer, around, newest };
}

/** Show a message that the service has just told of, before it is asked for anew. */
export function showMessage(queries: QueryClient, message: Message): void {
  queries.setQueryData<Stretch>(messagesKey(message.conversation_id), (now) => now && withMessage(now, message));
}

/** The newest messages of a conversation, where they are known. */
export function knownMessages(queries: QueryClient, conversationId: number): readonly Message[] {
  return queries.getQueryData<Stretch>(messagesKey(conversationId))?.items ?? [];
}

export function useHistory(message: Message, enabled: boolean) {
  const path = { conversation_id: message.conversation_id, message_id: message.id };
  return useQuery({
    queryKey: ["conversation", message.conversation_id, "history", message.id],
    queryFn: () =>
      answer(service.GET("/conversations/{conversation_id}/messages/{message_id}/history", { params: { path } })),
    enabled,
  });
}

export function notes(conversationId: number) {
  const path = { conversation_id: conversationId };
  return queryOptions({
    queryKey: ["conversation", conversationId, "notes"],
    queryFn: async () => {
      const params = { path, query: { limit: MOST } };
      return (await answer(service.GET("/conversations/{conversation_id}/notes", { params }))).items;
    },
  });
}

export function useNoteChanges(conversationId: number) {
  const queries = useQueryClient();
  const { queryKey } = notes(conversationId);
  const settle = {
    onError: tellError,
    onSettled: () => queries.invalidateQueries({ queryKey }),
  };
  const change = useMutation({
    mutationFn: ({ id, text }: { id: number; text: string }) =>
      answer(service.PATCH("/notes/{note_id}", { params: { path: { note_id: id } }, body: { text } })),
    ...settle,
  });
  const remove = useMutation({
    mutationFn: (id: number) => answer(service.DELETE("/notes/{note_id}", { params: { path: { note_id: id } } })),
    ...settle,
  });
  return { change, remove };
}

/** Fetch a customer's file once more. */
export function useFetchAgain(conversationId: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (mediaId: number) =>
      answer(service.POST("/media/{media_id}/retry", { params: { path: { media_id: mediaId } } })),
    onError: tellError,
    onSettled: () => queries.invalidateQueries({ queryKey: messagesKey(conversationId) }),
  });
}

/** Send a message anew that failed; the failed one stays as it is. */
export function useSendAgain() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, key }: { id: number; key: string }) => {
      const params = { path: { message_id: id }, header: { "idempotency-key": key } };
      return answer(service.POST("/messages/{message_id}/retry", { params }));
    },
    onSuccess: (message) => showMessage(queries, message),
    onError: tellError,
  });
}

/** Put an emoji on a message, or take it back with an empty one. */
export function useReact() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ message, emoji }: { message: Message; emoji: string }) =>
      answer(
        service.POST("/messages/send", {
          params: { header: idempotencyKey() },
          body: {
            type: "reaction",
            conversation_id: message.conversation_id,
            content: { message_id: message.wamid ?? "", emoji },
          },
        }),
      ),
    onSuccess: (message) => showMessage(queries, message),
    onError: tellError,
  });
}
