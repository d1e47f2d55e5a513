import { describe, expect, it } from "vitest";
import { applied, detailEdit, isOverrun, lineEdit, rebased, removal } from "./edit";
import type { Line, Order } from "./order";

const line = {
  id: 7,
  sku: "KU-M",
  quantity: "2",
  unit_price_minor: 49900,
  missing: [],
  warnings: [],
} as unknown as Line;
const order = { lines: [line], removed_lines: [], details: { city: "Pune" }, touched_fields: [] } as unknown as Order;

function withLine(change: Partial<Line>): Order {
  return { ...order, lines: [{ ...line, ...change }] };
}

describe("a change of an order", () => {
  it("is shown before it is saved, with its amount and the order's total", () => {
    const now = applied(order, lineEdit(line, { quantity: "3" }));
    expect([now.lines[0]?.quantity, now.lines[0]?.touched, now.total_amount]).toEqual(["3", true, 149700]);
  });

  it("overruns nobody where something else of the line changed", () => {
    expect(isOverrun(lineEdit(line, { quantity: "3" }), withLine({ unit_price_minor: 100 }))).toBe(false);
  });

  it("is held back where the same value, or the product, changed meanwhile", () => {
    const edit = lineEdit(line, { quantity: "3" });
    expect(isOverrun(edit, withLine({ quantity: "5" }))).toBe(true);
    expect(isOverrun(edit, withLine({ sku: "KU-L" }))).toBe(true);
    expect(isOverrun(edit, { ...order, lines: [] })).toBe(true);
  });

  it("takes 2 and 2.000 for the same", () => {
    expect(isOverrun(removal(line), withLine({ quantity: "2.000" }))).toBe(false);
  });

  it("is made all the same once it was begun anew", () => {
    const now = withLine({ quantity: "5" });
    expect(isOverrun(rebased(lineEdit(line, { quantity: "3" }), now), now)).toBe(false);
  });

  it("of a detail is held back only by a change of that detail", () => {
    const edit = detailEdit(order.details, { city: "Mumbai" });
    expect(isOverrun(edit, { ...order, details: { ...order.details, name: "Asha" } })).toBe(false);
    expect(isOverrun(edit, { ...order, details: { ...order.details, city: "Delhi" } })).toBe(true);
  });
});
