import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import classes from "./Order.module.css";
import type { Line } from "./order";
import { decimalsOf, readPrice } from "./typed";

interface Props {
  line: Line;
  /** `seen` is the line as it was when the person began to type. */
  onChange: (priceMinor: number, seen: Line) => void;
}

/** The price of one; as money until a person types another. */
export function PriceInput({ line, onChange }: Props) {
  const { t } = useTranslation("order");
  const format = useFormat();
  const [typed, setTyped] = useState<{ text: string; seen: Line } | null>(null);
  const { currency, unit_price_minor: value } = line;
  const decimals = decimalsOf(currency);
  const read = typed === null ? value : readPrice(typed.text, decimals);
  const plain = value === null ? "" : String(value / 10 ** decimals);

  function commit() {
    if (typed !== null && read !== null && read !== typed.seen.unit_price_minor) onChange(read, typed.seen);
    setTyped(null);
  }

  function press(event: KeyboardEvent<HTMLInputElement>) {
    if (event.ctrlKey || event.metaKey) return; // Ctrl+Enter is the order's
    if (event.key === "Enter") event.currentTarget.blur();
    else if (event.key === "Escape") setTyped(null);
    else return;
    event.stopPropagation();
  }

  return (
    <input
      className={classes.price}
      inputMode="decimal"
      aria-label={t("line.priceOf", { of: line.title || line.text })}
      aria-invalid={(typed !== null && typed.text !== "" && read === null) || undefined}
      placeholder={t("line.noPrice")}
      value={typed?.text ?? (value === null ? "" : format.money(value, currency))}
      onFocus={(event) => {
        setTyped({ text: plain, seen: line });
        const field = event.currentTarget;
        requestAnimationFrame(() => field.select());
      }}
      onChange={(event) => setTyped({ text: event.currentTarget.value, seen: typed?.seen ?? line })}
      onKeyDown={press}
      onBlur={commit}
    />
  );
}
