import type { QueryClient } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import { answer, service } from "@/api/client";
import type { paths } from "@/api/schema";
import { explain } from "@/app/notices";
import { knownMessages, showMessage } from "@/thread/queries";

/** A message as `POST /messages/send` takes it. */
export type Outgoing = paths["/messages/send"]["post"]["requestBody"]["content"]["application/json"];

/** How a message looks while the service has not answered yet. */
export interface Looks {
  type: string;
  text: string;
  replyToId: number | null;
  filename?: string;
  /** An address of the picture, good in this page only. */
  preview?: string;
  choices?: readonly string[];
}

/** A message on its way to the service. Its key lets it be sent again, and still only once. */
export interface Pending {
  key: string;
  conversationId: number;
  body: Outgoing;
  looks: Looks;
  at: string;
  /** The newest message that was known when it was sent: what it becomes is newer. */
  after: number;
  state: "sending" | "failed";
  reason?: string;
  /** What the service calls it, once it has answered. */
  messageId?: number;
}

const KEPT = "satyasell-outbox";
let pendings: readonly Pending[] = restored();
const listeners = new Set<() => void>();
const keys = new Map<number, string>();

function change(next: readonly Pending[]): void {
  pendings = next;
  const lasting = next.map(({ looks: { preview: _, ...looks }, ...pending }) => ({ ...pending, looks }));
  sessionStorage.setItem(KEPT, JSON.stringify(lasting));
  for (const listener of listeners) listener();
}

/** What was under way when the page was left: nobody knows how far it came, and sending it again is safe. */
function restored(): readonly Pending[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]") as Pending[];
    return kept.filter((it) => it.messageId === undefined).map((it) => ({ ...it, state: "failed" }));
  } catch {
    return [];
  }
}

function update(key: string, changes: Partial<Pending>): void {
  change(pendings.map((it) => (it.key === key ? { ...it, ...changes } : it)));
}

/** Send a message: it is shown at once, and stays with its reason where it could not be sent. */
export function send(queries: QueryClient, conversationId: number, body: Outgoing, looks: Looks): void {
  const after = knownMessages(queries, conversationId).reduce((newest, it) => Math.max(newest, it.id), 0);
  const pending: Pending = {
    key: crypto.randomUUID(),
    conversationId,
    body,
    looks,
    at: new Date().toISOString(),
    after,
    state: "sending",
  };
  change([...pendings, pending]);
  void deliver(queries, pending);
}

export function sendAgain(queries: QueryClient, pending: Pending): void {
  update(pending.key, { state: "sending", reason: undefined });
  void deliver(queries, pending);
}

export function giveUp(key: string): void {
  change(pendings.filter((it) => it.key !== key));
}

async function deliver(queries: QueryClient, { key, body }: Pending): Promise<void> {
  const params = { header: { "idempotency-key": key } };
  try {
    const message = await answer(service.POST("/messages/send", { params, body }));
    showMessage(queries, message);
    update(key, { messageId: message.id });
  } catch (error) {
    update(key, { state: "failed", reason: explain(error) });
  }
}

/** The message is in the thread under the service's id: it keeps its place, and is no longer pending. */
export function arrived(key: string, messageId: number): void {
  keys.set(messageId, key);
  if (pendings.some((it) => it.key === key && it.messageId !== undefined)) giveUp(key);
}

/** Under which key a message of ours is on the page: the one that it was sent with. */
export function keyOf(messageId: number): string {
  return keys.get(messageId) ?? `message ${messageId}`;
}

export function usePendings(conversationId: number): readonly Pending[] {
  const all = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => pendings,
  );
  return useMemo(() => all.filter((it) => it.conversationId === conversationId), [all, conversationId]);
}
