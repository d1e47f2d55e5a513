import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, ifMatch, type Schema, service } from "@/api/client";
import { ProblemError } from "@/api/problem";
import { tell, tellError } from "@/app/notices";
import type { Variant } from "./queries";

export type VariantChange = Schema<"VariantChange">;

/** Change a variant as it was seen; where it has changed since, what it is now is shown, and nothing typed is lost. */
export function useChangeVariant(variant: Variant, onSaved: () => void) {
  const { t } = useTranslation(["catalog", "form"]);
  const queries = useQueryClient();
  const reload = () => queries.invalidateQueries({ queryKey: ["product", variant.product_id] });
  return useMutation({
    mutationFn: ({ body, version }: { body: VariantChange; version: number }) =>
      answer(
        service.PATCH("/variants/{variant_id}", {
          params: { path: { variant_id: variant.id }, header: ifMatch(version) },
          body,
        }),
      ),
    onSuccess: async () => {
      await Promise.all([reload(), queries.invalidateQueries({ queryKey: ["variant", "list"] })]);
      onSaved();
      tell(t("form:saved"));
    },
    onError: async (error) => {
      if (error instanceof ProblemError && error.kind === "stale-version") await reload();
      else tellError(error);
    },
  });
}
