import { Text } from "@mantine/core";
import { type FocusEvent, type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePresence } from "@/live/LiveProvider";
import { useMayWrite } from "@/session/session";
import { AddLine } from "./AddLine";
import { Details } from "./Details";
import type { Decision } from "./decisions";
import { OrderEditingContext, useEditing } from "./editing";
import { useShownMarks } from "./evidence";
import { History } from "./History";
import { LineCard } from "./LineCard";
import classes from "./Order.module.css";
import { OrderFooter } from "./OrderFooter";
import { OrderHeader } from "./OrderHeader";
import type { Order } from "./order";
import { firstOpenLine } from "./order";
import { RemovedLines } from "./RemovedLines";
import { ToldNote } from "./ToldNote";
import { useDeciding } from "./useDeciding";
import { type SheetKeys, useSheetKeys } from "./useSheetKeys";

interface Props {
  order: Order;
  /** What else stands in the header. */
  header?: ReactNode;
  /** Takes a decision where the sheet is not to make it by itself; the sheet says so where it is not allowed. */
  onDecide?: (order: Order, decision: Decision) => void;
  /** The keys of the review queue work as well as those of the panel. */
  keys?: SheetKeys;
  /** What stands below the sheet's own: the other orders of the chat. */
  children?: ReactNode;
}

/** One order: all that is needed to check it, to change it, and to decide. */
export function OrderSheet({ order: stored, header, onDecide, keys = "panel", children }: Props) {
  const { t } = useTranslation("order");
  const editing = useEditing(stored);
  const { order, isSaving } = editing;
  const panel = useRef<HTMLElement>(null);
  const [isTyping, setTyping] = useState(false);
  const [active, setActive] = useState<number | null>(null);
  const [adding, setAdding] = useState(false);
  const [rejecting, setRejecting] = useState(false);
  const { decide, isBusy, trouble, justConfirmed } = useDeciding(order, onDecide);
  const others = usePresence("order", order.id, isTyping);
  useShownMarks(order);
  const mayWrite = useMayWrite();
  const canEdit = mayWrite && order.status === "draft";
  const activeLine = active ?? firstOpenLine(order)?.id ?? null;

  function showLine(lineId: number) {
    setActive(lineId);
    const line = panel.current?.querySelector<HTMLElement>(`[data-line="${lineId}"]`);
    line?.focus();
  }

  useSheetKeys(keys, {
    panel,
    activeLine,
    canDecide: canEdit,
    confirm: () => decide({ kind: "confirm" }),
    reject: () => setRejecting(true),
    add: () => setAdding(true),
  });

  function press(event: KeyboardEvent) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !canEdit || !isField(event.target)) return;
    event.preventDefault();
    event.target.blur(); // what is typed counts
    decide({ kind: "confirm" });
  }

  return (
    <OrderEditingContext value={editing}>
      <section
        ref={panel}
        className={classes.panel}
        aria-label={t("label", { number: order.number })}
        onFocus={(event: FocusEvent) => setTyping(isField(event.target))}
        onBlur={() => setTyping(false)}
        onKeyDown={press}
      >
        <OrderHeader order={order} others={others} isSaving={isSaving}>
          {header}
        </OrderHeader>
        <div className={classes.scroll}>
          {order.lines.length === 0 && (
            <Text size="sm" c="dimmed" px={14} pt={14}>
              {t("line.noneYet")}
            </Text>
          )}
          <ul className={classes.lines} aria-label={t("line.all")}>
            {order.lines.map((line) => (
              <LineCard
                key={line.id}
                line={line}
                canEdit={canEdit && line.id > 0}
                isActive={line.id === activeLine}
                onActive={setActive}
                obstacles={trouble?.obstacles.filter((it) => it.lineId === line.id).map((it) => it.message) ?? []}
              />
            ))}
          </ul>
          {canEdit && <AddLine opened={adding} onOpened={setAdding} />}
          <RemovedLines canEdit={canEdit} />
          <Details canEdit={mayWrite && (order.status === "draft" || order.status === "confirmed")} />
          <History orderId={order.id} />
          {children}
        </div>
        <OrderFooter
          order={order}
          isBusy={isBusy}
          trouble={trouble}
          rejecting={rejecting}
          onRejecting={setRejecting}
          onDecide={decide}
          onShowLine={showLine}
          told={justConfirmed && <ToldNote order={order} />}
        />
      </section>
    </OrderEditingContext>
  );
}

function isField(target: EventTarget): target is HTMLElement {
  return target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
