import { expect, test } from "vitest";
import { different } from "./edits";

const tea = { title: "Tea", price: 400, aliases: ["chai"] };

test("what was typed and is as before is no change", () => {
  expect(different(["title", "price", "aliases"], { title: "Tea", aliases: ["chai"] }, tea)).toEqual([]);
});

test("only fields that differ are sent", () => {
  expect(different(["title", "price", "aliases"], { title: "Tea", price: 500, aliases: [] }, tea)).toEqual([
    "price",
    "aliases",
  ]);
});
