import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import classes from "./ProductPicker.module.css";
import type { Hit } from "./queries";
import { StockMark } from "./StockMark";

interface Props {
  id: string;
  hits: readonly Hit[];
  active: number;
  onActive: (index: number) => void;
  onPick: (hit: Hit) => void;
}

const ROW = 46;

/** What a search found: only the rows in sight are drawn. */
export function HitList({ id, hits, active, onActive, onPick }: Props) {
  const { t } = useTranslation("order");
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: hits.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 6,
  });
  useEffect(() => {
    if (active >= 0) virtual.scrollToIndex(active);
  }, [active, virtual]);
  return (
    <div ref={scroller} className={classes.list}>
      <div
        id={id}
        role="listbox"
        tabIndex={-1}
        aria-label={t("picker.found")}
        className={classes.rows}
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map(({ index, start, size }) => {
          const hit = hits[index];
          return hit ? (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the search field above takes the keys
            <div
              key={hit.variant_id}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={classes.row}
              style={{ top: start, height: size }}
              onMouseMove={() => onActive(index)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onPick(hit)}
            >
              <HitRow hit={hit} />
            </div>
          ) : null;
        })}
      </div>
    </div>
  );
}

function HitRow({ hit }: { hit: Hit }) {
  const format = useFormat();
  const options = Object.values(hit.options).map(String).join(" · ");
  return (
    <>
      <span className={classes.name}>
        <div className={classes.title}>{[hit.title, options].filter(Boolean).join(" · ")}</div>
        <div className={classes.sub}>{[hit.sku, hit.brand].filter(Boolean).join(" · ")}</div>
      </span>
      <span className={classes.figures}>
        <div>{format.money(hit.price_minor, hit.currency)}</div>
        <StockMark inStock={hit.in_stock} available={hit.available} />
      </span>
    </>
  );
}
