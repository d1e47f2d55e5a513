import { ActionIcon, CopyButton, Text } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Schema } from "@/api/client";
import { useFormat } from "@/i18n/format";
import classes from "./Customer.module.css";
import type { Customer } from "./queries";
import { Section } from "./Section";

/** Where her orders went, the last used first. */
export function Addresses({ customer }: { customer: Customer }) {
  const { t } = useTranslation("customer");
  if (customer.addresses.length === 0) return null;
  return (
    <Section title={t("addresses")} count={customer.addresses.length}>
      {customer.addresses.map((it) => (
        <Address key={it.order_id} address={it} />
      ))}
    </Section>
  );
}

function Address({ address: it }: { address: Schema<"AddressUsed"> }) {
  const { t } = useTranslation("customer");
  const format = useFormat();
  const rest = [it.city, it.pincode].filter((part) => part && !it.address.includes(part));
  const whole = [it.name, it.address, ...rest, it.phone].filter(Boolean).join(", ");
  return (
    <address className={classes.address}>
      <span>
        {whole}
        <Text span fz={12} c="dimmed" display="block">
          {t("usedAt", { date: format.date(it.used_at) })}
        </Text>
      </span>
      <CopyButton value={whole}>
        {({ copied, copy }) => (
          <ActionIcon variant="subtle" color="gray" size="md" aria-label={t("copyAddress")} onClick={copy}>
            {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
          </ActionIcon>
        )}
      </CopyButton>
    </address>
  );
}
