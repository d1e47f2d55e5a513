import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, type Schema, service } from "@/api/client";
import { tellError } from "@/app/notices";

export type Customer = Schema<"CustomerDetail">;
export type Note = Schema<"NoteOut">;
export type Tag = Schema<"TagOut">;

const MOST = 200; // what the service gives at once

/** A customer with her orders, addresses, chats and tags. */
export function customerQuery(customerId: number) {
  return queryOptions({
    queryKey: ["customer", customerId],
    queryFn: () => answer(service.GET("/customers/{customer_id}", { params: { path: { customer_id: customerId } } })),
  });
}

/** All that the team noted about a customer, beside her chats too, the newest first. */
export function customerNotes(customerId: number) {
  const params = { path: { customer_id: customerId }, query: { limit: MOST } };
  return queryOptions({
    queryKey: ["customer", customerId, "notes"],
    queryFn: async () => (await answer(service.GET("/customers/{customer_id}/notes", { params }))).items,
  });
}

/** Change something of a customer: shown at once, and taken back where the service refuses. */
function useOptimistic<Change>(
  customerId: number,
  shown: (customer: Customer, change: Change) => Customer,
  send: (change: Change) => Promise<unknown>,
) {
  const queries = useQueryClient();
  const { queryKey } = customerQuery(customerId);
  return useMutation({
    mutationFn: send,
    onMutate: async (change) => {
      await queries.cancelQueries({ queryKey });
      const before = queries.getQueryData(queryKey);
      if (before) queries.setQueryData(queryKey, shown(before, change));
      return before;
    },
    onError: (error, _, before) => {
      queries.setQueryData(queryKey, before);
      tellError(error);
    },
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
}

/** The name by which the team knows her; null for WhatsApp's. */
export function useRename(customerId: number) {
  return useOptimistic<string | null>(
    customerId,
    (customer, name) => ({ ...customer, name }),
    (name) => {
      const body = { name } as Schema<"CustomerChange">; // what is left out stays
      return answer(service.PATCH("/customers/{customer_id}", { params: { path: { customer_id: customerId } }, body }));
    },
  );
}

/** Whether she wants no marketing messages. */
export function useMarketingStop(customerId: number) {
  return useOptimistic<boolean>(
    customerId,
    (customer, stopped) => ({ ...customer, marketing_stopped_at: stopped ? new Date().toISOString() : null }),
    (marketing_stopped) => {
      const params = { path: { customer_id: customerId } };
      return answer(service.PATCH("/customers/{customer_id}", { params, body: { marketing_stopped } }));
    },
  );
}

export function useSetTags(customerId: number) {
  return useOptimistic<Tag[]>(
    customerId,
    (customer, tags) => ({ ...customer, tags }),
    (tags) => {
      const params = { path: { customer_id: customerId } };
      return answer(
        service.PUT("/customers/{customer_id}/tags", { params, body: { tag_ids: tags.map((it) => it.id) } }),
      );
    },
  );
}

/** Notes are kept in the chat where there is one, so that they stand in its thread. */
export function useNotes(customerId: number, conversationId: number | undefined) {
  const queries = useQueryClient();
  const settle = { onSettled: () => queries.invalidateQueries({ queryKey: ["customer", customerId] }) };
  const add = useMutation({
    mutationFn: (text: string) => addNote(customerId, conversationId, text),
    onError: tellError,
    ...settle,
  });
  const remove = useMutation({
    mutationFn: (id: number) => answer(service.DELETE("/notes/{note_id}", { params: { path: { note_id: id } } })),
    onError: tellError,
    ...settle,
  });
  return { add, remove };
}

function addNote(customerId: number, conversationId: number | undefined, text: string): Promise<Note> {
  const body = { text };
  if (conversationId === undefined) {
    return answer(
      service.POST("/customers/{customer_id}/notes", { params: { path: { customer_id: customerId } }, body }),
    );
  }
  const params = { path: { conversation_id: conversationId } };
  return answer(service.POST("/conversations/{conversation_id}/notes", { params, body }));
}
