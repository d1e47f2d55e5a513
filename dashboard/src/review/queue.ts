/** What became of a draft of the queue; "gone" where it was decided elsewhere. */
export type Outcome = "confirmed" | "rejected" | "gone";

/** The drafts that a person goes through, in the order in which she met them: what is new stands at the end. */
export interface Queue {
  ids: readonly number[];
  outcomes: ReadonlyMap<number, Outcome>;
  skipped: ReadonlySet<number>;
  /** Drafts whose acceptance was refused, and why. */
  troubles: ReadonlyMap<number, string>;
  current: number | null;
}

export const EMPTY: Queue = {
  ids: [],
  outcomes: new Map(),
  skipped: new Set(),
  troubles: new Map(),
  current: null,
};

export type Action =
  | { type: "listed"; ids: readonly number[]; isWhole: boolean }
  | { type: "went"; id: number }
  | { type: "moved"; by: 1 | -1 }
  | { type: "skipped" }
  | { type: "decided"; id: number; outcome: Outcome }
  | { type: "undone"; id: number }
  | { type: "refused"; id: number; why: string };

export function reduced(queue: Queue, action: Action): Queue {
  switch (action.type) {
    case "listed":
      return listed(queue, action);
    case "went":
      return { ...queue, current: action.id };
    case "moved":
      return { ...queue, current: neighbor(queue, action.by) ?? queue.current };
    case "skipped": {
      if (queue.current === null) return queue;
      return onward({ ...queue, skipped: new Set(queue.skipped).add(queue.current) });
    }
    case "decided": {
      const outcomes = new Map(queue.outcomes).set(action.id, action.outcome);
      const next = { ...queue, outcomes, troubles: without(queue.troubles, action.id) };
      return action.id === queue.current ? onward(next) : next;
    }
    case "undone":
      return { ...queue, outcomes: without(queue.outcomes, action.id), current: action.id };
    case "refused": {
      const next = {
        ...queue,
        outcomes: without(queue.outcomes, action.id),
        troubles: new Map(queue.troubles).set(action.id, action.why),
      };
      return next.current === null ? onward(next) : next;
    }
  }
}

export function isWaiting(queue: Queue, id: number): boolean {
  return !queue.outcomes.has(id);
}

export function doneCount(queue: Queue): number {
  return queue.ids.filter((id) => queue.outcomes.has(id)).length;
}

/** The drafts that come next, to have them ready. */
export function upcoming(queue: Queue, most: number): number[] {
  const from = queue.current === null ? 0 : queue.ids.indexOf(queue.current) + 1;
  return queue.ids
    .slice(from)
    .filter((id) => isFresh(queue, id))
    .slice(0, most);
}

/** New drafts join at the end; those that are no drafts any more are gone, but not the one in sight. */
function listed(queue: Queue, { ids, isWhole }: { ids: readonly number[]; isWhole: boolean }): Queue {
  const known = new Set(queue.ids);
  const here = new Set(ids);
  const outcomes = new Map(queue.outcomes);
  for (const id of queue.ids) {
    if (isWhole && !here.has(id) && !outcomes.has(id) && id !== queue.current) outcomes.set(id, "gone");
    if (here.has(id) && outcomes.get(id) === "gone") outcomes.delete(id);
  }
  const next = { ...queue, outcomes, ids: [...queue.ids, ...ids.filter((id) => !known.has(id))] };
  return next.current === null ? onward(next) : next;
}

/** To the next draft that waits: those that were neither skipped nor refused first. */
function onward(queue: Queue): Queue {
  const from = queue.current === null ? 0 : queue.ids.indexOf(queue.current) + 1;
  const after = [...queue.ids.slice(from), ...queue.ids.slice(0, from)];
  const next =
    after.find((id) => isFresh(queue, id)) ?? after.find((id) => isWaiting(queue, id) && id !== queue.current);
  return {
    ...queue,
    current: next ?? (queue.current !== null && isWaiting(queue, queue.current) ? queue.current : null),
  };
}

function isFresh(queue: Queue, id: number): boolean {
  return isWaiting(queue, id) && id !== queue.current && !queue.skipped.has(id) && !queue.troubles.has(id);
}

function neighbor(queue: Queue, by: 1 | -1): number | null {
  const from = queue.current === null ? -1 : queue.ids.indexOf(queue.current);
  for (let index = from + by; index >= 0 && index < queue.ids.length; index += by) {
    const id = queue.ids[index];
    if (id !== undefined && isWaiting(queue, id)) return id;
  }
  return null;
}

function without<Value>(map: ReadonlyMap<number, Value>, id: number): ReadonlyMap<number, Value> {
  const next = new Map(map);
  next.delete(id);
  return next;
}
