import { QueryClient } from "@tanstack/react-query";
import { ProblemError, Unreachable } from "./problem";

/**
 * What the page knows of the service. A key begins with the thing's subject as live changes name it
 * ("conversation", "order", …), then "list" or the thing's id: a change makes exactly these stale.
 */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false, // changes come live
      retry: (count, error) => mayHelpToRetry(error) && count < 3,
    },
    mutations: { retry: false },
  },
});

function mayHelpToRetry(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof ProblemError && error.status >= 500);
}
