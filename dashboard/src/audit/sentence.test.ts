import { expect, test } from "vitest";
import type { Entry } from "./queries";
import { factsOf, placeOf } from "./sentence";

const entry: Entry = {
  id: 1,
  user_id: 3,
  user_name: "Asha",
  action: "order.confirmed",
  subject_type: "order",
  subject_id: 17,
  data: { number: 1042, needs: { "4": "2" }, lines: [{ sku: "TEA", quantity: "1" }, { sku: "SALT" }], reason: null },
  created_at: "2026-11-23T09:00:00Z",
};

test("details are told in words, however deep they lie", () => {
  expect(factsOf(entry)).toEqual([
    ["action", "order.confirmed"],
    ["order", "17"],
    ["number", "1042"],
    ["needs", "4: 2"],
    ["lines", "sku: TEA; quantity: 1, sku: SALT"],
    ["reason", "–"],
  ]);
});

test("only what has a page leads to it", () => {
  expect(placeOf(entry)).toBe("/orders/17");
  expect(placeOf({ ...entry, subject_type: "session" })).toBeNull();
});
