import { Group, Text, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Hit, siblings } from "@/product/queries";
import { optionValues, variantWith } from "@/product/variants";
import classes from "./Order.module.css";

interface Props {
  itemGroupId: string;
  options: Record<string, unknown>;
  sku: string | null;
  onPick: (hit: Hit) => void;
}

/** The other sizes and colors of a product, each one click away. */
export function VariantChips({ itemGroupId, options, sku, onPick }: Props) {
  const { t } = useTranslation("order");
  const { data: hits = [] } = useQuery(siblings(itemGroupId));
  return optionValues(hits).map(([name, values]) => (
    <Group key={name} gap={4} role="group" aria-label={name}>
      <Text fz={12} c="dimmed" miw={40}>
        {name}
      </Text>
      {values.map((value) => {
        const hit = variantWith(hits, options, name, value);
        const isChosen = String(options[name]) === value;
        return (
          <UnstyledButton
            key={value}
            className={classes.chip}
            aria-pressed={isChosen}
            disabled={!hit}
            data-none={hit?.in_stock != null && Number(hit.in_stock) <= 0 ? true : undefined}
            title={
              hit?.in_stock != null ? t("stock.left", { count: Number(hit.in_stock), left: hit.in_stock }) : undefined
            }
            onClick={() => hit && hit.sku !== sku && onPick(hit)}
          >
            {value}
          </UnstyledButton>
        );
      })}
    </Group>
  ));
}
