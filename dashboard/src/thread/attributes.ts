import type { Message } from "./stretch";

/** What a message says beside its words; docs/whatsapp-events.md lists it. What is not of its form is left out. */
export interface Place {
  latitude: number;
  longitude: number;
  name: string;
  address: string;
}

export interface CartItem {
  sku: string;
  quantity: string;
  price: string | null;
  currency: string | null;
}

export interface Contact {
  name: string;
  phones: string[];
  others: string[];
}

export function placeOf({ attributes }: Message): Place | null {
  const place = record(attributes.location);
  if (typeof place.latitude !== "number" || typeof place.longitude !== "number") return null;
  return { latitude: place.latitude, longitude: place.longitude, name: text(place.name), address: text(place.address) };
}

export function cartOf({ attributes }: Message): CartItem[] {
  return list(attributes.items).map((it) => ({
    sku: text(it.sku),
    quantity: text(it.quantity) || "1",
    price: text(it.price) || null,
    currency: text(it.currency) || null,
  }));
}

export function contactsOf({ attributes }: Message): Contact[] {
  return list(attributes.contacts).map((it) => {
    const name = record(it.name);
    const org = record(it.org);
    return {
      name: text(name.formatted_name) || text(name.first_name),
      phones: list(it.phones)
        .map((phone) => text(phone.phone) || text(phone.wa_id))
        .filter(Boolean),
      others: [
        [text(org.title), text(org.company)].filter(Boolean).join(", "),
        ...list(it.emails).map((mail) => text(mail.email)),
        ...list(it.addresses).map((at) => [at.street, at.city, at.state, at.zip].map(text).filter(Boolean).join(", ")),
        ...list(it.urls).map((url) => text(url.url)),
      ].filter(Boolean),
    };
  });
}

/** The titles of what the customer can tap. */
export function choicesOf({ attributes }: Message): string[] {
  return list(attributes.choices)
    .map((it) => text(it.title))
    .filter(Boolean);
}

/** What the button says that opens a list, a link or a form. */
export function openerOf({ attributes }: Message): string {
  const action = record(attributes.action);
  const parameters = record(action.parameters);
  return text(action.button) || text(parameters.display_text) || text(parameters.flow_cta);
}

export function headerOf({ attributes }: Message): string {
  return text(record(attributes.header).text);
}

/** A form's answers, each with its name. */
export function answersOf({ attributes }: Message): [string, string][] {
  const form = record(attributes.form);
  return Object.entries(form)
    .filter(([name]) => name !== "flow_token")
    .map(([name, value]) => [name.replaceAll("_", " "), typeof value === "string" ? value : JSON.stringify(value)]);
}

export function templateNameOf({ attributes }: Message): string {
  return text(record(attributes.template).name);
}

/** The advertisement or post that brought the customer. */
export function referralOf({ attributes }: Message): { headline: string; body: string } | null {
  const referral = record(attributes.referral);
  const found = { headline: text(referral.headline), body: text(referral.body) };
  return found.headline || found.body || referral.source_type ? found : null;
}

export function isForwarded({ attributes }: Message): boolean {
  const context = record(attributes.context);
  return context.forwarded === true || context.frequently_forwarded === true;
}

export function isVoice({ attributes }: Message): boolean {
  return record(attributes.file).voice === true || attributes.voice === true;
}

/** A file's name as its sender gave it. */
export function filenameOf({ attributes, media }: Message): string {
  return media?.filename || text(record(attributes.file).filename) || text(attributes.filename);
}

/** What is wrong with a message that failed, and what to do. */
export interface Trouble {
  details: string;
  meaning: string;
  remedy: string;
  action: string;
}

export function troubleOf({ error }: Message): Trouble {
  const told = record(error);
  return {
    details: text(told.details) || text(told.title),
    meaning: text(told.meaning),
    remedy: text(told.remedy),
    action: text(told.action),
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(record) : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}
