import { queryOptions } from "@tanstack/react-query";
import { answer, service } from "@/api/client";

/** Whether there is a business yet; asked before any login. */
export const needQuery = queryOptions({
  queryKey: ["setup", "need"],
  queryFn: () => answer(service.GET("/setup")),
});
