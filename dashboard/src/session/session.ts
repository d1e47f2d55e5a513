import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { answer, type Schema, service } from "@/api/client";
import { ProblemError } from "@/api/problem";
import { queries } from "@/api/queries";

export type User = Schema<"UserOut">;
export type Business = Schema<"BusinessOut">;

export const currentUser = queryOptions({
  queryKey: ["user", "current"],
  queryFn: () => answer(service.GET("/users/current")),
  staleTime: Number.POSITIVE_INFINITY,
});

export const currentBusiness = queryOptions({
  queryKey: ["business", "current"],
  queryFn: () => answer(service.GET("/businesses/current")),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Who is logged in. Only below the shell, which shows nothing before this is known. */
export function useUser(): User {
  return useSuspenseQuery(currentUser).data;
}

/** Whether she who is logged in may change anything: a viewer only looks. */
export function useMayWrite(): boolean {
  return useUser().role !== "viewer";
}

export function useBusiness(): Business {
  return useSuspenseQuery(currentBusiness).data;
}

export async function logIn(email: string, password: string): Promise<void> {
  await answer(service.POST("/sessions", { body: { email, password, cookie: true } }));
  queries.clear();
}

export async function logOut(): Promise<void> {
  await answer(service.DELETE("/sessions/current"));
  queries.clear();
}

export function isLoggedOut(error: unknown): boolean {
  return error instanceof ProblemError && error.status === 401;
}
