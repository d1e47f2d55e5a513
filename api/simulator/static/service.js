// The simulator's JSON: everything that the page asks or tells.

async function answer(response) {
  const told = response.headers.get("content-type")?.includes("json") ? await response.json() : {};
  if (!response.ok) throw new Error(typeof told.detail === "string" ? told.detail : told.error?.message ?? "That did not work.");
  return told;
}

const post = async (path, body) =>
  answer(await fetch(`/phone/api${path}`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  }));

export const state = async () => answer(await fetch("/phone/api/state"));
export const makeCustomer = (customer) => post("/customers", customer);
export const act = (chat, action, args) => post(`/chats/${chat}/actions`, { action, arguments: args });
export const mediaAddress = (id) => `/phone/api/media/${encodeURIComponent(id)}`;

export async function sendFile(chat, file, caption) {
  const kind = ["image", "video", "audio"].find((each) => file.type.startsWith(`${each}/`)) ?? "document";
  const query = new URLSearchParams({ kind, caption, filename: file.name });
  const headers = { "Content-Type": file.type || "application/octet-stream" };
  return answer(await fetch(`/phone/api/chats/${chat}/files?${query}`, { method: "POST", headers, body: file }));
}

export function watch(onChat, onLost) {
  const source = new EventSource("/phone/api/changes");
  source.onmessage = (event) => onChat(JSON.parse(event.data));
  source.onerror = onLost;
  source.onopen = () => onLost(null);
}
