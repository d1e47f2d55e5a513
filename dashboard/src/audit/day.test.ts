import { expect, test } from "vitest";
import { startOfDay } from "./day";

test.each([
  ["2026-11-23", "Asia/Kolkata", "2026-11-22T18:30:00.000Z"],
  ["2026-11-23", "UTC", "2026-11-23T00:00:00.000Z"],
  ["2026-03-29", "Europe/London", "2026-03-29T00:00:00.000Z"], // clocks go forward an hour later
  ["2026-03-30", "Europe/London", "2026-03-29T23:00:00.000Z"],
  ["2026-11-01", "America/New_York", "2026-11-01T04:00:00.000Z"], // clocks go back two hours later
])("%s in %s begins at %s", (day, zone, begins) => {
  expect(startOfDay(day, zone).toISOString()).toBe(begins);
});

test("the day after ends the day", () => {
  expect(startOfDay("2026-11-30", "Asia/Kolkata", 1).toISOString()).toBe("2026-11-30T18:30:00.000Z");
});
