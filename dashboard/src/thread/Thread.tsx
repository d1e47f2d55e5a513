import { Button, Loader, Skeleton } from "@mantine/core";
import { IconArrowDown, IconMessages } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Empty } from "@/app/Empty";
import { Failure } from "@/app/Failure";
import { useMessages } from "./queries";
import { RowView } from "./RowView";
import classes from "./Thread.module.css";
import { type Asked, useThread } from "./useThread";

interface ThreadProps {
  conversationId: number;
  /** How many messages nobody had seen when the conversation was opened; undefined until that is known. */
  unread: number | undefined;
  /** A message to begin with, as a link names it. */
  wanted: number | null;
  customer: string;
}

/** What was written, from the newest message up as far as a person scrolls. */
export function Thread({ unread, ...props }: ThreadProps) {
  const loaded = useMessages(props.conversationId);
  const { data, isError, error, refetch } = loaded.messages;
  if (isError && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data || unread === undefined) return <Skeletons />;
  return <Loaded {...props} unread={unread} stretch={data} loaded={loaded} />;
}

interface LoadedProps extends Asked {
  customer: string;
}

function Loaded({ customer, ...asked }: LoadedProps) {
  const { t } = useTranslation();
  const thread = useThread(asked);
  const { rows, virtual, scroller } = thread;
  if (rows.length === 0) {
    return (
      <div className={classes.frame}>
        <Empty icon={IconMessages} title={t("thread:empty.title")}>
          {t("thread:empty.text")}
        </Empty>
      </div>
    );
  }
  return (
    <div className={classes.frame}>
      <section
        ref={scroller}
        className={classes.scroller}
        aria-label={t("thread:label")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
        tabIndex={0}
        onScroll={thread.onScroll}
      >
        {thread.isLoading && (
          <div className={classes.loading}>
            <Loader size="sm" aria-label={t("thread:loadingOlder")} />
          </div>
        )}
        {thread.loadOlder && (
          <div className={classes.loading}>
            <Button size="compact-sm" variant="default" onClick={thread.loadOlder}>
              {t("thread:olderFailed")}
            </Button>
          </div>
        )}
        <div className={classes.inner} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const row = rows[index];
            return (
              row && (
                <div
                  key={key}
                  ref={virtual.measureElement}
                  data-index={index}
                  className={classes.item}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <RowView row={row} thread={thread} customer={customer} />
                </div>
              )
            );
          })}
        </div>
      </section>
      {!thread.isAtEnd && (
        <Button
          className={classes.toEnd}
          size="compact-md"
          radius="xl"
          variant={thread.missed > 0 ? "filled" : "default"}
          leftSection={<IconArrowDown size={16} />}
          onClick={thread.toEnd}
        >
          {thread.missed > 0 ? t("thread:newBelow", { count: thread.missed }) : t("thread:toEnd")}
        </Button>
      )}
    </div>
  );
}

function Skeletons() {
  return (
    <div className={classes.frame} aria-busy>
      <div className={classes.waiting}>
        {[180, 260, 140, 300, 200].map((width, index) => (
          <Skeleton
            key={width}
            height={40}
            width={width}
            radius="lg"
            style={{ alignSelf: index % 2 ? "end" : "start" }}
          />
        ))}
      </div>
    </div>
  );
}
