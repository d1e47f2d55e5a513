import type { Schema } from "@/api/client";

export type Message = Schema<"MessageOut">;

/** A page of messages as the service sends it: the newest first. */
export interface Page {
  items: readonly Message[];
  next?: string | null;
  newer?: string | null;
}

/** A stretch of a conversation, the oldest message first, and the cursors that lead on from both of its ends. */
export interface Stretch {
  items: readonly Message[];
  older: string | null;
  /** Null where the stretch ends with the newest message. */
  newer: string | null;
}

export function stretchOf(page: Page): Stretch {
  return { items: page.items.toReversed(), older: page.next ?? null, newer: page.newer ?? null };
}

export function withOlder(stretch: Stretch, page: Page): Stretch {
  return { ...stretch, items: [...fresh(page, stretch), ...stretch.items], older: page.next ?? null };
}

export function withNewer(stretch: Stretch, page: Page): Stretch {
  return { ...stretch, items: [...stretch.items, ...fresh(page, stretch)], newer: page.newer ?? null };
}

/**
 * The stretch with the conversation's newest page, asked for anew: what it covers is as it says, older messages
 * stay. Where the two do not touch (a long time offline), the page alone is the stretch.
 */
export function renewed(stretch: Stretch, page: Page): Stretch {
  const now = stretchOf(page);
  const oldest = now.items[0];
  if (now.older === null || !oldest) return now;
  const at = stretch.items.findIndex((message) => message.id === oldest.id);
  if (at < 0) return now;
  return {
    items: [...stretch.items.slice(0, at), ...now.items],
    older: at > 0 ? stretch.older : now.older,
    newer: null,
  };
}

/** The stretch with one message that the service has just told of. */
export function withMessage(stretch: Stretch, message: Message): Stretch {
  const at = stretch.items.findIndex((it) => it.id === message.id);
  if (at >= 0) return { ...stretch, items: stretch.items.with(at, message) };
  return stretch.newer === null ? { ...stretch, items: [...stretch.items, message] } : stretch;
}

function fresh(page: Page, stretch: Stretch): Message[] {
  const known = new Set(stretch.items.map((message) => message.id));
  return page.items.filter((message) => !known.has(message.id)).toReversed();
}
