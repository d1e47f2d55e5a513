import type { Schema } from "@/api/client";

export type Message = Schema<"MessageOut">;

/** A message of an excerpt, or how many are left out at a place. */
export type Piece = { kind: "message"; message: Message } | { kind: "gap"; count: number; before: number };

const AROUND = 1; // messages beside one that made something of the order
const LATEST = 3; // messages at the end, whatever they made

/** The messages that made an order, those beside them, and the latest ones; `messages` are the oldest first. */
export function excerpt(messages: readonly Message[], evidence: ReadonlySet<number>): Piece[] {
  const shown = new Set<number>();
  messages.forEach((message, index) => {
    if (!evidence.has(message.id) && index < messages.length - LATEST) return;
    const reach = evidence.has(message.id) ? AROUND : 0;
    for (let at = index - reach; at <= index + reach; at += 1) shown.add(at);
  });
  const pieces: Piece[] = [];
  let left = 0;
  messages.forEach((message, index) => {
    if (!shown.has(index)) {
      left += 1;
      return;
    }
    if (left > 0) pieces.push({ kind: "gap", count: left, before: message.id });
    left = 0;
    pieces.push({ kind: "message", message });
  });
  return pieces;
}
