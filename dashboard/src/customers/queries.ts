import { queryOptions } from "@tanstack/react-query";
import { answer, type Schema, service } from "@/api/client";
import { useEndless } from "@/api/endless";

export type Customer = Schema<"CustomerInList">;
export type Tag = Schema<"TagInList">;
export type TagColor = Schema<"TagColor">;
export type CustomerSort = Schema<"CustomerSort">;

/** What the list of customers is to hold, and in which order. */
export interface CustomerFilter {
  q: string;
  tagId: number | null;
  sort: CustomerSort;
}

export function useCustomers({ q, tagId, sort }: CustomerFilter) {
  return useEndless(["customer", "list", { q, tagId, sort }], (cursor) =>
    answer(
      service.GET("/customers", {
        params: { query: { q, sort, cursor, limit: 100, ...(tagId === null ? {} : { tag_id: tagId }) } },
      }),
    ),
  );
}

export const tagsQuery = queryOptions({
  queryKey: ["tag", "list"],
  queryFn: () => answer(service.GET("/tags")),
  select: (tags) => tags.items,
});

/** What to call a customer: what your people call her, else WhatsApp's name of her, else her number. */
export function nameOf(customer: Pick<Customer, "name" | "profile_name" | "phone" | "wa_id" | "username">): string {
  return customer.name ?? customer.profile_name ?? customer.phone ?? customer.username ?? customer.wa_id ?? "–";
}
