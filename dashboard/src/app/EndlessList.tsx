import { Loader, Skeleton } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";
import type { Endless } from "@/api/endless";
import classes from "./EndlessList.module.css";
import { Failure } from "./Failure";

interface Props<Item> {
  of: Endless<Item>;
  label: string;
  rowHeight: number;
  itemKey: (item: Item) => number | string;
  row: (item: Item) => ReactNode;
  /** What to show where the list is empty. */
  empty: ReactNode;
}

const SKELETONS = Array.from({ length: 12 }, (_, number) => number);
const AHEAD = 15; // rows before the end at which the next page is asked for

/** A list of any length: only the rows in sight are drawn, and the next page comes before its end is reached. */
export function EndlessList<Item>({ of, label, rowHeight, itemKey, row, empty }: Props<Item>) {
  const scroller = useRef<HTMLDivElement>(null);
  const items = of.data ?? [];
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => itemKey(items[index] as Item),
    overscan: 8,
  });
  const seen = virtual.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = of;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isFetchNextPageError && last >= items.length - AHEAD) void fetchNextPage();
  }, [hasNextPage, isFetching, isFetchNextPageError, fetchNextPage, last, items.length]);

  if (of.isPending) return <Waiting rowHeight={rowHeight} />;
  if (of.error && !items.length) return <Failure error={of.error} retry={() => void of.refetch()} />;
  if (!items.length) return <div className={classes.scroller}>{empty}</div>;
  return (
    <div ref={scroller} className={classes.scroller} data-stale={of.isPlaceholderData || undefined}>
      <ul className={classes.rows} aria-label={label} style={{ height: virtual.getTotalSize() }}>
        {seen.map((place) => (
          <li key={place.key} className={classes.row} style={{ height: place.size, top: place.start }}>
            {row(items[place.index] as Item)}
          </li>
        ))}
      </ul>
      {of.isFetchingNextPage && <Loader size="sm" m="md" aria-label="…" />}
      {of.isFetchNextPageError && <Failure error={of.error} retry={() => void fetchNextPage()} />}
    </div>
  );
}

function Waiting({ rowHeight }: { rowHeight: number }) {
  return (
    <div className={classes.scroller} aria-busy="true">
      {SKELETONS.map((number) => (
        <Skeleton key={number} height={rowHeight - 16} m={8} width="auto" radius="sm" />
      ))}
    </div>
  );
}
