import type { TFunction } from "i18next";
import type { Conversation } from "./queries";

/** What to call the customer of a conversation: her name, else WhatsApp's, else her number. */
export function customerName({ customer, customer_phone }: Conversation, t: TFunction): string {
  return customer.name || customer.profile_name || customer_phone || customer.phone || t("inbox:customer.unknown");
}
