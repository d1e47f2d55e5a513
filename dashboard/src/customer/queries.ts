import { queryOptions } from "@tanstack/react-query";
import { answer, type Schema, service } from "@/api/client";

export type Customer = Schema<"CustomerDetail">;

/** A customer with her orders, addresses, chats and tags. */
export function customerQuery(customerId: number) {
  return queryOptions({
    queryKey: ["customer", customerId],
    queryFn: () => answer(service.GET("/customers/{customer_id}", { params: { path: { customer_id: customerId } } })),
  });
}
