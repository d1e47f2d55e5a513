import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { AddressParts } from "./AddressParts";
import { AskButton } from "./AskButton";
import { DetailField } from "./DetailField";
import { useOrderEditing } from "./editing";
import { KnownAddresses } from "./KnownAddresses";
import classes from "./Order.module.css";
import type { DetailName } from "./order";

const SHOWN: readonly DetailName[] = ["name", "phone", "address", "pincode", "city", "payment", "deliver_on", "note"];

/** Where the order goes, how it is paid, and what else to know. */
export function Details({ canEdit }: { canEdit: boolean }) {
  const { t } = useTranslation("order");
  const { order } = useOrderEditing();
  const open = order.questions.filter((it) => it.line_id === null);
  const shown = canEdit ? SHOWN : SHOWN.filter((name) => order.details[name]);
  if (shown.length === 0) return null;
  return (
    <section aria-label={t("detail.title")}>
      <h3 className={classes.section}>{t("detail.title")}</h3>
      {shown.map((name) => (
        <div key={name}>
          <DetailField name={name} canEdit={canEdit} />
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
    </section>
  );
}
