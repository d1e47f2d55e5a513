import { keepPreviousData, type QueryKey, useInfiniteQuery } from "@tanstack/react-query";

interface Page<Item> {
  items: Item[];
  next?: string | null;
}

/** A list that comes in pages, as one array that grows; while another search is asked, the last answer stays. */
export function useEndless<Item>(
  queryKey: QueryKey,
  page: (cursor: string | undefined) => Promise<Page<Item>>,
  { enabled = true }: { enabled?: boolean } = {},
) {
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => page(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    select: (data) => data.pages.flatMap((it) => it.items),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export type Endless<Item> = ReturnType<typeof useEndless<Item>>;
