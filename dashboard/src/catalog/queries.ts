import { queryOptions } from "@tanstack/react-query";
import { answer, type Schema, service } from "@/api/client";
import { useEndless } from "@/api/endless";

export type Stock = Schema<"StockOut">;
export type Product = Schema<"ProductDetail">;
export type Variant = Schema<"VariantOut">;
export type Movement = Schema<"MovementOut">;

/** What the list of the catalogue is to hold. */
export interface CatalogFilter {
  q: string;
  /** Only what is counted, and of which so much is left. */
  atMost: number | null;
  archived: boolean;
}

export function useStocks({ q, atMost, archived }: CatalogFilter) {
  return useEndless(["variant", "list", { q, atMost, archived }], (cursor) =>
    answer(
      service.GET("/stocks", {
        params: { query: { q, archived, cursor, limit: 100, ...(atMost === null ? {} : { at_most: atMost }) } },
      }),
    ),
  );
}

export function productQuery(id: number) {
  return queryOptions({
    queryKey: ["product", id],
    queryFn: () => answer(service.GET("/products/{product_id}", { params: { path: { product_id: id } } })),
  });
}

export function stockQuery(variantId: number) {
  return queryOptions({
    queryKey: ["variant", variantId, "stock"],
    queryFn: () => answer(service.GET("/stocks/{variant_id}", { params: { path: { variant_id: variantId } } })),
  });
}

export function useMovements(variantId: number) {
  return useEndless(["variant", variantId, "movements"], (cursor) =>
    answer(
      service.GET("/stocks/{variant_id}/movements", {
        params: { path: { variant_id: variantId }, query: { cursor, limit: 20 } },
      }),
    ),
  );
}
