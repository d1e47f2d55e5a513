import { describe, expect, test } from "vitest";
import { extended, firstRows, isBefore, type Place, renewed } from "./range";

const row = (id: number, minute: number): Place => ({
  id,
  last_updated: `2026-11-23T08:${String(minute).padStart(2, "0")}:00Z`,
});
const ids = (rows: { items: readonly Place[] }) => rows.items.map((it) => it.id);
const first = firstRows({ after: null, items: [row(5, 50), row(4, 40)], next: "b" });
const both = extended(first, { after: row(4, 40), items: [row(3, 30), row(2, 20)], next: "c" });

describe("rows of the inbox", () => {
  test("go on where the last answer ended, each once", () => {
    expect(ids(both)).toEqual([5, 4, 3, 2]);
    expect(ids(extended(both, { after: row(2, 20), items: [row(2, 20), row(1, 10)], next: null }))).toEqual([
      5, 4, 3, 2, 1,
    ]);
    expect(both.starts.map((it) => it.cursor)).toEqual([null, "b"]);
  });

  test("a row that became active moves to the top and pushes none out", () => {
    const now = renewed(both, { after: null, items: [row(2, 55), row(5, 50)], next: "x" });
    expect(ids(now)).toEqual([2, 5, 4, 3]);
  });

  test("a row that no longer fits is gone from its stretch only", () => {
    expect(ids(renewed(both, { after: null, items: [row(5, 50), row(3, 30)], next: "x" }))).toEqual([5, 3, 2]);
    expect(ids(renewed(both, { after: row(4, 40), items: [row(2, 20)], next: null }))).toEqual([5, 4, 2]);
  });

  test("an answer without a next one is the end of the list", () => {
    const now = renewed(both, { after: null, items: [row(5, 50)], next: null });
    expect(ids(now)).toEqual([5]);
    expect(now.next).toBeNull();
  });

  test("microseconds count, also where they are not written", () => {
    const whole = { id: 1, last_updated: "2026-11-23T08:00:00Z" };
    expect(isBefore({ id: 1, last_updated: "2026-11-23T08:00:00.000001Z" }, whole)).toBe(true);
    expect(isBefore({ ...whole, id: 2 }, whole)).toBe(true);
  });
});
