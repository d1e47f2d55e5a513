import { Button, Popover } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ProductPicker } from "@/product/ProductPicker";
import { lookOf } from "./choices";
import { useOrderEditing } from "./editing";
import classes from "./Order.module.css";
import { UnsavedNotes } from "./UnsavedNote";

interface Props {
  opened: boolean;
  onOpened: (opened: boolean) => void;
}

/** Puts anything of the catalogue on the order. */
export function AddLine({ opened, onOpened }: Props) {
  const { t } = useTranslation("order");
  const { edit } = useOrderEditing();
  return (
    <div className={classes.add}>
      <Popover
        opened={opened}
        onChange={onOpened}
        width="target"
        position="bottom"
        shadow="md"
        withinPortal
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <Button
            fullWidth
            size="xs"
            variant="default"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => onOpened(!opened)}
          >
            {t("line.add")}
          </Button>
        </Popover.Target>
        <Popover.Dropdown p={0} miw={330}>
          {opened && (
            <ProductPicker
              onCancel={() => onOpened(false)}
              onPick={(hit) => {
                onOpened(false);
                edit({ kind: "add", line: { sku: hit.sku, quantity: "1" }, look: lookOf(hit) });
              }}
            />
          )}
        </Popover.Dropdown>
      </Popover>
      <UnsavedNotes target="order" />
    </div>
  );
}
