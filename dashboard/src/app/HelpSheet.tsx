import { Group, Kbd, Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useKnownShortcuts } from "./shortcuts";

/** The keys that work where the person is now. */
export function HelpSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const shortcuts = useKnownShortcuts();
  return (
    <Modal opened={opened} onClose={onClose} title={t("help.title")} size="md">
      <Stack gap="xs" component="ul" p={0} m={0}>
        {shortcuts.map((it) => (
          <Group key={`${it.keys} ${it.label}`} justify="space-between" component="li" wrap="nowrap">
            <Text size="sm">{t(it.label)}</Text>
            <Keys of={it.keys} />
          </Group>
        ))}
      </Stack>
    </Modal>
  );
}

const NAMES: Record<string, string> = { mod: "Ctrl", enter: "↵", arrowdown: "↓", arrowup: "↑", escape: "Esc" };

export function Keys({ of }: { of: string }) {
  return (
    <Group gap={4} wrap="nowrap">
      {of.split("+").map((key) => (
        <Kbd key={key}>{NAMES[key.toLowerCase()] ?? key.toUpperCase()}</Kbd>
      ))}
    </Group>
  );
}
