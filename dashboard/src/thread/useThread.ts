import { useQuery } from "@tanstack/react-query";
import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { replyTo } from "@/composer/drafts";
import { arrived, keyOf, usePendings } from "@/composer/outbox";
import { useEvidence } from "@/evidence/Evidence";
import { useFormat } from "@/i18n/format";
import { team } from "@/inbox/queries";
import { useUser } from "@/session/session";
import { notes as notesOf, type useMessages } from "./queries";
import { firstUnread, type Row, rowsOf, twinsOf } from "./rows";
import type { Message, Stretch } from "./stretch";

const NEAR = 80; // pixels from the end that still count as its end
const FAR = 1500; // pixels that are not worth to be watched passing by
const AHEAD = 8; // rows before an end at which more are asked for
const SHOWN_FOR = 2200; // milliseconds for which a message that was gone to is marked
const NONE: readonly never[] = [];

export interface Asked {
  conversationId: number;
  /** How many messages nobody had seen when the conversation was opened. */
  unread: number;
  wanted: number | null;
  stretch: Stretch;
  loaded: ReturnType<typeof useMessages>;
}

export interface ThreadView {
  rows: readonly Row[];
  known: ReadonlyMap<number, Message>;
  virtual: Virtualizer<HTMLElement, HTMLDivElement>;
  scroller: RefObject<HTMLElement | null>;
  onScroll: () => void;
  isAtEnd: boolean;
  isLoading: boolean;
  /** Tries anew for older messages that did not come; null where none failed. */
  loadOlder: (() => void) | null;
  /** How many messages came while a person was reading further up. */
  missed: number;
  me: number;
  nameOf: (userId: number | null) => string | null;
  /** The message that was just gone to. */
  shownId: number | null;
  goTo: (messageId: number) => void;
  toEnd: () => void;
  reply: (message: Message) => void;
}

/** All that the thread shows, and what moves it. */
export function useThread({ conversationId, unread, wanted, stretch, loaded }: Asked): ThreadView {
  const me = useUser().id;
  const { older, newer, around, newest } = loaded;
  const known = useMemo(() => new Map(stretch.items.map((it) => [it.id, it])), [stretch.items]);
  const rows = useRows(conversationId, stretch, unread, me);
  const scroller = useRef<HTMLElement>(null);
  const virtual = useVirtualizer<HTMLElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === "message" ? 62 : 40),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 12,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: NEAR,
    paddingEnd: 10,
  });
  const place = usePlaceInThread({ virtual, rows, stretch });
  const { goTo, shownId } = useGoTo({ rows, virtual, load: around.mutate });
  useWanted(wanted, goTo);
  useMore(virtual, rows.length, {
    older: stretch?.older && !older.isPending && !older.isError && place.isPlaced ? older.mutate : null,
    newer: stretch?.newer && !newer.isPending && !newer.isError ? newer.mutate : null,
  });
  const isPast = stretch.newer !== null;
  const toEnd = useCallback(() => {
    if (isPast) newest.mutate(undefined, { onSuccess: () => requestAnimationFrame(() => virtual.scrollToEnd()) });
    else virtual.scrollToEnd({ behavior: virtual.getDistanceFromEnd() < FAR ? "smooth" : "auto" });
  }, [isPast, newest.mutate, virtual]);
  const { data: people } = useQuery(team);
  return {
    rows,
    known,
    virtual,
    scroller,
    onScroll: place.onScroll,
    isAtEnd: place.isAtEnd && !isPast,
    loadOlder: older.isError ? older.mutate : null,
    isLoading: older.isPending || around.isPending || newest.isPending,
    missed: place.missed,
    me,
    nameOf: useCallback((id) => people?.find((it) => it.id === id)?.name ?? null, [people]),
    shownId,
    goTo,
    toEnd,
    reply: useCallback((message) => replyTo(conversationId, message.id), [conversationId]),
  };
}

function useRows(conversationId: number, stretch: Stretch, unread: number, me: number): Row[] {
  const { dayKey } = useFormat();
  const { data: notes = NONE } = useQuery(notesOf(conversationId));
  const pendings = usePendings(conversationId);
  const [newest] = useState(() => stretch.items.at(-1)?.id ?? 0);
  useEffect(() => {
    for (const [key, message] of twinsOf(pendings, stretch.items, me)) arrived(key, message.id);
  }, [pendings, stretch.items, me]);
  return useMemo(
    () =>
      rowsOf({
        messages: stretch.items,
        notes,
        pendings,
        hasOlder: stretch.older !== null,
        isCurrent: stretch.newer === null,
        firstUnread: firstUnread(stretch.items, unread, newest),
        me,
        dayKey,
        keyOf,
      }),
    [stretch, notes, pendings, unread, newest, me, dayKey],
  );
}

interface Moved {
  virtual: ThreadView["virtual"];
  rows: readonly Row[];
  stretch: Stretch;
}

/** Begins at what was not seen yet, else at the end, and knows what came since the end was in view. */
function usePlaceInThread({ virtual, rows, stretch }: Moved) {
  const [isAtEnd, setAtEnd] = useState(true);
  const [isPlaced, setPlaced] = useState(false);
  const [seenId, setSeenId] = useState(0);
  const newestId = stretch.items.at(-1)?.id ?? 0;
  useLayoutEffect(() => {
    if (isPlaced || rows.length === 0) return;
    const unread = rows.findIndex((row) => row.unread);
    if (unread >= 0) virtual.scrollToIndex(unread, { align: "start" });
    else virtual.scrollToEnd();
    setPlaced(true);
  }, [isPlaced, rows, virtual]);
  const onScroll = useCallback(() => setAtEnd(distanceFromEnd(virtual.scrollElement) <= NEAR), [virtual]);
  useStayingAtEnd(virtual, isAtEnd);
  if (isAtEnd && seenId !== newestId) setSeenId(newestId);
  const missed = stretch.items.filter((it) => it.id > seenId && it.direction === "inbound").length;
  return { isAtEnd, isPlaced, onScroll, missed };
}

function distanceFromEnd(element: HTMLElement | null): number {
  return element ? element.scrollHeight - element.scrollTop - element.clientHeight : 0;
}

/** Whoever reads the end still does when the room for it shrinks: the reply box grows, a keyboard comes up. */
function useStayingAtEnd(virtual: ThreadView["virtual"], isAtEnd: boolean): void {
  const stays = useRef(isAtEnd);
  stays.current = isAtEnd;
  useEffect(() => {
    const { scrollElement } = virtual;
    if (!scrollElement) return;
    let room = scrollElement.clientHeight;
    const observer = new ResizeObserver(() => {
      if (scrollElement.clientHeight !== room && stays.current) scrollElement.scrollTop = scrollElement.scrollHeight;
      room = scrollElement.clientHeight;
    });
    observer.observe(scrollElement);
    return () => observer.disconnect();
  }, [virtual]);
}

interface Going {
  rows: readonly Row[];
  virtual: ThreadView["virtual"];
  load: (messageId: number) => void;
}

/** Brings a message into view, loading what is around it where it is far back, and marks it for a moment. */
function useGoTo({ rows, virtual, load }: Going) {
  const [going, setGoing] = useState<number | null>(null);
  const [shownId, setShownId] = useState<number | null>(null);
  const { wanted } = useEvidence();
  const goTo = useCallback((messageId: number) => setGoing(messageId), []);
  useEffect(() => {
    if (wanted) setGoing(wanted.messageId);
  }, [wanted]);
  const index = going === null ? -1 : rows.findIndex((row) => row.kind === "message" && row.message.id === going);
  useEffect(() => {
    if (going === null) return;
    if (index < 0) {
      load(going);
      return;
    }
    virtual.scrollToIndex(index, { align: "center" });
    setShownId(going);
    setGoing(null);
  }, [going, index, load, virtual]);
  useEffect(() => {
    if (shownId === null) return;
    const timer = window.setTimeout(() => setShownId(null), SHOWN_FOR);
    return () => window.clearTimeout(timer);
  }, [shownId]);
  return { goTo, shownId };
}

function useWanted(wanted: number | null, goTo: (messageId: number) => void): void {
  useEffect(() => {
    if (wanted !== null) goTo(wanted);
  }, [wanted, goTo]);
}

/** Asks for more where an end of what is loaded comes near. */
function useMore(
  virtual: ThreadView["virtual"],
  count: number,
  { older, newer }: { older: (() => void) | null; newer: (() => void) | null },
): void {
  const range = virtual.range;
  const nearStart = range !== null && range.startIndex < AHEAD;
  const nearEnd = range !== null && range.endIndex > count - AHEAD;
  useEffect(() => {
    if (nearStart) older?.();
  }, [nearStart, older]);
  useEffect(() => {
    if (nearEnd) newer?.();
  }, [nearEnd, newer]);
}
