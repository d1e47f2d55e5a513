import { describe, expect, it } from "vitest";
import { exportAddress, filterOf, paramsOf } from "./filters";

describe("the filter in the address", () => {
  it("comes back as it was", () => {
    const filter = filterOf(new URLSearchParams("status=draft&q=asha&from=2026-11-01&customer=7&sort=oldest"));
    expect(filterOf(paramsOf(filter))).toEqual(filter);
  });

  it("is empty where nothing is asked for, and passes over what is none", () => {
    const filter = filterOf(new URLSearchParams("status=lost&from=yesterday&customer=x"));
    expect(paramsOf(filter).toString()).toBe("");
  });

  it("names the file of the same list", () => {
    const filter = filterOf(new URLSearchParams("status=confirmed&to=2026-11-23&sort=oldest"));
    expect(exportAddress(filter)).toBe("/orders/export?status=confirmed&to=2026-11-23");
  });
});
