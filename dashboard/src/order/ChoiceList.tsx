import { Kbd, Text, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { StockMark } from "@/product/StockMark";
import type { Choice } from "./choices";
import classes from "./Order.module.css";

interface Props {
  choices: readonly Choice[];
  chosen: string | null;
  /** Whether the keys work now, and are worth showing. */
  keysWork: boolean;
  onChoose: (choice: Choice) => void;
}

/** What a line may be, one keystroke each. */
export function ChoiceList({ choices, chosen, keysWork, onChoose }: Props) {
  const { t } = useTranslation("order");
  const format = useFormat();
  return (
    <ol aria-label={t("line.choices")} className={classes.choices}>
      {choices.map((choice) => (
        <li key={`${choice.sku} ${choice.itemGroupId}`}>
          <UnstyledButton
            className={classes.choice}
            aria-pressed={choice.sku !== null && choice.sku === chosen}
            aria-keyshortcuts={String(choice.key)}
            onClick={() => onChoose(choice)}
          >
            <Kbd size="xs" opacity={keysWork ? 1 : 0.55}>
              {choice.key}
            </Kbd>
            <Text span size="13px" flex={1} lh={1.3}>
              {choice.title}
              {choice.sku === null && (
                <Text span size="12px" c="dimmed">
                  {" "}
                  {t("line.chooseVariant")}
                </Text>
              )}
            </Text>
            {choice.hit && (
              <Text span size="12px" ta="end">
                {format.money(choice.hit.price_minor, choice.hit.currency)}{" "}
                <StockMark inStock={choice.hit.in_stock} available={choice.hit.available} />
              </Text>
            )}
          </UnstyledButton>
        </li>
      ))}
    </ol>
  );
}
