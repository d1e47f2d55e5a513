import { Alert, Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { targetOf } from "./edit";
import { type Unsaved, useOrderEditing } from "./editing";

/** Beside what it concerns: a change that was not saved, with what the person wanted. She decides. */
export function UnsavedNotes({ target }: { target: string }) {
  const { unsaved } = useOrderEditing();
  return unsaved.filter((it) => targetOf(it.edit) === target).map((it) => <UnsavedNote key={keyOf(it)} of={it} />);
}

function keyOf({ edit }: Unsaved): string {
  return JSON.stringify(edit);
}

function UnsavedNote({ of }: { of: Unsaved }) {
  const { t } = useTranslation("order");
  const { retry, dismiss } = useOrderEditing();
  const wanted = useWanted(of);
  const why = of.refusal ?? (of.by ? t("unsaved.changedBy", { name: of.by }) : t("unsaved.changedByChat"));
  return (
    <Alert color="orange" p={8} mt={6} icon={<IconAlertTriangle size={16} />} role="alert">
      <Text fz={12.5}>
        {why} {wanted && t("unsaved.yours", { wanted })}
      </Text>
      <Group gap={6} mt={6}>
        <Button size="compact-xs" variant="filled" onClick={() => retry(of)}>
          {of.refusal ? t("unsaved.again") : t("unsaved.useMine")}
        </Button>
        <Button size="compact-xs" variant="default" onClick={() => dismiss(of)}>
          {of.refusal ? t("unsaved.forget") : t("unsaved.keepTheirs")}
        </Button>
      </Group>
    </Alert>
  );
}

/** What the person wanted, in words. */
function useWanted({ edit }: Unsaved): string {
  const { t } = useTranslation("order");
  const format = useFormat();
  const { order } = useOrderEditing();
  if (edit.kind === "remove") return t("unsaved.removal");
  if (edit.kind === "restore") return t("unsaved.restoring");
  if (edit.kind === "add") return edit.look.title;
  if (edit.kind === "details")
    return Object.values(edit.change)
      .filter((it) => typeof it === "string")
      .join(", ");
  const { sku, quantity, unit_price_minor } = edit.change;
  const price = unit_price_minor == null ? null : format.money(unit_price_minor, order.currency);
  return [sku, quantity, price].filter((it) => it != null).join(", ");
}
