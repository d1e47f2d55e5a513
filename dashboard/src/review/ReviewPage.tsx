import { Button, SegmentedControl, Text } from "@mantine/core";
import { useHotkeys, useLocalStorage } from "@mantine/hooks";
import { IconArrowBackUp, IconChecklist, IconKeyboard } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { openHelp } from "@/app/Commands";
import { Empty } from "@/app/Empty";
import { Failure } from "@/app/Failure";
import { Page } from "@/app/Page";
import { type Shortcut, useShortcuts } from "@/app/shortcuts";
import { DraftView } from "./DraftView";
import { Progress } from "./Progress";
import { QueueList } from "./QueueList";
import type { ReviewSort } from "./queries";
import { doneCount } from "./queue";
import classes from "./Review.module.css";
import { useReview } from "./useReview";

/** All drafts that wait, one after the other, with the keyboard alone. */
export function Component() {
  const [sort, setSort] = useSort();
  return <Review key={sort} sort={sort} onSort={setSort} />;
}

function Review({ sort, onSort }: { sort: ReviewSort; onSort: (sort: ReviewSort) => void }) {
  const { t } = useTranslation("review");
  const { queue, dispatch, drafts, orders, held, decide, takeBack } = useReview(sort);
  useShortcuts(
    useMemo<Shortcut[]>(
      () => [
        { keys: "J", label: "review:key.next", run: () => dispatch({ type: "moved", by: 1 }) },
        { keys: "K", label: "review:key.previous", run: () => dispatch({ type: "moved", by: -1 }) },
        { keys: "S", label: "review:key.skip", run: () => dispatch({ type: "skipped" }) },
        { keys: "Z", label: "review:key.undo", run: takeBack },
      ],
      [dispatch, takeBack],
    ),
  );
  useHotkeys([
    ["ArrowDown", () => dispatch({ type: "moved", by: 1 })],
    ["ArrowUp", () => dispatch({ type: "moved", by: -1 })],
  ]);
  const done = doneCount(queue);
  return (
    <Page
      title={t("title")}
      fill
      actions={
        <>
          <Progress done={done} total={queue.ids.length} />
          <SegmentedControl
            size="xs"
            aria-label={t("sort.label")}
            value={sort}
            onChange={(value) => onSort(value as ReviewSort)}
            data={[
              { value: "surest", label: t("sort.surest") },
              { value: "oldest", label: t("sort.oldest") },
            ]}
          />
          <Button
            className={classes.keys}
            size="xs"
            variant="default"
            leftSection={<IconKeyboard size={16} aria-hidden />}
            onClick={openHelp}
          >
            {t("keys")}
          </Button>
        </>
      }
    >
      <div className={classes.page}>
        <QueueList queue={queue} orders={orders} onGo={(id) => dispatch({ type: "went", id })} />
        {drafts.error && queue.ids.length === 0 ? (
          <Failure error={drafts.error} retry={() => void drafts.refetch()} />
        ) : queue.current === null ? (
          !drafts.isPending && <Done done={done} />
        ) : (
          <DraftView
            key={queue.current}
            orderId={queue.current}
            trouble={queue.troubles.get(queue.current)}
            onDecide={decide}
            onStep={dispatch}
          />
        )}
      </div>
      {held && (
        <div className={classes.held} role="status">
          <Text size="sm">{t(`held.${held.what.decision.kind}`, { number: held.order.number })}</Text>
          <Button size="compact-sm" variant="white" leftSection={<IconArrowBackUp size={16} />} onClick={takeBack}>
            {t("undo")}
          </Button>
        </div>
      )}
    </Page>
  );
}

function Done({ done }: { done: number }) {
  const { t } = useTranslation("review");
  return (
    <div className={classes.empty}>
      <Empty icon={IconChecklist} title={done > 0 ? t("done.title", { count: done }) : t("empty.title")}>
        {t("empty.text")}
      </Empty>
    </div>
  );
}

/** Which drafts come first: kept in the address, and for the next time. */
function useSort(): [ReviewSort, (sort: ReviewSort) => void] {
  const [params, setParams] = useSearchParams();
  const [kept, keep] = useLocalStorage<ReviewSort>({
    key: "satyasell-review-sort",
    defaultValue: "surest",
    getInitialValueInEffect: false,
  });
  const named = params.get("sort");
  const sort = named === "surest" || named === "oldest" ? named : kept;
  return [
    sort,
    (next) => {
      keep(next);
      setParams({ sort: next }, { replace: true });
    },
  ];
}
