import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "@/api/queries";
import { type Edit, removal } from "./edit";
import { useOrderEditing } from "./editing";
import type { Line } from "./order";
import { orderQuery } from "./queries";

const LONG_ENOUGH = 8000; // milliseconds to think again

/** Take a line off, with a way back. */
export function useRemoval(): (line: Line) => void {
  const { t } = useTranslation("order");
  const { order, edit } = useOrderEditing();
  const orderId = order.id;
  return useCallback(
    (line: Line) => {
      edit(removal(line));
      const id = `removed-${line.id}`;
      const undo = () => {
        notifications.hide(id);
        edit(broughtBack(orderId, line));
      };
      notifications.show({
        id,
        autoClose: LONG_ENOUGH,
        message: (
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm">{t("line.removed", { of: line.title || line.text })}</Text>
            <Button size="compact-sm" variant="light" onClick={undo}>
              {t("line.undo")}
            </Button>
          </Group>
        ),
      });
    },
    [edit, orderId, t],
  );
}

/** A line that a reading proposed is brought back as it was; one that a person added is added again. */
function broughtBack(orderId: number, line: Line): Edit {
  const now = queries.getQueryData(orderQuery(orderId).queryKey);
  const isKept = line.origin === "engine" || now?.removed_lines.some((it) => it.id === line.id);
  if (isKept || line.sku === null) return { kind: "restore", lineId: line.id };
  const { sku, quantity, unit_price_minor, title, options, in_stock } = line;
  return {
    kind: "add",
    line: { sku, quantity, unit_price_minor },
    look: { title, options, unit_price_minor, in_stock },
  };
}
