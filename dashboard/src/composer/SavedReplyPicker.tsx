import { Paper, Text, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import classes from "./SavedReplyPicker.module.css";
import type { Picker } from "./useSavedReplies";

/** The saved replies that fit what was typed behind the slash. */
export function SavedReplyPicker({ picker }: { picker: Picker }) {
  const { t } = useTranslation();
  if (!picker.isOpen) return null;
  return (
    <Paper
      className={classes.picker}
      withBorder
      shadow="md"
      id="saved-replies"
      role="listbox"
      aria-label={t("composer:saved.label")}
    >
      {picker.found.map((reply, index) => (
        <UnstyledButton
          key={reply.id}
          id={`saved-reply-${reply.id}`}
          role="option"
          aria-selected={index === picker.at}
          className={classes.reply}
          tabIndex={-1}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => picker.pick(reply)}
        >
          <span className={classes.shortcut}>/{reply.shortcut}</span>
          <span className={classes.title}>{reply.title}</span>
          <span className={classes.words}>{reply.text}</span>
        </UnstyledButton>
      ))}
      {picker.found.length === 0 && (
        <Text size="sm" p="xs">
          {t(picker.hasSome ? "composer:saved.noneFits" : "composer:saved.none")}{" "}
          <Link to="/settings/saved-replies">{t("composer:saved.write")}</Link>
        </Text>
      )}
    </Paper>
  );
}
