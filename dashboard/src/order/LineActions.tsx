import { ActionIcon, Box, Group, Popover } from "@mantine/core";
import { IconReplace, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ProductPicker } from "@/product/ProductPicker";
import type { Hit } from "@/product/queries";
import { pick } from "./choices";
import { useOrderEditing } from "./editing";
import classes from "./Order.module.css";
import type { Line } from "./order";
import { useRemoval } from "./useRemoval";
import { VariantChips } from "./VariantChips";
import { WhyPopover } from "./WhyPopover";

interface Props {
  line: Line;
  canEdit: boolean;
  /** The words with which a product is being looked for; null where none is. */
  picking: string | null;
  onPicking: (words: string | null) => void;
}

/** Take another variant or product, see why, or take the line off. */
export function LineActions({ line, canEdit, picking, onPicking }: Props) {
  const { t } = useTranslation("order");
  const remove = useRemoval();
  const of = line.title || line.text;
  return (
    <Group gap={0} wrap="nowrap">
      {canEdit && <Swap line={line} picking={picking} onPicking={onPicking} />}
      {(line.evidence.length > 0 || line.candidates.length > 0) && <WhyPopover line={line} />}
      {canEdit && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="md"
          className={classes.tool}
          aria-label={t("line.removeOf", { of })}
          title={t("line.remove")}
          onClick={() => remove(line)}
        >
          <IconTrash size={16} />
        </ActionIcon>
      )}
    </Group>
  );
}

function Swap({ line, picking, onPicking }: Omit<Props, "canEdit">) {
  const { t } = useTranslation("order");
  const { edit } = useOrderEditing();

  function take(hit: Hit) {
    onPicking(null);
    edit(pick(line, hit));
  }

  return (
    <Popover
      opened={picking !== null}
      onChange={(opened) => !opened && onPicking(null)}
      width={370}
      position="bottom-end"
      shadow="md"
      withinPortal
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="md"
          className={classes.tool}
          aria-label={t("line.swapOf", { of: line.title || line.text })}
          title={t("line.swap")}
          onClick={() => onPicking(picking === null ? (line.sku ? "" : line.text || line.title) : null)}
        >
          <IconReplace size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        {line.item_group_id && (
          <Box p={10} pb={0}>
            <VariantChips itemGroupId={line.item_group_id} options={line.options} sku={line.sku} onPick={take} />
          </Box>
        )}
        {picking !== null && <ProductPicker words={picking} onCancel={() => onPicking(null)} onPick={take} />}
      </Popover.Dropdown>
    </Popover>
  );
}
