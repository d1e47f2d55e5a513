import { Group, Text, UnstyledButton } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { AddressParts } from "./AddressParts";
import { AskButton } from "./AskButton";
import { DetailField } from "./DetailField";
import { useOrderEditing } from "./editing";
import { KnownAddresses } from "./KnownAddresses";
import classes from "./Order.module.css";
import type { DetailName } from "./order";

const SHOWN: readonly DetailName[] = ["name", "phone", "address", "pincode", "city", "payment", "deliver_on", "note"];

/** Where the order goes, how it is paid, and what else to know. What is not known takes no room. */
export function Details({ canEdit }: { canEdit: boolean }) {
  const { t } = useTranslation("order");
  const { order } = useOrderEditing();
  const [adding, setAdding] = useState<DetailName | null>(null);
  const open = order.questions.filter((it) => it.line_id === null);
  const isShown = (name: DetailName) =>
    Boolean(order.details[name]) || name === adding || (canEdit && name === "address");
  const unknown = canEdit ? SHOWN.filter((name) => !isShown(name)) : [];
  if (!canEdit && !SHOWN.some(isShown)) return null;
  return (
    <section aria-label={t("detail.title")}>
      <h3 className={classes.section}>{t("detail.title")}</h3>
      {SHOWN.filter(isShown).map((name) => (
        <div key={name}>
          <DetailField name={name} canEdit={canEdit} isNew={name === adding} onDone={() => setAdding(null)} />
          {name === "address" && <AddressParts parts={order.details.address_parts} />}
        </div>
      ))}
      {canEdit && <KnownAddresses />}
      {canEdit &&
        open.map((question) => (
          <div key={question.text} className={classes.asked}>
            <Text fz={12.5}>{question.text}</Text>
            <AskButton order={order} question={question} />
          </div>
        ))}
      {unknown.length > 0 && (
        <Group gap={4} px={14} py={6}>
          {unknown.map((name) => (
            <UnstyledButton key={name} className={classes.unknown} onClick={() => setAdding(name)}>
              <IconPlus size={13} aria-hidden /> {t(`detail.${name}`)}
            </UnstyledButton>
          ))}
        </Group>
      )}
    </section>
  );
}
