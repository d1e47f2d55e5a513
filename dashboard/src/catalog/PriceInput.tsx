import { NumberInput, type NumberInputProps } from "@mantine/core";
import { fractionDigits } from "./money";

interface Props extends Omit<NumberInputProps, "value" | "onChange"> {
  currency: string;
  /** In minor units; null: no price. */
  value: number | null | undefined;
  onChange: (minor: number | null) => void;
}

/** A price, typed in the currency's units and given in its minor ones. */
export function PriceInput({ currency, value, onChange, ...more }: Props) {
  const digits = fractionDigits(currency);
  return (
    <NumberInput
      {...more}
      hideControls
      min={0}
      max={1e12}
      decimalScale={digits}
      fixedDecimalScale
      thousandSeparator
      thousandsGroupStyle={currency === "INR" ? "lakh" : "thousand"}
      leftSection={<small>{currency}</small>}
      leftSectionWidth={46}
      value={value == null ? "" : value / 10 ** digits}
      onChange={(typed) => onChange(typed === "" ? null : Math.round(Number(typed) * 10 ** digits))}
    />
  );
}
