import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, idempotencyKey, type Schema, service } from "@/api/client";
import { tellError } from "@/app/notices";
import { keepOrder } from "./queries";

/** Makes a draft by hand: of a conversation that has none, or of a customer. */
export function useMakeOrder() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (of: Pick<Schema<"NewOrder">, "conversation_id" | "customer_id">) =>
      answer(service.POST("/orders", { params: { header: idempotencyKey() }, body: of })),
    onSuccess: (made) => {
      keepOrder(made);
      return queries.invalidateQueries({ queryKey: ["order", "list"] });
    },
    onError: tellError,
  });
}
