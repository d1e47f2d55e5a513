import { ActionIcon, Group, Menu, UnstyledButton } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconArrowBackUp, IconCopy, IconDots, IconHistory } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useUser } from "@/session/session";
import { History } from "./History";
import classes from "./MessageMenu.module.css";
import { useReact } from "./queries";
import type { Message } from "./stretch";

const EMOJIS = ["👍", "❤️", "🙏", "😊", "✅", "🎉"];

/** What can be done with a message. */
export function MessageMenu({ message, onReply }: { message: Message; onReply: (message: Message) => void }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [asked, setAsked] = useState(false);
  const clipboard = useClipboard();
  const react = useReact();
  const mayWrite = useUser().role !== "viewer" && message.wamid !== null && message.deleted_at === null;
  return (
    <>
      <Group gap={2} wrap="nowrap" className={classes.tools} data-opened={opened || undefined}>
        {mayWrite && (
          <ActionIcon
            className={classes.quick}
            variant="subtle"
            color="gray"
            size={28}
            aria-label={t("thread:menu.reply")}
            onClick={() => onReply(message)}
          >
            <IconArrowBackUp size={17} />
          </ActionIcon>
        )}
        <Menu position="bottom" withinPortal opened={opened} onChange={setOpened}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size={28} aria-label={t("thread:menu.label")}>
              <IconDots size={17} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {mayWrite && (
              <>
                <Group gap={2} px={4} role="group" aria-label={t("thread:menu.react")}>
                  {EMOJIS.map((emoji) => (
                    <UnstyledButton
                      key={emoji}
                      className={classes.emoji}
                      aria-label={t("thread:menu.reactWith", { emoji })}
                      onClick={() => {
                        setOpened(false);
                        react.mutate({ message, emoji });
                      }}
                    >
                      {emoji}
                    </UnstyledButton>
                  ))}
                </Group>
                <Menu.Divider />
                <Menu.Item leftSection={<IconArrowBackUp size={16} />} onClick={() => onReply(message)}>
                  {t("thread:menu.reply")}
                </Menu.Item>
              </>
            )}
            {message.content && (
              <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => clipboard.copy(message.content)}>
                {t("thread:menu.copy")}
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconHistory size={16} />} onClick={() => setAsked(true)}>
              {t("thread:menu.history")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      {asked && <History message={message} onClose={() => setAsked(false)} />}
    </>
  );
}
