import type { TFunction } from "i18next";
import type { Message } from "./stretch";

/** A message in one line. */
export function summaryOf(message: Message, t: TFunction): string {
  if (message.deleted_at) return t("thread:deleted");
  if (message.content) return message.content.replace(/\s+/g, " ");
  return t(`thread:placeholder.${message.type}`, { defaultValue: message.placeholder ?? message.type });
}
