import i18next from "i18next";
import { ProblemError } from "@/api/problem";

/** What the service says of single fields, by field ("admin.email"); empty where it says nothing of any. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ProblemError) || !Array.isArray(error.body.errors)) return {};
  return Object.fromEntries(error.body.errors.filter(isFieldError).map((it) => [plain(it.field), words(it.detail)]));
}

function plain(field: string): string {
  return field.replace(/^(body|query|path)\./, "");
}

/** A pattern says nothing to people. */
function words(detail: string): string {
  return detail.startsWith("String should match pattern") ? i18next.t("form:notSoWritten") : detail;
}

function isFieldError(value: unknown): value is { field: string; detail: string } {
  return typeof value === "object" && value !== null && "field" in value && "detail" in value;
}
