import type { Pending } from "@/composer/outbox";
import type { Note } from "./queries";
import type { Message } from "./stretch";

/** What stands above a row: the day that begins with it, and that nobody has seen what follows. */
interface Above {
  day: string | null;
  unread: boolean;
}

/** Something in the thread, under a key that stays the same for as long as it is there. */
export type Row = Above &
  (
    | { kind: "message"; key: string; message: Message; reactions: readonly Reaction[]; begins: boolean; ends: boolean }
    | { kind: "notice"; key: string; message: Message }
    | { kind: "note"; key: string; note: Note }
    | { kind: "pending"; key: string; pending: Pending; begins: boolean; ends: boolean }
  );

export interface Reaction {
  emoji: string;
  ours: boolean;
}

export interface ThreadParts {
  messages: readonly Message[];
  notes: readonly Note[];
  pendings: readonly Pending[];
  /** Whether older messages are to be had: then older notes wait for them. */
  hasOlder: boolean;
  /** Whether the newest message is among them. */
  isCurrent: boolean;
  firstUnread: number | null;
  me: number;
  dayKey: (when: string) => string;
  keyOf: (messageId: number) => string;
}

const NOTICES = new Set(["system", "request_welcome"]);
const TOGETHER = 5 * 60_000; // milliseconds: what one person writes within them stands together

/** Everything of a thread in its order, the oldest first. */
export function rowsOf(parts: ThreadParts): Row[] {
  const twins = twinsOf(parts.pendings, parts.messages, parts.me);
  const keys = new Map([...twins].map(([key, message]) => [message.id, key]));
  const reactions = reactionsOf(parts.messages);
  const rows = entriesOf(parts).map((entry): Row => {
    if (entry.kind === "note") return { kind: "note", key: `note ${entry.note.id}`, note: entry.note, ...PLAIN };
    const { message } = entry;
    const key = keys.get(message.id) ?? parts.keyOf(message.id);
    const above = { ...PLAIN, unread: message.id === parts.firstUnread };
    if (NOTICES.has(message.type)) return { kind: "notice", key, message, ...above };
    const on = reactions.get(message.id) ?? NONE;
    return { kind: "message", key, message, reactions: on, begins: true, ends: true, ...above };
  });
  const waiting = parts.isCurrent ? parts.pendings.filter((it) => !twins.has(it.key)) : [];
  rows.push(
    ...waiting.map((it): Row => ({ kind: "pending", key: it.key, pending: it, begins: true, ends: true, ...PLAIN })),
  );
  return grouped(dated(rows, parts));
}

const PLAIN: Above = { day: null, unread: false };
const NONE: readonly never[] = [];

/** Says above each day's first row which day it is. Whether the first row of all is one, older messages will tell. */
function dated(rows: Row[], { dayKey, hasOlder }: ThreadParts): Row[] {
  return rows.map((row, index) => {
    const before = rows[index - 1];
    const begins = before ? dayKey(momentOf(before)) !== dayKey(momentOf(row)) : !hasOlder;
    return begins ? { ...row, day: momentOf(row) } : row;
  });
}

function momentOf(row: Row): string {
  if (row.kind === "note") return row.note.created_at;
  return row.kind === "pending" ? row.pending.at : row.message.timestamp;
}

type Entry = { kind: "note"; note: Note } | { kind: "message"; message: Message };

function entriesOf({ messages, notes, hasOlder, isCurrent }: ThreadParts): Entry[] {
  const known = new Set(messages.map((it) => it.id));
  const shown = messages.filter((it) => !isAttached(it, known));
  const from = hasOlder ? Date.parse(messages[0]?.timestamp ?? "") : Number.NEGATIVE_INFINITY;
  const until = isCurrent ? Number.POSITIVE_INFINITY : Date.parse(messages.at(-1)?.timestamp ?? "");
  const waiting = notes
    .filter((it) => Date.parse(it.created_at) >= from && Date.parse(it.created_at) <= until)
    .toSorted((a, b) => a.id - b.id);
  const entries: Entry[] = [];
  for (const message of shown) {
    while (waiting[0] && Date.parse(waiting[0].created_at) < Date.parse(message.timestamp)) {
      entries.push({ kind: "note", note: waiting.shift() as Note });
    }
    entries.push({ kind: "message", message });
  }
  return [...entries, ...waiting.map((note): Entry => ({ kind: "note", note }))];
}

/** A reaction is shown on its message, unless that is not here, or it could not be sent. */
function isAttached(message: Message, known: ReadonlySet<number>): boolean {
  const isOn = message.reply_to_id !== null && known.has(message.reply_to_id);
  return message.type === "reaction" && isOn && message.status !== "failed";
}

/** Each message's reactions: the last of each side counts, an empty one takes it back. */
function reactionsOf(messages: readonly Message[]): Map<number, Reaction[]> {
  const last = new Map<string, { on: number; reaction: Reaction }>();
  for (const it of messages) {
    if (it.type !== "reaction" || it.reply_to_id === null || it.status === "failed") continue;
    const reaction = { emoji: String(it.attributes.emoji ?? ""), ours: it.direction === "outbound" };
    last.set(`${it.reply_to_id} ${it.direction}`, { on: it.reply_to_id, reaction });
  }
  const found = new Map<number, Reaction[]>();
  for (const { on, reaction } of last.values()) {
    if (reaction.emoji) found.set(on, [...(found.get(on) ?? []), reaction]);
  }
  return found;
}

/**
 * What pending messages have become, by their keys: as the service told, or, where news of it came before that answer,
 * the first new message of ours that says the same.
 */
export function twinsOf(pendings: readonly Pending[], messages: readonly Message[], me: number): Map<string, Message> {
  const twins = new Map<string, Message>();
  const taken = new Set(pendings.map((it) => it.messageId));
  for (const pending of pendings) {
    const twin = messages.find((it) =>
      pending.messageId === undefined
        ? !taken.has(it.id) && it.id > pending.after && it.sent_by === me && saysTheSame(it, pending)
        : it.id === pending.messageId,
    );
    if (!twin) continue;
    taken.add(twin.id);
    twins.set(pending.key, twin);
  }
  return twins;
}

function saysTheSame(message: Message, { body, looks }: Pending): boolean {
  return message.type === body.type && (message.type === "template" || message.content === looks.text);
}

/** Marks where what one side writes in one go begins and ends. */
function grouped(rows: Row[]): Row[] {
  return rows.map((row, index) => {
    if (row.kind !== "message" && row.kind !== "pending") return row;
    return { ...row, begins: !belong(rows[index - 1], row), ends: !belong(row, rows[index + 1]) };
  });
}

function belong(one: Row | undefined, other: Row | undefined): boolean {
  if (other?.day || other?.unread) return false;
  const [a, b] = [writerOf(one), writerOf(other)];
  return a !== null && b !== null && a.who === b.who && b.at - a.at < TOGETHER;
}

function writerOf(row: Row | undefined): { who: string; at: number } | null {
  if (row?.kind === "pending") return { who: "outbound", at: Date.parse(row.pending.at) };
  if (row?.kind !== "message") return null;
  return { who: row.message.direction, at: Date.parse(row.message.timestamp) };
}

/**
 * The first of the `count` messages that nobody had seen when `newest` was the newest one; null where all were seen,
 * and where it is further back than these messages.
 */
export function firstUnread(messages: readonly Message[], count: number, newest: number): number | null {
  if (count <= 0) return null;
  const last = messages.findLastIndex((it) => it.id === newest);
  const asked = messages.slice(0, last + 1).filter((it) => it.direction === "inbound" && !isSilent(it));
  return asked.at(-count)?.id ?? null;
}

/** What needs no look is not counted as unread. */
function isSilent({ type }: Message): boolean {
  return type === "reaction" || NOTICES.has(type);
}
