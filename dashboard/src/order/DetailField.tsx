import { Group, UnstyledButton } from "@mantine/core";
import { IconQuote } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useEvidence } from "@/evidence/Evidence";
import { useFormat } from "@/i18n/format";
import { DetailInput } from "./DetailInput";
import { detailEdit } from "./edit";
import { useOrderEditing } from "./editing";
import { usePointing } from "./evidence";
import { Touched } from "./LineHead";
import classes from "./Order.module.css";
import { type DetailName, detailTarget, type Order } from "./order";
import { UnsavedNotes } from "./UnsavedNote";

interface Props {
  name: DetailName;
  canEdit: boolean;
  /** It is being added: its field is open at once. */
  isNew: boolean;
  /** Its field was closed. */
  onDone: () => void;
}

/** A detail of the delivery: shown, and edited in its place. */
export function DetailField({ name, canEdit, isNew, onDone }: Props) {
  const { t } = useTranslation("order");
  const { order, edit } = useOrderEditing();
  const { isPointed, handlers } = usePointing(detailTarget(name));
  const [seen, setSeen] = useState<Order["details"] | null>(isNew ? order.details : null);
  const value = order.details[name];
  const shown = useShown(name, value);
  const label = t(`detail.${name}`);

  function close() {
    setSeen(null);
    onDone();
  }

  function commit(typed: string) {
    close();
    const wanted = typed.trim() || null;
    if (seen && wanted !== seen[name]) edit(detailEdit(seen, { [name]: wanted }));
  }

  return (
    <div className={classes.detail} data-pointed={isPointed || undefined} {...handlers}>
      <span className={classes.label}>{label}</span>
      {seen ? (
        <DetailInput name={name} label={label} first={seen[name] ?? ""} onCommit={commit} onCancel={close} />
      ) : (
        <Row of={name}>
          {canEdit ? (
            <UnstyledButton
              className={classes.value}
              data-empty={!value || undefined}
              data-detail={name}
              aria-label={t("detail.edit", { label, value: shown || t("detail.none") })}
              onClick={() => setSeen(order.details)}
            >
              {shown || t("detail.add", { label: label.toLowerCase() })}
            </UnstyledButton>
          ) : (
            <span className={classes.value}>{shown}</span>
          )}
        </Row>
      )}
      <div className={classes.wide}>
        <UnsavedNotes target={detailTarget(name)} />
      </div>
    </div>
  );
}

function Row({ of, children }: { of: DetailName; children: ReactNode }) {
  const { order } = useOrderEditing();
  return (
    <Group gap={6} wrap="nowrap" align="center" miw={0}>
      <div style={{ flex: 1, minWidth: 0 }}>{children}</div>
      {order.touched_fields.includes(of) ? <Touched /> : <SaidAt name={of} />}
    </Group>
  );
}

/** Goes to where the customer wrote it. */
function SaidAt({ name }: { name: DetailName }) {
  const { t } = useTranslation("order");
  const { order } = useOrderEditing();
  const { bringIntoView } = useEvidence();
  const said = order.details_evidence[name]?.at(-1);
  if (!said) return null;
  return (
    <UnstyledButton
      className={classes.said}
      aria-label={t("detail.showInChat", { label: t(`detail.${name}`) })}
      title={t("line.showInChat")}
      onClick={() => bringIntoView(said.message_id)}
    >
      <IconQuote size={15} aria-hidden />
    </UnstyledButton>
  );
}

function useShown(name: DetailName, value: string | null): string {
  const { t } = useTranslation("order");
  const format = useFormat();
  if (!value) return "";
  if (name === "payment") return t(`payment.${value}`, { defaultValue: value });
  return name === "deliver_on" ? format.date(`${value}T12:00:00`) : value;
}
