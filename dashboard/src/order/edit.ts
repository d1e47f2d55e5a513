import type { Schema } from "@/api/client";
import { amountOf, detailTarget, type Line, lineTarget, type Order } from "./order";

/** What a person saw of a line when she began to change it, as far as it matters to the change. */
export type LineBase = Partial<Pick<Line, "sku" | "quantity" | "unit_price_minor">>;
/** What is known already of the variant that she picks. */
export type LineLook = Partial<Pick<Line, "title" | "options" | "sku" | "unit_price_minor" | "in_stock">>;
export type DetailsChange = Schema<"DetailsChange">;

/** Something that a person changes of an order, with what she saw before it. */
export type Edit =
  | { kind: "line"; lineId: number; change: Schema<"LineChange">; base: LineBase; look?: LineLook }
  | { kind: "add"; line: Schema<"NewLine">; look: LineLook & { title: string } }
  | { kind: "remove"; lineId: number; base: LineBase }
  | { kind: "restore"; lineId: number }
  | { kind: "details"; change: DetailsChange; base: DetailsChange };

/** A change to a line that a person saw as `seen`. */
export function lineEdit(seen: Line, change: Schema<"LineChange">, look?: LineLook): Edit {
  const { sku, quantity, unit_price_minor } = seen;
  const base: LineBase = { sku };
  if (change.quantity != null) base.quantity = quantity;
  if (change.unit_price_minor != null) base.unit_price_minor = unit_price_minor;
  return { kind: "line", lineId: seen.id, change, base, look };
}

export function removal({ id, sku, quantity }: Line): Edit {
  return { kind: "remove", lineId: id, base: { sku, quantity } };
}

/** A change of details that a person saw as `seen`. An address that is typed anew has no known parts. */
export function detailEdit(seen: Order["details"], change: DetailsChange): Edit {
  return { kind: "details", change, base: likewise(change, seen) };
}

/** What a change is about: "line/12", "detail/address", "order". */
export function targetOf(edit: Edit): string {
  if (edit.kind === "details") return detailTarget(Object.keys(edit.change)[0] ?? "");
  return edit.kind === "add" ? "order" : lineTarget(edit.lineId);
}

/** Whether somebody else has changed meanwhile what a person saw when she began. */
export function isOverrun(edit: Edit, now: Order): boolean {
  if (edit.kind === "line" || edit.kind === "remove") {
    const line = now.lines.find((it) => it.id === edit.lineId);
    return !line || !isSameLine(edit.base, line);
  }
  if (edit.kind === "details") return Object.entries(edit.base).some(([name, value]) => !isEqual(now, name, value));
  return false;
}

/** The same change, begun from what is there now. */
export function rebased(edit: Edit, now: Order): Edit {
  if (edit.kind === "line" || edit.kind === "remove") {
    const line = now.lines.find((it) => it.id === edit.lineId);
    return line ? { ...edit, base: likewise(edit.base, line) } : edit;
  }
  return edit.kind === "details" ? { ...edit, base: likewise(edit.base, now.details) } : edit;
}

/** The order as it will be, shown before the service has answered. */
export function applied(order: Order, edit: Edit): Order {
  if (edit.kind === "details") {
    const touched = Object.keys(edit.change).filter((name) => name !== "address_parts");
    const parts = edit.change.address === undefined ? {} : { address_parts: {} };
    return {
      ...order,
      details: { ...order.details, ...parts, ...edit.change } as Order["details"],
      touched_fields: [...new Set([...order.touched_fields, ...touched])],
    };
  }
  const lines = changedLines(order, edit);
  const total = lines.reduce((sum, line) => sum + (line.amount_minor ?? 0), 0);
  return { ...order, lines, total_amount: total };
}

function changedLines(order: Order, edit: Exclude<Edit, { kind: "details" }>): Line[] {
  if (edit.kind === "remove") return order.lines.filter((line) => line.id !== edit.lineId);
  if (edit.kind === "line") return order.lines.map((line) => (line.id === edit.lineId ? changed(line, edit) : line));
  if (edit.kind === "add") return [...order.lines, added(order, edit)];
  const back = order.removed_lines.find((line) => line.id === edit.lineId);
  return back ? [...order.lines, { ...back, removed: false }] : order.lines;
}

function changed(line: Line, { change, look }: Extract<Edit, { kind: "line" }>): Line {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value != null));
  const next: Line = { ...line, ...look, ...given, quantity: String(change.quantity ?? line.quantity) };
  const missing = next.sku === null ? next.missing : [];
  const amount = amountOf(next.quantity, next.unit_price_minor);
  return { ...next, missing, amount_minor: amount, touched: true, chat_says: null, warnings: [] };
}

function added(order: Order, { line, look }: Extract<Edit, { kind: "add" }>): Line {
  const quantity = String(line.quantity ?? 1);
  const price = line.unit_price_minor ?? look.unit_price_minor ?? null;
  return {
    id: -1 - order.lines.length,
    sku: line.sku,
    variant_id: null,
    item_group_id: null,
    title: look.title,
    options: look.options ?? {},
    missing: [],
    text: "",
    quantity,
    unit_price_minor: price,
    amount_minor: amountOf(quantity, price),
    currency: order.currency,
    confidence: null,
    origin: "agent",
    touched: true,
    removed: false,
    chat_says: null,
    evidence: [],
    candidates: [],
    reasons: [],
    in_stock: look.in_stock ?? null,
    warnings: [],
  };
}

function isSameLine({ sku, quantity, unit_price_minor }: LineBase, line: Line): boolean {
  return (
    (sku === undefined || sku === line.sku) &&
    (quantity === undefined || Number(quantity) === Number(line.quantity)) &&
    (unit_price_minor === undefined || unit_price_minor === line.unit_price_minor)
  );
}

/** The values of those names that `base` has. */
function likewise<Base extends object>(base: Base, now: object): Base {
  const values = now as Record<string, unknown>;
  return Object.fromEntries(Object.keys(base).map((name) => [name, values[name]])) as Base;
}

function isEqual(order: Order, name: string, value: unknown): boolean {
  const now = order.details[name as keyof Order["details"]];
  return JSON.stringify(now ?? null) === JSON.stringify(value ?? null);
}
