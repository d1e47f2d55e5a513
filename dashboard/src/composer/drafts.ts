import { useCallback, useSyncExternalStore } from "react";

/** A file that is to be sent, as far as it has come. */
export interface Attachment {
  key: string;
  name: string;
  kind: "image" | "video" | "audio" | "document";
  size: number;
  /** An address of the picture, good in this page only. */
  preview?: string;
  /** From 0 to 1. */
  progress: number;
  /** What the service calls it, once it is there. */
  mediaId?: number;
  error?: string;
}

/** What a person has begun to write to a customer, or to note. Nothing of it is lost by going elsewhere. */
export interface Draft {
  text: string;
  note: string;
  mode: "reply" | "note";
  replyToId: number | null;
  buttons: readonly string[];
  attachments: readonly Attachment[];
}

export const BLANK: Draft = { text: "", note: "", mode: "reply", replyToId: null, buttons: [], attachments: [] };

const KEPT = "satyasell-drafts";
const listeners = new Set<() => void>();
let drafts: ReadonlyMap<number, Draft> = restored();
let focuses = 0;

/** Words survive a reload; files do not. */
function restored(): ReadonlyMap<number, Draft> {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]") as [number, Partial<Draft>][];
    return new Map(kept.map(([id, draft]) => [id, { ...BLANK, ...draft }]));
  } catch {
    return new Map();
  }
}

export function draftOf(conversationId: number): Draft {
  return drafts.get(conversationId) ?? BLANK;
}

export function changeDraft(conversationId: number, change: (now: Draft) => Draft): void {
  drafts = new Map(drafts).set(conversationId, change(draftOf(conversationId)));
  const lasting = [...drafts].map(([id, { attachments: _, ...words }]) => [id, words] as const);
  const worth = lasting.filter(([, it]) => it.text || it.note || it.buttons.length > 0 || it.replyToId !== null);
  sessionStorage.setItem(KEPT, JSON.stringify(worth));
  for (const listener of listeners) listener();
}

/** Put words into the reply box, behind what stands there, for a person to look at before they are sent. */
export function writeReply(conversationId: number, words: string): void {
  changeDraft(conversationId, (now) => ({
    ...now,
    mode: "reply",
    text: now.text.trim() ? `${now.text.trimEnd()}\n${words}` : words,
  }));
  askForFocus();
}

/** Answer one message in particular. */
export function replyTo(conversationId: number, messageId: number | null): void {
  changeDraft(conversationId, (now) => ({ ...now, mode: "reply", replyToId: messageId }));
  if (messageId !== null) askForFocus();
}

function askForFocus(): void {
  focuses += 1;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useDraft(conversationId: number): [Draft, (change: Partial<Draft>) => void] {
  const draft = useSyncExternalStore(subscribe, () => draftOf(conversationId));
  const change = useCallback(
    (changes: Partial<Draft>) => changeDraft(conversationId, (now) => ({ ...now, ...changes })),
    [conversationId],
  );
  return [draft, change];
}

/** A number that changes when the reply box is asked to take the focus. */
export function useAskedFocus(): number {
  return useSyncExternalStore(subscribe, () => focuses);
}
