import { expect, test } from "vitest";
import { duration } from "./duration";

test.each([
  [12.4, "12 sec"],
  [90, "1.5 min"],
  [7200, "2 hr"],
  [129_600, "1.5 days"],
])("%d seconds are %s", (seconds, said) => {
  expect(duration(seconds, "en")).toBe(said);
});
