import type { components } from "./schema";

/** What the service says where it refuses (RFC 9457). */
export type Problem = components["schemas"]["ProblemDetails"];

/** An answer that is no success: `kind` is the last word of the problem's type, like `stale-version`. */
export class ProblemError extends Error {
  readonly status: number;
  readonly kind: string;
  readonly body: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    super(typeof body.detail === "string" ? body.detail : `HTTP ${status}`);
    this.status = status;
    this.kind = typeof body.type === "string" ? (body.type.split(":").at(-1) ?? "") : "";
    this.body = body;
  }
}

/** Raised where the service could not be reached at all. */
export class Unreachable extends Error {}
