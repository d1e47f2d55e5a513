import { queryOptions } from "@tanstack/react-query";
import { answer, type Schema, service } from "@/api/client";

export type Setting = Schema<"SummarySetting">;
export type Template = Schema<"TemplateOut">;

export const settingQuery = queryOptions({
  queryKey: ["business", "order-summary"],
  queryFn: () => answer(service.GET("/businesses/current/order-summary")),
});

/** Templates that Meta approved: only these can be sent. */
export const approvedQuery = queryOptions({
  queryKey: ["template", "list", "approved"],
  queryFn: () => answer(service.GET("/templates", { params: { query: { status: "APPROVED", limit: 200 } } })),
  select: (page) => page.items,
});
