import { Badge, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useFormat } from "@/i18n/format";
import classes from "./Customer.module.css";
import type { Customer } from "./queries";
import { Section } from "./Section";

/** Her chats: one for each of the business's numbers that she writes to. */
export function Chats({ customer, shown }: { customer: Customer; shown: number | undefined }) {
  const { t } = useTranslation("customer");
  const format = useFormat();
  const others = customer.conversations.filter((it) => it.id !== shown);
  if (others.length === 0) return null;
  return (
    <Section title={t("chats")} count={others.length}>
      {others.map((it) => (
        <Link key={it.id} to={`/inbox/${it.id}`} className={classes.link}>
          <span className={classes.line}>
            <Text span fz={13} truncate flex={1}>
              {it.last_message ?? t("noMessage")}
            </Text>
            {it.unread_count > 0 && <Badge size="sm">{it.unread_count}</Badge>}
            <Text span fz={12} c="dimmed">
              {format.short(it.last_updated)}
            </Text>
          </span>
        </Link>
      ))}
    </Section>
  );
}
