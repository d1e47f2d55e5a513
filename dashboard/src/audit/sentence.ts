import type { TFunction } from "i18next";
import type { Entry } from "./queries";

/** An entry as a sentence: "Asha confirmed order 1042". What has no sentence of its own is told by its name. */
export function sentenceOf(entry: Entry, t: TFunction<"audit">): string {
  const who = entry.user_name ?? t("service");
  const said = t(`said.${entry.action.replaceAll(".", "_")}`, {
    who,
    what: whatOf(entry),
    ...numbersOf(entry),
    defaultValue: "",
  });
  return said || t("said.other", { who, action: entry.action, what: whatOf(entry) });
}

/** What was acted on, as people call it: an order's number, a SKU, a file; else the id. */
function whatOf({ data, subject_id }: Entry): string {
  const name = ["number", "sku", "file", "name", "item_group_id", "shortcut", "phone_number_id", "email"].find(
    (field) => data[field] != null,
  );
  return String(name ? data[name] : subject_id);
}

function numbersOf({ data }: Entry): Record<string, string> {
  const names = ["amount", "created", "updated", "role", "mode", "reason"];
  return Object.fromEntries(names.map((name) => [name, data[name] == null ? "" : String(data[name])]));
}

const PLACES: Record<string, string> = {
  order: "orders",
  customer: "customers",
  product: "catalog",
  conversation: "inbox",
};

/** Where the thing that was acted on can be looked at. */
export function placeOf({ subject_type, subject_id }: Entry): string | null {
  const page = PLACES[subject_type];
  return page ? `/${page}/${subject_id}` : null;
}

/** All that was written down, by name. */
export function factsOf({ action, subject_type, subject_id, data }: Entry): [string, string][] {
  const told = Object.entries(data).map(([name, value]): [string, string] => [name, wordsOf(value)]);
  return [["action", action], [subject_type, String(subject_id)], ...told];
}

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).join(", ") || "–";
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .map(([name, part]) => `${name}: ${wordsOf(part)}`)
      .join("; ");
  }
  return value == null ? "–" : String(value);
}
