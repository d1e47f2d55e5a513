import { Text } from "@mantine/core";
import { useFormat } from "@/i18n/format";
import { StockMark } from "@/product/StockMark";
import { lineEdit } from "./edit";
import { useOrderEditing } from "./editing";
import classes from "./Order.module.css";
import type { Line } from "./order";
import { PriceInput } from "./PriceInput";
import { QuantityInput } from "./QuantityInput";

/** How much of it, at what price, and how much there is. */
export function LineFigures({ line, canEdit }: { line: Line; canEdit: boolean }) {
  const { edit } = useOrderEditing();
  const format = useFormat();
  if (!canEdit) {
    return (
      <Text fz={13} c="dimmed">
        {line.quantity} × {format.money(line.unit_price_minor, line.currency)}
      </Text>
    );
  }
  return (
    <div className={classes.pair}>
      <QuantityInput line={line} onChange={(quantity, seen) => edit(lineEdit(seen, { quantity }))} />
      {line.sku !== null && (
        <>
          <span className={classes.times} aria-hidden>
            ×
          </span>
          <PriceInput line={line} onChange={(price, seen) => edit(lineEdit(seen, { unit_price_minor: price }))} />
          <StockMark inStock={line.in_stock} />
        </>
      )}
    </div>
  );
}
