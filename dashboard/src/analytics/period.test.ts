import { expect, test } from "vitest";
import { before, daysOf, growth, periodOf } from "./period";

test("a week ends today, and the week before it ends the day before it begins", () => {
  const week = periodOf("week", "2026-03-03");
  expect(week).toEqual({ from: "2026-02-25", to: "2026-03-03" });
  expect(before(week)).toEqual({ from: "2026-02-18", to: "2026-02-24" });
  expect(daysOf(week)).toBe(7);
});

test("one day is compared with the day before", () => {
  expect(before({ from: "2026-03-01", to: "2026-03-01" })).toEqual({ from: "2026-02-28", to: "2026-02-28" });
});

test("growth is told only where there is something to compare with", () => {
  expect(growth(15, 10)).toBe(0.5);
  expect(growth(15, 0)).toBeNull();
  expect(growth(null, 10)).toBeNull();
});
