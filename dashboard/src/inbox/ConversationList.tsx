import { Button, Skeleton, Text, Title } from "@mantine/core";
import { IconArrowUp, IconInbox, IconSearchOff } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { Empty } from "@/app/Empty";
import { Failure } from "@/app/Failure";
import classes from "./ConversationList.module.css";
import { ConversationRow } from "./ConversationRow";
import { FilterBar } from "./FilterBar";
import { type InboxFilter, useInboxFilter } from "./filters";
import { type Conversation, useInboxRows } from "./queries";
import { SearchBox } from "./SearchBox";
import { isWaiting, settled } from "./settle";
import { useListKeys } from "./useListKeys";
import { useNow } from "./window";

const ROW_HEIGHT = 76;
const AHEAD = 15; // rows before the end at which the next ones are asked for
const NONE: readonly Conversation[] = [];

/** The conversations, the last active first, as far down as a person scrolls. */
export function ConversationList({ chosenId }: { chosenId: number | null }) {
  const { t } = useTranslation();
  const [filter, change] = useInboxFilter();
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  return (
    <section className={classes.column} aria-label={t("inbox:list.label")}>
      <header className={classes.head}>
        <div className={classes.title}>
          <Title order={1} size="h4">
            {t("inbox:title")}
          </Title>
        </div>
        <SearchBox
          box={search}
          words={filter.words}
          onSearch={(words) => change({ words })}
          onLeave={() => list.current?.querySelector<HTMLElement>("[data-conversation]")?.focus()}
        />
        <FilterBar filter={filter} onChange={change} />
      </header>
      <ListBody
        key={`${filter.tab} ${filter.channelId}`}
        {...{ filter, chosenId, list }}
        focusSearch={() => search.current?.focus()}
        clear={() => change({ tab: "all", words: "", channelId: null })}
      />
    </section>
  );
}

interface BodyProps {
  filter: InboxFilter;
  chosenId: number | null;
  list: RefObject<HTMLDivElement | null>;
  focusSearch: () => void;
  clear: () => void;
}

function ListBody({ filter, chosenId, list, focusSearch, clear }: BodyProps) {
  const { t } = useTranslation();
  const inView = useRef(0);
  const { rows, more } = useInboxRows(filter, inView);
  const [atTop, setAtTop] = useState(true);
  const items = rows.data?.items ?? NONE;
  const shown = useSettled(items, filter.words, atTop, filter.words ? null : chosenId);
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => list.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => shown[index]?.id ?? index,
    overscan: 8,
  });
  const visible = virtual.getVirtualItems();
  inView.current = virtual.range?.startIndex ?? 0;
  const reachesEnd = (visible.at(-1)?.index ?? 0) >= shown.length - AHEAD;
  const { mutate: loadMore, isIdle, isSuccess } = more;
  useEffect(() => {
    if (reachesEnd && rows.data?.next && (isIdle || isSuccess)) loadMore();
  }, [reachesEnd, rows.data?.next, isIdle, isSuccess, loadMore]);
  const { cursor, onKeyDown } = useListKeys({
    rows: shown,
    chosenId,
    list,
    focusSearch,
    reveal: (index) => virtual.scrollToIndex(index),
  });
  const now = useNow();
  const { search } = useLocation();
  const carried = useMemo(() => withoutPanel(search), [search]);
  if (rows.isPending) return <Skeletons />;
  if (rows.isError && !rows.data) return <Failure error={rows.error} retry={() => void rows.refetch()} />;
  if (shown.length === 0) return <Nothing filter={filter} clear={clear} />;
  return (
    <div className={classes.body}>
      {!atTop && isWaiting(shown, items) && (
        <Button
          className={classes.pill}
          size="compact-sm"
          radius="xl"
          leftSection={<IconArrowUp size={14} />}
          onClick={() => list.current?.scrollTo({ top: 0 })}
        >
          {t("inbox:list.newActivity")}
        </Button>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: ul and li cannot be placed by a virtual list */}
      <div
        ref={list}
        className={classes.scroller}
        role="list"
        aria-busy={rows.isPlaceholderData}
        onKeyDown={onKeyDown}
        onScroll={(event) => setAtTop(event.currentTarget.scrollTop < ROW_HEIGHT / 2)}
      >
        <div style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {visible.map(({ index, start, key }) => {
            const conversation = shown[index];
            if (!conversation) return null;
            return (
              // biome-ignore lint/a11y/useSemanticElements: as above
              <div key={key} role="listitem" className={classes.item} style={{ transform: `translateY(${start}px)` }}>
                <ConversationRow
                  conversation={conversation}
                  search={carried}
                  chosen={conversation.id === chosenId}
                  reachable={conversation.id === cursor}
                  now={now}
                />
              </div>
            );
          })}
        </div>
        {more.isError && <Failure error={more.error} retry={() => more.mutate()} />}
      </div>
    </div>
  );
}

/** The rows in the order in which a person left them. */
function useSettled(items: readonly Conversation[], words: string, atTop: boolean, kept: number | null) {
  const before = useRef({ words, rows: items });
  const known = before.current.words === words ? before.current.rows : NONE;
  const rows = settled(known, items, { still: !atTop, kept });
  before.current = { words, rows };
  return rows;
}

function withoutPanel(search: string): string {
  const params = new URLSearchParams(search);
  params.delete("panel");
  params.delete("message");
  return params.toString();
}

function Skeletons() {
  return (
    <div className={classes.scroller} aria-busy>
      {Array.from({ length: 9 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <div key={index} className={classes.skeleton}>
          <Skeleton circle height={36} />
          <div style={{ flex: 1 }}>
            <Skeleton height={12} width="55%" mt={6} />
            <Skeleton height={10} mt={12} />
          </div>
        </div>
      ))}
    </div>
  );
}

function Nothing({ filter, clear }: { filter: InboxFilter; clear: () => void }) {
  const { t } = useTranslation();
  if (filter.words || filter.tab !== "all" || filter.channelId) {
    return (
      <Empty icon={IconSearchOff} title={t(filter.words ? "inbox:empty.search" : `inbox:empty.${filter.tab}`)}>
        <Button variant="light" onClick={clear}>
          {t("inbox:empty.showAll")}
        </Button>
      </Empty>
    );
  }
  return (
    <Empty icon={IconInbox} title={t("inbox:empty.title")}>
      <Text c="dimmed">{t("inbox:empty.text")}</Text>
      <Button component={Link} to="/guide" variant="light">
        {t("inbox:empty.guide")}
      </Button>
    </Empty>
  );
}
