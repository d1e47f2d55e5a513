import i18next from "i18next";
import type { Schema } from "@/api/client";
import { type Attachment, changeDraft, draftOf } from "./drafts";
import { sendable } from "./picture";

const MEGABYTE = 1024 * 1024;
/** What WhatsApp takes at most; the service judges the type by the file's bytes. */
const LARGEST: Record<Attachment["kind"], number> = { image: 5, video: 16, audio: 16, document: 100 };

function kindOf(type: string): Attachment["kind"] {
  const [family] = type.split("/");
  if (type === "image/svg+xml") return "document";
  return family === "image" || family === "video" || family === "audio" ? family : "document";
}

/** Add files to what is being written, and bring them to the service while the person goes on. */
export function attach(conversationId: number, files: readonly File[]): void {
  for (const file of files) void bring(conversationId, file);
}

export function detach(conversationId: number, key: string): void {
  const gone = draftOf(conversationId).attachments.find((it) => it.key === key);
  if (gone?.preview) URL.revokeObjectURL(gone.preview);
  changeDraft(conversationId, (now) => ({ ...now, attachments: now.attachments.filter((it) => it.key !== key) }));
}

async function bring(conversationId: number, given: File): Promise<void> {
  const key = crypto.randomUUID();
  const kind = kindOf(given.type);
  const first: Attachment = { key, name: given.name, kind, size: given.size, progress: 0 };
  changeDraft(conversationId, (now) => ({ ...now, mode: "reply", attachments: [...now.attachments, first] }));
  const update = (change: Partial<Attachment>) =>
    changeDraft(conversationId, (now) => ({
      ...now,
      attachments: now.attachments.map((it) => (it.key === key ? { ...it, ...change } : it)),
    }));
  try {
    const file = kind === "image" ? await sendable(given, LARGEST.image * MEGABYTE) : given;
    if (kind === "image") update({ preview: URL.createObjectURL(file), size: file.size, name: file.name });
    if (file.size > LARGEST[kind] * MEGABYTE)
      throw new Error(i18next.t("composer:file.tooLarge", { most: LARGEST[kind] }));
    const stored = await upload(file, (progress) => update({ progress }));
    update({ progress: 1, mediaId: stored.id, kind: stored.kind as Attachment["kind"] });
  } catch (error) {
    update({ error: error instanceof Error ? error.message : String(error) });
  }
}

/** XMLHttpRequest, since fetch does not tell how much of an upload is done. */
export function upload(file: File, onProgress: (share: number) => void): Promise<Schema<"MediaOut">> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/media");
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => {
      if (request.status === 201) resolve(request.response as Schema<"MediaOut">);
      else reject(new Error((request.response as { detail?: string } | null)?.detail ?? `HTTP ${request.status}`));
    };
    request.onerror = () => reject(new Error(i18next.t("app:error.unreachable")));
    const form = new FormData();
    form.append("file", file);
    request.send(form);
  });
}
