import type { Schema } from "@/api/client";

export type Order = Schema<"OrderDetail">;
export type OrderSummary = Schema<"OrderSummary">;
export type Line = Schema<"LineOut">;
export type Candidate = Line["candidates"][number];
export type Question = Order["questions"][number];
export type EvidenceSpan = Line["evidence"][number];
export type Status = OrderSummary["status"];
export type RejectionCode = NonNullable<Schema<"Rejection">["code"]>;
export type DetailName = Exclude<keyof Schema<"Details">, "address_parts">;

export const STATUS_COLOR: Record<Status, string> = {
  draft: "blue",
  confirmed: "satya",
  fulfilled: "teal",
  rejected: "red",
  cancelled: "gray",
};

/** Why an order is not one, in the order in which the keys 1 to 7 choose them. */
export const REJECTION_CODES: readonly RejectionCode[] = [
  "not_an_order",
  "duplicate",
  "changed_mind",
  "out_of_stock",
  "unreachable",
  "test",
  "other",
];

/** Whether a line stands in the way of confirming. */
export function isOpenLine(line: Line): boolean {
  return line.sku === null || line.unit_price_minor === null;
}

export function firstOpenLine(order: Order): Line | undefined {
  return order.lines.find(isOpenLine);
}

/** The name of something of an order: of what evidence made it, and of what a person changes. */
export function lineTarget(lineId: number): string {
  return `line/${lineId}`;
}

export function detailTarget(name: string): string {
  return `detail/${name}`;
}

/** Options as a person says them: "blue", "M". */
export function optionWords(options: Record<string, unknown>): string[] {
  return Object.values(options).map(String).filter(Boolean);
}

export function amountOf(quantity: string, priceMinor: number | null): number | null {
  return priceMinor === null ? null : Math.round(Number(quantity) * priceMinor);
}
