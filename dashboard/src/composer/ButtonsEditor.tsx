import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./ButtonsEditor.module.css";
import { MOST } from "./compose";
import { changeDraft } from "./drafts";

/** The answers that a customer can tap: up to three, of twenty characters. */
export function ButtonsEditor({ conversationId, buttons }: { conversationId: number; buttons: readonly string[] }) {
  const { t } = useTranslation();
  const set = (next: readonly string[]) => changeDraft(conversationId, (now) => ({ ...now, buttons: next }));
  return (
    <fieldset className={classes.buttons} aria-label={t("composer:buttons.label")}>
      {buttons.map((title, index) => (
        <TextInput
          // biome-ignore lint/suspicious/noArrayIndexKey: a button is known by its place
          key={index}
          size="xs"
          className={classes.button}
          aria-label={t("composer:buttons.title", { number: index + 1 })}
          placeholder={t("composer:buttons.placeholder")}
          maxLength={MOST.button}
          autoFocus={title === ""}
          value={title}
          onChange={(event) => set(buttons.with(index, event.currentTarget.value))}
          rightSection={
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              aria-label={t("composer:buttons.remove", { number: index + 1 })}
              onClick={() => set(buttons.toSpliced(index, 1))}
            >
              <IconX size={14} />
            </ActionIcon>
          }
        />
      ))}
      {buttons.length < MOST.buttons && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          onClick={() => set([...buttons, ""])}
        >
          {t("composer:buttons.add")}
        </Button>
      )}
    </fieldset>
  );
}
