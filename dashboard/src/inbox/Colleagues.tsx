import { Avatar, Tooltip } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useDraft } from "@/composer/drafts";
import { usePresence } from "@/live/LiveProvider";
import classes from "./Colleagues.module.css";

/** Who else looks at the conversation, and who is writing: nobody answers a customer twice. */
export function Colleagues({ conversationId }: { conversationId: number }) {
  const { t } = useTranslation();
  const [draft] = useDraft(conversationId);
  const others = usePresence("conversation", conversationId, draft.mode === "reply" && draft.text.trim() !== "");
  return (
    <span className={classes.people} aria-live="polite">
      {others.map(({ user_id, name, editing }) => {
        const label = t(editing ? "inbox:colleagues.writing" : "inbox:colleagues.looking", { names: name });
        return (
          <Tooltip key={user_id} label={label}>
            <span className={classes.person} data-editing={editing || undefined}>
              <Avatar name={name} color="initials" size={24} alt={label} />
              {editing && (
                <span className={classes.writing}>
                  <IconPencil size={13} aria-hidden /> <span data-wide>{name}</span>
                </span>
              )}
            </span>
          </Tooltip>
        );
      })}
    </span>
  );
}
