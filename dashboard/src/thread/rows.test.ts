import { describe, expect, test } from "vitest";
import type { Pending } from "@/composer/outbox";
import type { Note } from "./queries";
import { firstUnread, type Row, rowsOf, type ThreadParts } from "./rows";
import type { Message } from "./stretch";

const ME = 3;

function message(id: number, more: Partial<Message> = {}): Message {
  const at = `2026-11-23T08:${String(id).padStart(2, "0")}:00Z`;
  return {
    id,
    type: "text",
    direction: "inbound",
    content: `message ${id}`,
    attributes: {},
    reply_to_id: null,
    sent_by: null,
    status: "received",
    timestamp: at,
    ...more,
  } as Message;
}

function pending(key: string, more: Partial<Pending> = {}): Pending {
  const looks = { type: "text", text: "hello", replyToId: null };
  const body = { type: "text", content: { body: "hello" } };
  return { key, after: 5, at: "2026-11-23T08:30:00Z", state: "sending", looks, body, ...more } as unknown as Pending;
}

function rows(more: Partial<ThreadParts>): Row[] {
  return rowsOf({
    messages: [],
    notes: [],
    pendings: [],
    hasOlder: false,
    isCurrent: true,
    firstUnread: null,
    me: ME,
    dayKey: (when) => when.slice(0, 10),
    keyOf: (id) => `message ${id}`,
    ...more,
  });
}

const keys = (found: Row[]) => found.map((row) => row.key);
const note = (id: number, created_at: string) => ({ id, created_at }) as Note;

describe("a thread", () => {
  test("says which day it is, and tells what was not seen", () => {
    const found = rows({ messages: [message(1), message(2, { timestamp: "2026-11-24T08:00:00Z" })], firstUnread: 2 });
    expect(found.map((row) => [row.day?.slice(0, 10), row.unread])).toEqual([
      ["2026-11-23", false],
      ["2026-11-24", true],
    ]);
  });

  test("names no day above its first message while older ones may be of the same", () => {
    expect(rows({ messages: [message(1)], hasOlder: true })[0]?.day).toBeNull();
  });

  test("has notes at their time, and older ones only with the messages of that time", () => {
    const notes = [note(1, "2026-11-23T08:00:30Z"), note(2, "2026-11-23T08:01:30Z"), note(3, "2026-11-23T09:00:00Z")];
    const all = ["note 1", "message 1", "note 2", "message 2", "note 3"];
    expect(keys(rows({ messages: [message(1), message(2)], notes }))).toEqual(all);
    expect(keys(rows({ messages: [message(1)], notes, hasOlder: true }))).not.toContain("note 1");
  });

  test("shows on a message the last reaction of each side", () => {
    const on = (id: number, emoji: string) => message(id, { type: "reaction", reply_to_id: 1, attributes: { emoji } });
    const found = rows({ messages: [message(1), on(2, "👍"), on(3, "❤️")] });
    expect(found.at(-1)).toMatchObject({ key: "message 1", reactions: [{ emoji: "❤️", ours: false }] });
    expect(rows({ messages: [message(1), on(2, "👍"), on(3, "")] }).at(-1)).toMatchObject({ reactions: [] });
  });

  test("shows a sent message once, in whatever order the news come", () => {
    const news = message(6, { direction: "outbound", sent_by: ME, content: "hello" });
    expect(keys(rows({ messages: [message(5)], pendings: [pending("k")] })).at(-1)).toBe("k");
    expect(keys(rows({ messages: [message(5), news], pendings: [pending("k")] }))).toEqual(["message 5", "k"]);
    expect(keys(rows({ messages: [message(5), news], pendings: [pending("k", { messageId: 6 })] })).at(-1)).toBe("k");
  });

  test("shows the same words that are sent twice twice", () => {
    const news = message(6, { direction: "outbound", sent_by: ME, content: "hello" });
    const found = rows({ messages: [message(5), news], pendings: [pending("k"), pending("l")] });
    expect(keys(found)).toEqual(["message 5", "k", "l"]);
  });

  test("puts together what one side writes in one go", () => {
    const found = rows({ messages: [message(1), message(2), message(3, { direction: "outbound" })] });
    expect(found.map((row) => row.kind === "message" && [row.begins, row.ends])).toEqual([
      [true, false],
      [false, true],
      [true, true],
    ]);
  });
});

test("the first unseen message is counted from the newest of then, without reactions", () => {
  const messages = [message(1), message(2), message(3, { type: "reaction" }), message(4, { direction: "outbound" })];
  expect(firstUnread(messages, 1, 4)).toBe(2);
  expect(firstUnread([...messages, message(5)], 1, 4)).toBe(2);
  expect(firstUnread(messages, 9, 4)).toBeNull();
  expect(firstUnread(messages, 0, 4)).toBeNull();
});
