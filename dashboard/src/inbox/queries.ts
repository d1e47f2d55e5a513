import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { answer, type Schema, service } from "@/api/client";
import { tellError } from "@/app/notices";
import { type InboxFilter, queryOf } from "./filters";
import { extended, firstRows, type Place, type Rows, renewed } from "./range";

export type Conversation = Schema<"ConversationOut">;
export type Draft = NonNullable<Conversation["draft"]>;

const PAGE = 50;
const INBOX = ["conversation", "list", "inbox"];

export const counts = queryOptions({
  queryKey: ["conversation", "counts"],
  queryFn: () => answer(service.GET("/conversations/counts")),
});

export const team = queryOptions({
  queryKey: ["user", "list"],
  queryFn: async () => (await answer(service.GET("/users", { params: { query: { limit: 200 } } }))).items,
  staleTime: 300_000,
});

export const channels = queryOptions({
  queryKey: ["channel", "list"],
  queryFn: async () => (await answer(service.GET("/channels", { params: { query: { limit: 200 } } }))).items,
  staleTime: 300_000,
});

/** One conversation; until it is there, as the list shows it. */
export function useConversation(id: number) {
  const queries = useQueryClient();
  return useQuery({
    queryKey: ["conversation", id],
    queryFn: () =>
      answer(service.GET("/conversations/{conversation_id}", { params: { path: { conversation_id: id } } })),
    placeholderData: () =>
      queries
        .getQueriesData<Rows<Conversation>>({ queryKey: INBOX })
        .flatMap(([, rows]) => rows?.items ?? [])
        .find((it) => it.id === id),
  });
}

async function page(filter: InboxFilter, cursor: string | null, after: Place | null) {
  const query = { ...queryOf(filter), limit: PAGE, ...(cursor ? { cursor } : {}) };
  const { items, next } = await answer(service.GET("/conversations", { params: { query } }));
  return { items, next: next ?? null, after };
}

/**
 * The inbox's rows, of any number. A change asks anew for the top and for the stretch in view only (`inView` is the
 * index of the first row that is seen), however many rows are known.
 */
export function useInboxRows(filter: InboxFilter, inView: { readonly current: number }) {
  const queries = useQueryClient();
  const key = [...INBOX, filter];
  const rows = useQuery({
    queryKey: key,
    queryFn: async (): Promise<Rows<Conversation>> => {
      const known = queries.getQueryData<Rows<Conversation>>(key);
      if (!known) return firstRows(await page(filter, null, null));
      const answered = await Promise.all(
        stretches(known, inView.current).map((it) => page(filter, it.cursor, it.after)),
      );
      return answered.reduce(renewed, queries.getQueryData<Rows<Conversation>>(key) ?? known);
    },
    placeholderData: (before) => before,
  });
  const more = useMutation({
    mutationFn: async () => {
      const known = queries.getQueryData<Rows<Conversation>>(key);
      const last = known?.items.at(-1);
      if (!known?.next || !last) return;
      const answered = await page(filter, known.next, last);
      queries.setQueryData<Rows<Conversation>>(key, (now) => now && extended(now, answered));
    },
  });
  return { rows, more };
}

/** Where to ask anew: at the top, and where the rows in view begin. */
function stretches(rows: Rows<Conversation>, inView: number): Rows<Conversation>["starts"] {
  const start = Math.min(Math.floor(inView / PAGE), rows.starts.length - 1);
  return rows.starts.filter(
    (_, index) => index === 0 || index === start || (index === start + 1 && inView % PAGE > 30),
  );
}

/** Change what is known of one conversation at once, everywhere, before the service has answered. */
export function useConversationPatch(): (id: number, change: Partial<Conversation>) => void {
  const queries = useQueryClient();
  return useCallback(
    (id, change) => {
      queries.setQueryData<Conversation>(["conversation", id], (now) => now && { ...now, ...change });
      queries.setQueriesData<Rows<Conversation>>(
        { queryKey: INBOX },
        (now) => now && { ...now, items: now.items.map((it) => (it.id === id ? { ...it, ...change } : it)) },
      );
    },
    [queries],
  );
}

export function useMarkRead() {
  const patch = useConversationPatch();
  return useMutation({
    mutationFn: (id: number) =>
      answer(service.POST("/conversations/{conversation_id}/read", { params: { path: { conversation_id: id } } })),
    onMutate: (id) => patch(id, { unread_count: 0 }),
  });
}

interface Change {
  id: number;
  assigned?: { id: number; name: string } | null;
  needsAnswer?: boolean;
}

/** Give a conversation to somebody, or say whether it needs an answer: shown at once, taken back where refused. */
export function useChangeConversation() {
  const patch = useConversationPatch();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, assigned, needsAnswer }: Change) =>
      answer(
        service.PATCH("/conversations/{conversation_id}", {
          params: { path: { conversation_id: id } },
          body: {
            ...(assigned === undefined ? {} : { assigned_user_id: assigned?.id ?? null }),
            ...(needsAnswer === undefined ? {} : { needs_answer: needsAnswer }),
          },
        }),
      ),
    onMutate: ({ id, assigned, needsAnswer }) =>
      patch(id, {
        ...(assigned === undefined ? {} : { assigned_user: assigned, assigned_user_id: assigned?.id ?? null }),
        ...(needsAnswer === undefined ? {} : { needs_answer: needsAnswer }),
      }),
    onSuccess: (now) => patch(now.id, now),
    onError: (error, { id }) => {
      tellError(error);
      void queries.invalidateQueries({ queryKey: ["conversation", id] });
      void queries.invalidateQueries({ queryKey: INBOX });
    },
  });
}
