import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, type Schema, service } from "@/api/client";

export type Channel = Schema<"ChannelOut">;
export type ChannelChange = Schema<"ChannelChange">;
export type Trouble = Schema<"Trouble">;

export const channelsQuery = queryOptions({
  queryKey: ["channel", "list"],
  queryFn: () => answer(service.GET("/channels", { params: { query: { limit: 200 } } })),
  select: (page) => page.items,
});

/** Something is done to a number; what it is now replaces what was shown. */
export function useChannelMutation<Given>(mutationFn: (given: Given) => Promise<Channel>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => queries.invalidateQueries({ queryKey: ["channel"] }),
  });
}
