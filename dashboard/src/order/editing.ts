import { skipToken, useMutation, useMutationState, useQuery } from "@tanstack/react-query";
import { createContext, useCallback, useContext, useMemo } from "react";
import { queries } from "@/api/queries";
import { explain } from "@/app/notices";
import { applied, type Edit, rebased } from "./edit";
import type { Order } from "./order";
import { orderQuery } from "./queries";
import { Overrun, save } from "./save";

/** A change that could not be saved: what a person wanted is kept until she says what to do. */
export interface Unsaved {
  edit: Edit;
  /** Who changed the same meanwhile: a name, null for a reading of the chat; undefined where it was refused. */
  by?: string | null;
  /** The service's words where it refused. */
  refusal?: string;
}

export interface OrderEditing {
  /** The order with all changes that are on their way. */
  order: Order;
  isSaving: boolean;
  edit: (edit: Edit) => void;
  unsaved: readonly Unsaved[];
  /** Make the change all the same, on top of what is there now. */
  retry: (unsaved: Unsaved) => void;
  dismiss: (unsaved: Unsaved) => void;
}

function unsavedKey(orderId: number): [string, number] {
  return ["unsaved", orderId];
}

function editKey(orderId: number): [string, number] {
  return ["order-edit", orderId];
}

export function unsavedOf(orderId: number): readonly Unsaved[] {
  return queries.getQueryData<readonly Unsaved[]>(unsavedKey(orderId)) ?? [];
}

function keepUnsaved(orderId: number, change: (before: readonly Unsaved[]) => readonly Unsaved[]): void {
  queries.setQueryData<readonly Unsaved[]>(unsavedKey(orderId), (before = []) => change(before));
}

/** Changes of one order wait for each other under this name: each is made on top of the one before. */
export function orderScope(orderId: number): { id: string } {
  return { id: `order/${orderId}` };
}

/** How many of a person's own changes are on their way. */
export function pendingEdits(orderId: number): number {
  return queries.isMutating({ mutationKey: editKey(orderId) });
}

/** An order as the person sees it while her changes are on their way, and how to change it. */
export function useEditing(stored: Order): OrderEditing {
  const id = stored.id;
  const { mutate } = useMutation({
    mutationKey: editKey(id),
    scope: orderScope(id),
    mutationFn: (edit: Edit) => save(id, edit),
    onError: (error, edit) => keepUnsaved(id, (before) => [...before, whyUnsaved(error, edit)]),
  });
  const pending = useMutationState({
    filters: { mutationKey: editKey(id), status: "pending" },
    select: (mutation) => mutation.state.variables as Edit,
  });
  const { data: unsaved = [] } = useQuery<readonly Unsaved[]>({ queryKey: unsavedKey(id), queryFn: skipToken });
  const dismiss = useCallback((done: Unsaved) => keepUnsaved(id, (before) => before.filter((it) => it !== done)), [id]);
  const retry = useCallback(
    (again: Unsaved) => {
      const now = queries.getQueryData(orderQuery(id).queryKey);
      dismiss(again);
      mutate(now ? rebased(again.edit, now) : again.edit);
    },
    [dismiss, id, mutate],
  );
  const order = useMemo(() => pending.reduce(applied, stored), [pending, stored]);
  return useMemo(
    () => ({ order, isSaving: pending.length > 0, edit: mutate, unsaved, retry, dismiss }),
    [order, pending.length, mutate, unsaved, retry, dismiss],
  );
}

function whyUnsaved(error: Error, edit: Edit): Unsaved {
  return error instanceof Overrun ? { edit, by: error.by } : { edit, refusal: explain(error) };
}

export const OrderEditingContext = createContext<OrderEditing | null>(null);

export function useOrderEditing(): OrderEditing {
  const editing = useContext(OrderEditingContext);
  if (!editing) throw new Error("useOrderEditing works inside an OrderSheet only");
  return editing;
}
