import { Kbd, Text, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { StockMark } from "@/product/StockMark";
import { type Choice, nearCount } from "./choices";
import classes from "./Order.module.css";
import type { Line } from "./order";

const AT_LEAST = 4; // choices of a line that is decided

interface Props {
  line: Line;
  choices: readonly Choice[];
  /** Whether the keys work now, and are worth showing. */
  keysWork: boolean;
  onChoose: (choice: Choice) => void;
}

/** What a line may be, one keystroke each; what fits much worse is folded. */
export function ChoiceList({ line, choices, keysWork, onChoose }: Props) {
  const { t } = useTranslation("order");
  const [showsAll, setShowsAll] = useState(false);
  const near = Math.max(nearCount(choices), line.sku === null ? 1 : AT_LEAST);
  const shown = showsAll ? choices : choices.slice(0, near);
  return (
    <>
      <ol aria-label={t("line.choices")} className={classes.choices}>
        {shown.map((choice) => (
          <li key={`${choice.sku} ${choice.itemGroupId}`}>
            <UnstyledButton
              className={classes.choice}
              aria-pressed={choice.sku !== null && choice.sku === line.sku}
              aria-keyshortcuts={String(choice.key)}
              onClick={() => onChoose(choice)}
            >
              <Kbd size="xs" opacity={keysWork ? 1 : 0.55}>
                {choice.key}
              </Kbd>
              <Title choice={choice} line={line} />
              <Figures choice={choice} />
            </UnstyledButton>
          </li>
        ))}
      </ol>
      {near < choices.length && !showsAll && (
        <UnstyledButton className={classes.more} onClick={() => setShowsAll(true)}>
          {t("line.moreChoices", { count: choices.length - near })}
        </UnstyledButton>
      )}
    </>
  );
}

/** What was left open stands first. */
function Title({ choice, line }: { choice: Choice; line: Line }) {
  const { t } = useTranslation("order");
  const options = choice.hit?.options ?? {};
  const open = line.missing.map((name) => options[name]).filter(Boolean);
  const others = Object.entries(options).filter(([name]) => !line.missing.includes(name));
  return (
    <Text span fz={13} flex={1} lh={1.35}>
      {open.length > 0 && <b>{open.join(" ")} · </b>}
      {choice.hit ? [choice.hit.title, ...others.map(([, value]) => value)].join(" · ") : choice.title}
      {choice.sku === null && (
        <Text span fz={12} c="dimmed">
          {" "}
          {t("line.chooseVariant")}
        </Text>
      )}
    </Text>
  );
}

function Figures({ choice: { hit } }: { choice: Choice }) {
  const format = useFormat();
  if (!hit) return null;
  return (
    <Text span fz={12} ta="end">
      {format.money(hit.price_minor, hit.currency)} <StockMark inStock={hit.in_stock} available={hit.available} />
    </Text>
  );
}
