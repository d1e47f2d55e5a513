import { Button, Collapse, Group, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArrowBackUp, IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useOrderEditing } from "./editing";
import classes from "./Order.module.css";
import { optionWords } from "./order";
import { UnsavedNotes } from "./UnsavedNote";

/** What a person took off: out of the way, and one click from being back. */
export function RemovedLines({ canEdit }: { canEdit: boolean }) {
  const { t } = useTranslation("order");
  const { order, edit } = useOrderEditing();
  const [opened, { toggle }] = useDisclosure(false);
  const removed = order.removed_lines.filter((gone) => !order.lines.some((line) => line.id === gone.id));
  if (removed.length === 0) return null;
  return (
    <div>
      <UnstyledButton className={classes.fold} onClick={toggle} aria-expanded={opened}>
        {opened ? <IconChevronDown size={15} aria-hidden /> : <IconChevronRight size={15} aria-hidden />}
        {t("line.removedCount", { count: removed.length })}
      </UnstyledButton>
      <Collapse expanded={opened}>
        {removed.map((line) => (
          <div key={line.id} className={classes.gone}>
            <Group justify="space-between" wrap="nowrap">
              <Text fz={13} td="line-through" c="dimmed">
                {[`${line.quantity} ×`, line.title || line.text, ...optionWords(line.options)].join(" ")}
              </Text>
              {canEdit && (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  leftSection={<IconArrowBackUp size={14} />}
                  onClick={() => edit({ kind: "restore", lineId: line.id })}
                >
                  {t("line.restore")}
                </Button>
              )}
            </Group>
            {line.chat_says && <Text fz={12}>{t("chatSays.again", { quantity: line.chat_says.quantity })}</Text>}
            <UnsavedNotes target={`line/${line.id}`} />
          </div>
        ))}
      </Collapse>
    </div>
  );
}
