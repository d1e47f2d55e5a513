import { answer, type Schema, service } from "@/api/client";
import { useEndless } from "@/api/endless";
import { startOfDay } from "./day";

export type Entry = Schema<"AuditEntryOut">;

/** Which entries are to be shown; days are the business's, and counted whole. */
export interface AuditFilter {
  userId: number | null;
  /** How the action's name begins: "order". */
  kind: string | null;
  from: string;
  to: string;
}

export function useEntries({ userId, kind, from, to }: AuditFilter, timeZone: string) {
  return useEndless(["audit", "list", { userId, kind, from, to }], (cursor) =>
    answer(
      service.GET("/audit-entries", {
        params: {
          query: {
            cursor,
            limit: 100,
            ...(userId === null ? {} : { user_id: userId }),
            ...(kind === null ? {} : { action: `${kind}.` }),
            ...(from ? { since: startOfDay(from, timeZone).toISOString() } : {}),
            ...(to ? { until: startOfDay(to, timeZone, 1).toISOString() } : {}),
          },
        },
      }),
    ),
  );
}
