import { describe, expect, it } from "vitest";
import { type Action, doneCount, EMPTY, type Queue, reduced, upcoming } from "./queue";

function queueAfter(...actions: Action[]): Queue {
  return actions.reduce(reduced, EMPTY);
}

const listed = (...ids: number[]): Action => ({ type: "listed", ids, isWhole: true });
const confirmed = (id: number): Action => ({ type: "decided", id, outcome: "confirmed" });

describe("the review queue", () => {
  it("begins with the first draft", () => {
    expect(queueAfter(listed(5, 6, 7)).current).toBe(5);
  });

  it("moves on by itself after a decision", () => {
    const queue = queueAfter(listed(5, 6, 7), confirmed(5));
    expect([queue.current, doneCount(queue)]).toEqual([6, 1]);
  });

  it("puts new drafts at the end and keeps the one in sight", () => {
    const queue = queueAfter(listed(5, 6), { type: "went", id: 6 }, listed(9, 5, 6));
    expect([queue.current, queue.ids]).toEqual([6, [5, 6, 9]]);
  });

  it("goes on past a draft that a colleague decided, but never takes the one in sight away", () => {
    const queue = queueAfter(listed(5, 6, 7), listed(7));
    expect([queue.current, queue.outcomes.get(6), queue.outcomes.get(5)]).toEqual([5, "gone", undefined]);
    expect(reduced(queue, confirmed(5)).current).toBe(7);
  });

  it("does not take drafts for decided that are on a page which was not asked for", () => {
    const queue = queueAfter(listed(5, 6, 7), { type: "listed", ids: [5], isWhole: false });
    expect(queue.outcomes.size).toBe(0);
  });

  it("comes back to what was skipped or refused when nothing else waits", () => {
    const skipped = queueAfter(listed(5, 6), { type: "skipped" }, confirmed(6));
    expect(skipped.current).toBe(5);
    const refused = queueAfter(listed(5, 6), confirmed(5), { type: "refused", id: 5, why: "short" }, confirmed(6));
    expect([refused.current, refused.troubles.get(5)]).toEqual([5, "short"]);
  });

  it("goes back to what was undone", () => {
    const queue = queueAfter(listed(5, 6), confirmed(5), { type: "undone", id: 5 });
    expect([queue.current, doneCount(queue)]).toEqual([5, 0]);
  });

  it("is at its end when all is decided", () => {
    expect(queueAfter(listed(5), confirmed(5)).current).toBeNull();
  });

  it("opens again when a draft arrives after its end", () => {
    expect(queueAfter(listed(5), confirmed(5), listed(8)).current).toBe(8);
  });

  it("tells which drafts come next", () => {
    expect(upcoming(queueAfter(listed(5, 6, 7, 8), confirmed(7)), 2)).toEqual([6, 8]);
  });
});
