import { notifications } from "@mantine/notifications";
import i18next from "i18next";
import { ProblemError, Unreachable } from "@/api/problem";

/** Tell what went wrong, in the service's own words where it answered. */
export function tellError(error: unknown): void {
  notifications.show({ color: "red", title: i18next.t("error.title"), message: explain(error), autoClose: 8000 });
}

export function tell(message: string): void {
  notifications.show({ message, autoClose: 4000 });
}

export function explain(error: unknown): string {
  if (error instanceof Unreachable) return i18next.t("error.unreachable");
  if (error instanceof ProblemError && error.status === 403) return i18next.t("error.forbidden");
  return error instanceof Error ? error.message : String(error);
}
