import { describe, expect, it } from "vitest";
import { excerpt, type Message } from "./excerpt";

const messages = Array.from({ length: 10 }, (_, index) => ({ id: index + 1 }) as Message);

function shown(evidence: number[]): (number | string)[] {
  return excerpt(messages, new Set(evidence)).map((it) => (it.kind === "gap" ? `${it.count} left out` : it.message.id));
}

describe("the excerpt of a chat", () => {
  it("shows what made the order with its neighbors, and the latest words", () => {
    expect(shown([3])).toEqual(["1 left out", 2, 3, 4, "3 left out", 8, 9, 10]);
  });

  it("leaves nothing out where all of it is close together", () => {
    expect(shown([2, 5, 7])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it("shows the latest words where nothing is evidence", () => {
    expect(shown([])).toEqual(["7 left out", 8, 9, 10]);
  });
});
