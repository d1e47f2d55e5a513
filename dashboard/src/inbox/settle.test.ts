import { describe, expect, test } from "vitest";
import { isWaiting, settled } from "./settle";

const rows = (...ids: number[]) => ids.map((id) => ({ id }));
const still = { still: true, kept: null };

describe("the inbox's rows on the screen", () => {
  test("follow what is new while the top is in view", () => {
    expect(settled(rows(1, 2), rows(2, 1), { still: false, kept: null })).toEqual(rows(2, 1));
  });

  test("stay where they are while a person reads further down", () => {
    expect(settled(rows(1, 2, 3), rows(9, 3, 1, 2), still)).toEqual(rows(1, 2, 3));
    expect(isWaiting(rows(1, 2, 3), rows(9, 3, 1, 2))).toBe(true);
  });

  test("go on at their end", () => {
    expect(settled(rows(1, 2), rows(1, 2, 3, 4), still)).toEqual(rows(1, 2, 3, 4));
  });

  test("show what has changed in them", () => {
    expect(settled([{ id: 1, unread: 0 }], [{ id: 1, unread: 2 }], still)).toEqual([{ id: 1, unread: 2 }]);
  });

  test("keep the chosen one where the filter does not want it any more", () => {
    expect(settled(rows(1, 2, 3), rows(1, 3), { still: false, kept: 2 })).toEqual(rows(1, 2, 3));
    expect(settled(rows(1, 2, 3), rows(1, 3), { still: false, kept: 3 })).toEqual(rows(1, 3));
  });
});
