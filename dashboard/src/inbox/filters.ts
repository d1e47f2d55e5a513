import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

/** The list's tabs, as the service counts them. */
export const TABS = ["all", "mine", "unassigned", "unread", "has_draft", "needs_answer"] as const;
export type Tab = (typeof TABS)[number];

/** Which conversations are shown. The address holds it, so that a reload or a shared link shows the same. */
export interface InboxFilter {
  tab: Tab;
  words: string;
  channelId: number | null;
}

interface InboxQuery {
  q?: string;
  assigned_to?: "me" | "nobody";
  unread?: boolean;
  has_draft?: boolean;
  needs_answer?: boolean;
  channel_id?: number;
}

const OF_TAB: Record<Tab, InboxQuery> = {
  all: {},
  mine: { assigned_to: "me" },
  unassigned: { assigned_to: "nobody" },
  unread: { unread: true },
  has_draft: { has_draft: true },
  needs_answer: { needs_answer: true },
};

/** The filter as the service takes it. */
export function queryOf({ tab, words, channelId }: InboxFilter): InboxQuery {
  return {
    ...OF_TAB[tab],
    ...(words.trim() ? { q: words.trim() } : {}),
    ...(channelId ? { channel_id: channelId } : {}),
  };
}

export function filterOf(params: URLSearchParams): InboxFilter {
  const tab = params.get("show");
  const channelId = Number(params.get("channel"));
  return {
    tab: TABS.find((it) => it === tab) ?? "all",
    words: params.get("q") ?? "",
    channelId: Number.isInteger(channelId) && channelId > 0 ? channelId : null,
  };
}

/** The address's words with this filter; what is usual is left out. */
export function withFilter(params: URLSearchParams, { tab, words, channelId }: InboxFilter): URLSearchParams {
  const now = new URLSearchParams(params);
  const values = {
    show: tab === "all" ? "" : tab,
    q: words.trim() && words,
    channel: channelId ? String(channelId) : "",
  };
  for (const [name, value] of Object.entries(values)) {
    if (value) now.set(name, value);
    else now.delete(name);
  }
  return now;
}

export function useInboxFilter(): [InboxFilter, (change: Partial<InboxFilter>) => void] {
  const [params, setParams] = useSearchParams();
  const filter = useMemo(() => filterOf(params), [params]);
  const change = useCallback(
    (wanted: Partial<InboxFilter>) =>
      setParams((now) => withFilter(now, { ...filterOf(now), ...wanted }), { replace: true }),
    [setParams],
  );
  return [filter, change];
}
