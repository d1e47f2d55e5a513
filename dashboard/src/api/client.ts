import createClient from "openapi-fetch";
import { ProblemError, Unreachable } from "./problem";
import type { components, paths } from "./schema";

/** The service's own names for what it sends and takes: `Schema<"OrderDetail">`. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

/** The service, typed by its OpenAPI description. The session's cookie goes with every request. */
export const service = createClient<paths>({
  baseUrl: "",
  credentials: "same-origin",
  fetch: async (request) => {
    try {
      return await fetch(request);
    } catch (error) {
      if (request.signal.aborted) throw error;
      throw new Unreachable();
    }
  },
});

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** What the service answered; throws a ProblemError where it refused. */
export async function answer<Data>(asked: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await asked;
  if (!response.ok) throw new ProblemError(response.status, isRecord(error) ? error : {});
  return data as Data;
}

/** Headers of a change to something with a version: it is refused where the thing has changed since. */
export function ifMatch(version: number): { "if-match": string } {
  return { "if-match": `"${version}"` };
}

/** A key under which an acting request may be sent again and still acts once. */
export function idempotencyKey(): { "idempotency-key": string } {
  return { "idempotency-key": crypto.randomUUID() };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
