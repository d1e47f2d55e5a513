import { ActionIcon, Avatar, CopyButton, Group, Switch, Text, TextInput, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy, IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useFormat } from "@/i18n/format";
import classes from "./Customer.module.css";
import { type Customer, useMarketingStop, useRename } from "./queries";

/** Her name and number, and what she came to. */
export function Profile({ customer }: { customer: Customer }) {
  const { t } = useTranslation("customer");
  const format = useFormat();
  const spent = customer.spent.map((it) => format.money(it.amount_minor, it.currency)).join(" + ");
  return (
    <div className={classes.profile}>
      <Group wrap="nowrap" gap={12} align="flex-start">
        <Avatar size={46} color="initials" name={customer.name ?? customer.profile_name ?? "?"} alt="" />
        <div style={{ flex: 1, minWidth: 0 }}>
          <Name customer={customer} />
          {customer.profile_name && customer.name && customer.profile_name !== customer.name && (
            <Text fz={12.5} c="dimmed">
              {t("onWhatsApp", { name: customer.profile_name })}
            </Text>
          )}
          <Phone phone={customer.phone ?? customer.username} />
        </div>
      </Group>
      <dl className={classes.figures}>
        <Figure label={t("orders")} value={format.number(customer.order_count)} />
        <Figure label={t("spent")} value={spent || format.money(0)} />
        <Figure label={t("lastOrder")} value={customer.last_order_at ? format.short(customer.last_order_at) : "–"} />
        <Figure label={t("since")} value={format.date(customer.created_at)} />
      </dl>
      <Marketing customer={customer} />
      {customer.perhaps_same_as.map((id) => (
        <Text key={id} fz={12.5} component={Link} to={`/customers/${id}`} c="orange">
          {t("perhapsSame")}
        </Text>
      ))}
    </div>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Name({ customer }: { customer: Customer }) {
  const { t } = useTranslation("customer");
  const rename = useRename(customer.id);
  const [typed, setTyped] = useState<string | null>(null);
  const name = customer.name ?? customer.profile_name;

  function keep() {
    const wanted = typed?.trim() || null;
    setTyped(null);
    if (typed !== null && wanted !== customer.name) rename.mutate(wanted);
  }

  if (typed !== null) {
    return (
      <TextInput
        size="xs"
        autoFocus
        aria-label={t("name")}
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === "Enter") keep();
          if (event.key === "Escape") setTyped(null);
        }}
      />
    );
  }
  return (
    <Group gap={4} wrap="nowrap">
      <Text component="h2" fw={650} fz={16} m={0} lineClamp={2}>
        {name ?? t("noName")}
      </Text>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="md"
        aria-label={t("rename")}
        onClick={() => setTyped(customer.name ?? customer.profile_name ?? "")}
      >
        <IconPencil size={15} />
      </ActionIcon>
    </Group>
  );
}

function Phone({ phone }: { phone: string | null }) {
  const { t } = useTranslation("customer");
  if (!phone) return <Text fz={13}>{t("hidesNumber")}</Text>;
  return (
    <Group gap={4} wrap="nowrap">
      <Text fz={13}>{phone}</Text>
      <CopyButton value={phone} timeout={2000}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t("copied") : t("copy")}>
            <ActionIcon variant="subtle" color="gray" size="md" aria-label={t("copy")} onClick={copy}>
              {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}

/** Whether she may get marketing messages: as she told WhatsApp, or the team. */
function Marketing({ customer }: { customer: Customer }) {
  const { t } = useTranslation("customer");
  const format = useFormat();
  const stop = useMarketingStop(customer.id);
  const since = customer.marketing_stopped_at;
  return (
    <Switch
      size="sm"
      checked={since === null}
      onChange={(event) => stop.mutate(!event.currentTarget.checked)}
      label={since === null ? t("marketing.wanted") : t("marketing.stopped", { date: format.date(since) })}
    />
  );
}
