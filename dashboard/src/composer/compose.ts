import type { Attachment, Draft } from "./drafts";
import type { Looks, Outgoing } from "./outbox";

/** WhatsApp's limits, in characters. */
export const MOST = { text: 4096, caption: 1024, body: 1024, button: 20, buttons: 3, note: 5000 } as const;

export interface Composed {
  body: Outgoing;
  looks: Looks;
}

/** What hinders a draft from being sent: a text's name, and what it takes. */
export interface Hindrance {
  text: string;
  count?: number;
}

const UPLOADING = "composer:hindrance.uploading";

/** Whether nothing but time is needed. */
export function isUploading(hinders: Hindrance | null): boolean {
  return hinders?.text === UPLOADING;
}

/** What hinders a draft from being sent; null where nothing does. */
export function hindrance(draft: Draft): Hindrance | null {
  const { attachments, buttons } = draft;
  const words = draft.mode === "note" ? draft.note.trim() : draft.text.trim();
  const most = draft.mode === "note" ? MOST.note : buttons.length > 0 ? MOST.body : MOST.text;
  if (words.length > most) return { text: "composer:hindrance.tooLong", count: words.length - most };
  if (draft.mode === "note") return words ? null : { text: "composer:hindrance.empty" };
  if (attachments.some((it) => it.error)) return { text: "composer:hindrance.badFile" };
  if (buttons.some((it) => !it.trim() || it.trim().length > MOST.button)) return { text: "composer:hindrance.button" };
  if (new Set(buttons.map((it) => it.trim())).size < buttons.length) return { text: "composer:hindrance.sameButtons" };
  if (buttons.length > 0 && !words) return { text: "composer:hindrance.question" };
  if (attachments.some((it) => it.mediaId === undefined)) return { text: UPLOADING };
  return words || attachments.length > 0 ? null : { text: "composer:hindrance.empty" };
}

/** The messages that a draft becomes, in the order in which they are sent. The first one quotes. */
export function composed(conversationId: number, draft: Draft): Composed[] {
  const words = draft.text.trim();
  const captioned =
    draft.buttons.length > 0 || words.length > MOST.caption ? undefined : captionedOf(draft.attachments);
  const files = draft.attachments.map((it) => ofFile(conversationId, it, it === captioned ? words : ""));
  const own = words && !captioned ? [ofWords(conversationId, words, draft.buttons)] : [];
  return [...files, ...own].map((each, index) => (index === 0 ? quoting(each, draft.replyToId) : each));
}

/** The file that carries the words: the first that can. */
function captionedOf(attachments: readonly Attachment[]): Attachment | undefined {
  return attachments.find((it) => it.kind !== "audio");
}

function quoting({ body, looks }: Composed, replyToId: number | null): Composed {
  return { body: replyToId === null ? body : { ...body, reply_to_id: replyToId }, looks: { ...looks, replyToId } };
}

function ofFile(conversationId: number, file: Attachment, caption: string): Composed {
  const content = { media_id: file.mediaId, ...(caption && file.kind !== "audio" ? { caption } : {}) };
  const named = file.kind === "document" ? { ...content, filename: file.name } : content;
  return {
    body: { conversation_id: conversationId, type: file.kind, content: named },
    looks: { type: file.kind, text: caption, replyToId: null, filename: file.name, preview: file.preview },
  };
}

function ofWords(conversationId: number, words: string, titles: readonly string[]): Composed {
  if (titles.length === 0) {
    return {
      body: { conversation_id: conversationId, type: "text", content: { body: words } },
      looks: { type: "text", text: words, replyToId: null },
    };
  }
  const buttons = titles.map((title, index) => ({
    type: "reply" as const,
    reply: { id: `button-${index + 1}`, title: title.trim() },
  }));
  return {
    body: {
      conversation_id: conversationId,
      type: "interactive",
      content: { type: "button", body: { text: words }, action: { buttons } },
    },
    looks: { type: "interactive", text: words, replyToId: null, choices: titles },
  };
}

/** How a message that the service made ready looks until it is there. */
export function looksOf(body: Outgoing, answers: readonly string[]): Looks {
  const text = body.type === "text" ? body.content.body : textOf(body.content);
  return { type: body.type, text, replyToId: null, ...(body.type === "interactive" ? { choices: answers } : {}) };
}

function textOf(content: object): string {
  const body = "body" in content ? content.body : null;
  return typeof body === "object" && body !== null && "text" in body ? String(body.text) : "";
}
