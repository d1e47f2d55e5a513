import { expect, it } from "vitest";
import { decimalsOf, readPrice, readQuantity } from "./typed";

it.each([
  ["2", "2"],
  [" 0,5 ", "0.5"],
  ["1.250", "1.250"],
  ["0", null],
  ["two", null],
  ["1.2345", null],
])("reads the quantity %s as %s", (typed, quantity) => {
  expect(readQuantity(typed)).toBe(quantity);
});

it("reads prices in minor units, with or without signs", () => {
  expect([readPrice("₹1,299.50", 2), readPrice("499", 2), readPrice("", 2)]).toEqual([129950, 49900, null]);
});

it("knows how many decimals a currency has", () => {
  expect([decimalsOf("INR"), decimalsOf("JPY")]).toEqual([2, 0]);
});
