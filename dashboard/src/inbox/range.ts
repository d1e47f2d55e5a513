/** What the list is ordered by: the newest activity first, then the higher id. */
export interface Place {
  id: number;
  last_updated: string;
}

/** One answer of the service: the rows that follow `after` (null: from the top), and where the next ones begin. */
export interface Answered<Row extends Place> {
  after: Place | null;
  items: readonly Row[];
  next: string | null;
}

/** The rows that are known, and the cursors that they were asked for with, each with the row it stands behind. */
export interface Rows<Row extends Place> {
  items: readonly Row[];
  next: string | null;
  starts: readonly { cursor: string | null; after: Place | null }[];
}

export function isBefore(a: Place, b: Place): boolean {
  const [one, other] = [moment(a.last_updated), moment(b.last_updated)];
  return one === other ? a.id > b.id : one > other;
}

export function firstRows<Row extends Place>(answered: Answered<Row>): Rows<Row> {
  return { items: answered.items, next: answered.next, starts: [{ cursor: null, after: null }] };
}

/** The rows with those that follow the last one. */
export function extended<Row extends Place>(rows: Rows<Row>, answered: Answered<Row>): Rows<Row> {
  const known = new Set(rows.items.map((row) => row.id));
  return {
    items: [...rows.items, ...answered.items.filter((row) => !known.has(row.id))],
    next: answered.next,
    starts: [...rows.starts, { cursor: rows.next, after: answered.after }],
  };
}

/**
 * The rows with a stretch of them answered anew: inside of the stretch only what was answered stays, outside of it
 * everything does, except rows that have moved into it.
 */
export function renewed<Row extends Place>(rows: Rows<Row>, answered: Answered<Row>): Rows<Row> {
  const ids = new Set(answered.items.map((row) => row.id));
  const last = answered.next === null ? null : (answered.items.at(-1) ?? null);
  const outside = rows.items.filter(
    (row) =>
      !ids.has(row.id) &&
      ((answered.after !== null && !isBefore(answered.after, row)) || (last !== null && isBefore(last, row))),
  );
  const items = [...outside, ...answered.items].sort((a, b) => (isBefore(a, b) ? -1 : 1));
  return { ...rows, items, next: answered.next === null ? null : rows.next };
}

/** Moments as text of one length: microseconds count, and are not always written. */
function moment(iso: string): string {
  const [seconds = "", fraction = ""] = iso.replace("Z", "").split(".");
  return `${seconds}.${fraction.padEnd(6, "0")}`;
}
