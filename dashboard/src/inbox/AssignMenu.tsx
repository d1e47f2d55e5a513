import { Avatar, Button, Menu } from "@mantine/core";
import { IconCheck, IconUserOff, IconUserPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useUser } from "@/session/session";
import { type Conversation, team, useChangeConversation } from "./queries";

/** Who looks after a conversation, and a menu to give it to somebody else. */
export function AssignMenu({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const me = useUser();
  const { data: people = [] } = useQuery(team);
  const { mutate } = useChangeConversation();
  const assigned = conversation.assigned_user;
  const give = (to: { id: number; name: string } | null) =>
    mutate({ id: conversation.id, assigned: to && { id: to.id, name: to.name } });
  const others = people.filter((it) => it.id !== me.id && !it.disabled_at && it.role !== "viewer");
  return (
    <Menu position="bottom-end" withinPortal width={220} disabled={me.role === "viewer"}>
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={
            assigned ? (
              <Avatar name={assigned.name} color="initials" size={18} alt="" aria-hidden />
            ) : (
              <IconUserPlus size={16} />
            )
          }
          title={assigned ? t("inbox:assign.to", { name: assigned.name }) : t("inbox:assign.label")}
        >
          <span data-wide>{assigned?.name ?? t("inbox:assign.label")}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {[me, ...others].map((person) => (
          <Menu.Item
            key={person.id}
            leftSection={<Avatar name={person.name} color="initials" size={22} alt="" aria-hidden />}
            rightSection={assigned?.id === person.id && <IconCheck size={16} />}
            onClick={() => give(person)}
          >
            {person.id === me.id ? t("inbox:assign.me") : person.name}
          </Menu.Item>
        ))}
        {assigned && (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<IconUserOff size={18} />} onClick={() => give(null)}>
              {t("inbox:assign.nobody")}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
