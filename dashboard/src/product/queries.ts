import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, type Schema, service } from "@/api/client";

/** Something of the catalogue that can be put on an order. */
export type Hit = Schema<"VariantHit">;

const SHOWN = 100;

/** What fits the words, the SKU that was meant first. */
export function catalogSearch(words: string) {
  return queryOptions({
    queryKey: ["variant", "search", words],
    queryFn: ({ signal }) =>
      answer(service.GET("/catalog/search", { params: { query: { q: words, limit: SHOWN } }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** All variants of a product. */
export function siblings(itemGroupId: string) {
  return queryOptions({
    queryKey: ["variant", "list", { item_group_id: itemGroupId }],
    queryFn: async () => {
      const query = { item_group_id: itemGroupId, limit: SHOWN };
      return (await answer(service.GET("/catalog/search", { params: { query } }))).items;
    },
  });
}
