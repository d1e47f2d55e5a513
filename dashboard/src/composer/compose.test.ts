import { describe, expect, test } from "vitest";
import { composed, hindrance } from "./compose";
import { type Attachment, BLANK, type Draft } from "./drafts";

const draft = (more: Partial<Draft>): Draft => ({ ...BLANK, ...more });
const file = (more: Partial<Attachment> = {}): Attachment => ({
  key: "f",
  name: "bill.pdf",
  kind: "document",
  size: 10,
  progress: 1,
  mediaId: 12,
  ...more,
});
const bodies = (made: ReturnType<typeof composed>) => made.map(({ body }) => body);

describe("what is sent", () => {
  test("words are a text that quotes what they answer", () => {
    expect(bodies(composed(7, draft({ text: " yes \n", replyToId: 31 })))).toEqual([
      { conversation_id: 7, type: "text", content: { body: "yes" }, reply_to_id: 31 },
    ]);
  });

  test("the first file carries the words, unless it is a sound", () => {
    const files = [file({ kind: "audio", mediaId: 1 }), file({ kind: "image", mediaId: 2 }), file({ mediaId: 3 })];
    expect(bodies(composed(7, draft({ text: "look", attachments: files })))).toEqual([
      { conversation_id: 7, type: "audio", content: { media_id: 1 } },
      { conversation_id: 7, type: "image", content: { media_id: 2, caption: "look" } },
      { conversation_id: 7, type: "document", content: { media_id: 3, filename: "bill.pdf" } },
    ]);
  });

  test("words that are too long for a file follow it", () => {
    const made = composed(7, draft({ text: "x".repeat(1025), attachments: [file()] }));
    expect(made.map(({ body }) => body.type)).toEqual(["document", "text"]);
  });

  test("buttons make a question of the words", () => {
    const [made] = composed(7, draft({ text: "Which?", buttons: ["S", "M "] }));
    expect(made?.body).toMatchObject({ type: "interactive", content: { type: "button", body: { text: "Which?" } } });
    expect(made?.body.content).toMatchObject({
      action: { buttons: [{ reply: { title: "S" } }, { reply: { title: "M" } }] },
    });
  });
});

describe("what hinders sending", () => {
  test("nothing to say, too much to say, and files that are not there", () => {
    expect(hindrance(draft({ text: "ok" }))).toBeNull();
    expect(hindrance(draft({ text: " " }))?.text).toBe("composer:hindrance.empty");
    expect(hindrance(draft({ text: "x".repeat(4097) }))).toEqual({ text: "composer:hindrance.tooLong", count: 1 });
    expect(hindrance(draft({ attachments: [file({ mediaId: undefined })] }))?.text).toBe(
      "composer:hindrance.uploading",
    );
    expect(hindrance(draft({ attachments: [file({ error: "too large" })] }))?.text).toBe("composer:hindrance.badFile");
  });

  test("buttons that WhatsApp would not take", () => {
    expect(hindrance(draft({ text: "Which?", buttons: ["S", "S"] }))?.text).toBe("composer:hindrance.sameButtons");
    expect(hindrance(draft({ text: "Which?", buttons: [""] }))?.text).toBe("composer:hindrance.button");
    expect(hindrance(draft({ buttons: ["S"] }))?.text).toBe("composer:hindrance.question");
  });
});
