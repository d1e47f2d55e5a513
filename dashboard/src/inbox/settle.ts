/**
 * The rows as they are shown. While a person reads further down (`still`), they keep their order, whatever becomes
 * active meanwhile, and new ones wait above; rows further down are added. The chosen one (`kept`) never vanishes from
 * under the person's eyes, also where the filter does not want it any more.
 */
export function settled<Row extends { id: number }>(
  before: readonly Row[],
  now: readonly Row[],
  { still, kept }: { still: boolean; kept: number | null },
): readonly Row[] {
  if (still && before.length > 0) return inPlace(before, now);
  const at = before.findIndex((row) => row.id === kept);
  const chosen = before[at];
  if (!chosen || now.some((row) => row.id === kept)) return now;
  return [...now.slice(0, at), chosen, ...now.slice(at)];
}

function inPlace<Row extends { id: number }>(before: readonly Row[], now: readonly Row[]): readonly Row[] {
  const fresh = new Map(now.map((row) => [row.id, row]));
  const known = new Set(before.map((row) => row.id));
  const end = now.findLastIndex((row) => known.has(row.id));
  return [...before.map((row) => fresh.get(row.id) ?? row), ...now.slice(end + 1)];
}

/** Whether rows wait to be shown in their new order. */
export function isWaiting(shown: readonly { id: number }[], now: readonly { id: number }[]): boolean {
  return now.some((row, index) => shown[index]?.id !== row.id) && now.length > 0;
}
