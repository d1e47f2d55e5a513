import { ActionIcon, Button, FileButton, SegmentedControl, Text, Tooltip } from "@mantine/core";
import { IconNote, IconPaperclip, IconSend, IconSlash, IconSquareRoundedPlus, IconTemplate } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Conversation } from "@/inbox/queries";
import classes from "./Composer.module.css";
import { hindrance, isUploading } from "./compose";
import { useDraft } from "./drafts";
import { attach } from "./upload";

interface ToolbarProps {
  conversation: Conversation;
  isOpen: boolean;
  onTemplate: () => void;
  onSavedReply: () => void;
  onSend: () => void;
}

/** What can go along with words, and the button that sends them. */
export function Toolbar({ conversation: { id }, isOpen, onTemplate, onSavedReply, onSend }: ToolbarProps) {
  const { t } = useTranslation();
  const [draft, change] = useDraft(id);
  const isNote = draft.mode === "note";
  const hinders = hindrance(draft);
  const isBlank = hinders?.text === "composer:hindrance.empty";
  return (
    <div className={classes.toolbar}>
      <SegmentedControl
        size="xs"
        aria-label={t("composer:mode.label")}
        value={draft.mode}
        onChange={(mode) => change({ mode: mode === "note" ? "note" : "reply" })}
        data={[
          { value: "reply", label: t("composer:mode.reply") },
          { value: "note", label: t("composer:mode.note") },
        ]}
      />
      {!isNote && isOpen && (
        <>
          <FileButton multiple onChange={(files) => attach(id, files)}>
            {(props) => <Tool {...props} icon={IconPaperclip} label={t("composer:file.add")} />}
          </FileButton>
          <Tool
            icon={IconSquareRoundedPlus}
            label={t("composer:buttons.show")}
            disabled={draft.buttons.length > 0}
            onClick={() => change({ buttons: [""] })}
          />
          <Tool icon={IconSlash} label={t("composer:saved.show")} onClick={onSavedReply} />
        </>
      )}
      {!isNote && <Tool icon={IconTemplate} label={t("composer:template.show")} onClick={onTemplate} />}
      <Text className={classes.hinders} role="status">
        {hinders && !isBlank && (isNote || isOpen) ? t(hinders.text, { count: hinders.count }) : ""}
      </Text>
      {!isNote && !isOpen ? (
        <Button size="compact-md" leftSection={<IconTemplate size={16} />} onClick={onTemplate}>
          {t("composer:template.choose")}
        </Button>
      ) : (
        <Button
          size="compact-md"
          className={classes.send}
          color={isNote ? "yellow" : undefined}
          aria-label={t(isNote ? "composer:note.add" : "composer:send")}
          disabled={hinders !== null && !isUploading(hinders)}
          onClick={onSend}
        >
          {isNote ? <IconNote size={17} aria-hidden /> : <IconSend size={17} aria-hidden />}
          <span className={classes.sendLabel}>{t(isNote ? "composer:note.add" : "composer:send")}</span>
        </Button>
      )}
    </div>
  );
}

interface ToolProps {
  icon: typeof IconNote;
  label: string;
  disabled?: boolean;
  onClick?: () => void;
}

function Tool({ icon: ToolIcon, label, ...rest }: ToolProps) {
  return (
    <Tooltip label={label} openDelay={400}>
      <ActionIcon className={classes.tool} variant="subtle" color="gray" size={30} aria-label={label} {...rest}>
        <ToolIcon size={18} />
      </ActionIcon>
    </Tooltip>
  );
}
