import { queryOptions } from "@tanstack/react-query";
import { answer, type Schema, service } from "@/api/client";

export type Person = Schema<"UserOut">;
export type Invitation = Schema<"InvitationOut">;
export type InvitationLink = Schema<"InvitationLink">;
export type Role = Schema<"Role">;

export const ROLES: readonly Role[] = ["agent", "admin", "viewer"];

const MOST = 200;

export const peopleQuery = queryOptions({
  queryKey: ["user", "list"],
  queryFn: () => answer(service.GET("/users", { params: { query: { limit: MOST } } })),
  select: (page) => page.items,
});

/** Links that were made for people; only admins may ask. */
export const invitationsQuery = queryOptions({
  queryKey: ["user", "list", "invitations"],
  queryFn: () => answer(service.GET("/invitations", { params: { query: { limit: MOST } } })),
  select: (page) => page.items,
});
