import { describe, expect, test } from "vitest";
import { type Message, renewed, type Stretch, stretchOf, withMessage, withNewer, withOlder } from "./stretch";

const message = (id: number, content = "") => ({ id, content }) as Message;
const newestFirst = (...ids: number[]) => ids.toSorted((a, b) => b - a).map((id) => message(id));
const ids = (stretch: Stretch) => stretch.items.map((it) => it.id);
const open = stretchOf({ items: newestFirst(5, 6, 7), next: "before-5" });

describe("a stretch of a conversation", () => {
  test("has the oldest first", () => {
    expect(ids(open)).toEqual([5, 6, 7]);
  });

  test("grows at both ends, each message once", () => {
    const older = withOlder(open, { items: newestFirst(3, 4, 5), next: null });
    expect(ids(older)).toEqual([3, 4, 5, 6, 7]);
    expect(older.older).toBeNull();
    expect(ids(withNewer(older, { items: newestFirst(7, 8), newer: null }))).toEqual([3, 4, 5, 6, 7, 8]);
  });

  test("keeps what is older than the page that renews it", () => {
    const now = renewed(withOlder(open, { items: newestFirst(3, 4), next: "before-3" }), {
      items: newestFirst(6, 7, 8),
      next: "before-6",
    });
    expect(ids(now)).toEqual([3, 4, 5, 6, 7, 8]);
    expect(now.older).toBe("before-3");
  });

  test("is the page alone where the two do not touch", () => {
    const now = renewed(open, { items: newestFirst(20, 21), next: "before-20" });
    expect(ids(now)).toEqual([20, 21]);
    expect(now.older).toBe("before-20");
  });

  test("takes a message in once, in place of its former self", () => {
    expect(ids(withMessage(open, message(8)))).toEqual([5, 6, 7, 8]);
    expect(withMessage(open, message(6, "new")).items[1]?.content).toBe("new");
    expect(ids(withMessage({ ...open, newer: "after-7" }, message(8)))).toEqual([5, 6, 7]);
  });
});
