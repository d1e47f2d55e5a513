import { IconMinus, IconPlus } from "@tabler/icons-react";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Order.module.css";
import type { Line } from "./order";
import { readQuantity } from "./typed";

interface Props {
  line: Line;
  /** `seen` is the line as it was when the person began to type. */
  onChange: (quantity: string, seen: Line) => void;
}

/** How much of a line: one more, one less, or typed, with up to three decimals. What is typed is kept while the order changes. */
export function QuantityInput({ line, onChange }: Props) {
  const { t } = useTranslation("order");
  const [typed, setTyped] = useState<{ text: string; seen: Line } | null>(null);
  const value = line.quantity;
  const of = line.title || line.text;
  const read = typed === null ? value : readQuantity(typed.text);

  function step(by: number) {
    const next = Math.round((Number(read ?? value) + by) * 1000) / 1000;
    if (next > 0) onChange(String(next), typed?.seen ?? line);
    setTyped(null);
  }

  function commit() {
    if (typed !== null && read !== null && Number(read) !== Number(typed.seen.quantity)) onChange(read, typed.seen);
    setTyped(null);
  }

  function press(event: KeyboardEvent<HTMLInputElement>) {
    if (event.ctrlKey || event.metaKey) return; // Ctrl+Enter is the order's
    if (event.key === "Enter") commit();
    else if (event.key === "Escape") setTyped(null);
    else if (event.key === "ArrowUp") step(1);
    else if (event.key === "ArrowDown") step(-1);
    else return;
    event.stopPropagation();
    if (event.key.startsWith("Arrow")) event.preventDefault();
  }

  return (
    <span className={classes.stepper}>
      <button
        type="button"
        className={classes.step}
        onClick={() => step(-1)}
        disabled={Number(value) <= 1}
        aria-label={t("line.less", { of })}
        tabIndex={-1}
      >
        <IconMinus size={14} aria-hidden />
      </button>
      <input
        className={classes.figure}
        inputMode="decimal"
        aria-label={t("line.quantityOf", { of })}
        aria-invalid={read === null || undefined}
        data-field="quantity"
        value={typed?.text ?? value}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTyped({ text: event.currentTarget.value, seen: typed?.seen ?? line })}
        onKeyDown={press}
        onBlur={commit}
      />
      <button
        type="button"
        className={classes.step}
        onClick={() => step(1)}
        aria-label={t("line.more", { of })}
        tabIndex={-1}
      >
        <IconPlus size={14} aria-hidden />
      </button>
    </span>
  );
}
