import { Skeleton, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Schema } from "@/api/client";
import { Failure } from "@/app/Failure";
import { useFormat } from "@/i18n/format";
import classes from "./Order.module.css";
import { orderHistory } from "./queries";

/** Who did what to this order, the newest first. */
export function History({ orderId }: { orderId: number }) {
  const { t } = useTranslation("order");
  const [opened, { toggle }] = useDisclosure(false);
  return (
    <div>
      <UnstyledButton className={classes.fold} onClick={toggle} aria-expanded={opened}>
        {opened ? <IconChevronDown size={15} aria-hidden /> : <IconChevronRight size={15} aria-hidden />}
        {t("history.title")}
      </UnstyledButton>
      {opened && <Entries orderId={orderId} />}
    </div>
  );
}

function Entries({ orderId }: { orderId: number }) {
  const { t } = useTranslation("order");
  const history = useQuery(orderHistory(orderId));
  if (history.error) return <Failure error={history.error} retry={() => void history.refetch()} />;
  if (!history.data) return <Skeleton height={60} m={14} />;
  return (
    <ol className={classes.lines} aria-label={t("history.title")}>
      {history.data.items.map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
    </ol>
  );
}

function Entry({ entry }: { entry: Schema<"AuditEntryOut"> }) {
  const { t } = useTranslation("order");
  const format = useFormat();
  const action = entry.action.replace("order.", "");
  const { sku, quantity, fields, reason } = entry.data as Record<string, unknown>;
  const labels = Array.isArray(fields) ? fields.map((name) => t(`detail.${name}`, { defaultValue: String(name) })) : [];
  const about = [quantity && `${quantity} ×`, sku, labels.join(", "), reason].filter(Boolean).join(" ");
  return (
    <li className={classes.entry}>
      <time dateTime={entry.created_at}>{format.dateTime(entry.created_at)}</time>
      <span>
        <b>{entry.user_name ?? t("history.reading")}</b> {t(`history.action.${action}`, { defaultValue: action })}
        {about && ` · ${about}`}
      </span>
    </li>
  );
}
