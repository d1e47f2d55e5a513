import { ActionIcon, Code, CopyButton, Group, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

/** A command to run in a terminal, with a button that copies it. */
export function Command({ children }: { children: string }) {
  const { t } = useTranslation("form");
  return (
    <Group gap="xs" wrap="nowrap">
      <Code block fz="sm" style={{ flex: 1, minWidth: 0 }}>
        {children}
      </Code>
      <CopyButton value={children}>
        {({ copied, copy }) => (
          <Tooltip label={t(copied ? "copied" : "copy")}>
            <ActionIcon variant="default" size={40} aria-label={t(copied ? "copied" : "copy")} onClick={copy}>
              {copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
