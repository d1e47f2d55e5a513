import { queryOptions } from "@tanstack/react-query";
import { answer, type Schema, service } from "@/api/client";

export type SetupState = Schema<"SetupState">;

/** How far the business has come on its way to the first confirmed order; live changes make it stale. */
export const setupQuery = queryOptions({
  queryKey: ["setup", "state"],
  queryFn: () => answer(service.GET("/businesses/current/setup")),
});
