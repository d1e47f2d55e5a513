import { useDocumentVisibility } from "@mantine/hooks";
import { useEffect } from "react";
import { useUser } from "@/session/session";
import { type Conversation, useMarkRead } from "./queries";

/** An opened conversation has been seen, also what arrives while somebody looks. */
export function useMarkedRead(conversation: Conversation | undefined): void {
  const { mutate, isPending } = useMarkRead();
  const isVisible = useDocumentVisibility() === "visible";
  const isSeen = useUser().role !== "viewer" && isVisible;
  const unread = isSeen && conversation && conversation.unread_count > 0 ? conversation.id : null;
  useEffect(() => {
    if (unread !== null && !isPending) mutate(unread);
  }, [unread, isPending, mutate]);
}
