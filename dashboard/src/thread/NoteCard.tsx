import { ActionIcon, Button, Group, Menu, Text, Textarea } from "@mantine/core";
import { IconDots, IconNote, IconPencil, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { useUser } from "@/session/session";
import classes from "./NoteCard.module.css";
import { type Note, useNoteChanges } from "./queries";

/** What somebody of the team noted; the customer never sees it. */
export function NoteCard({ note, withDay = false }: { note: Note; withDay?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [changing, setChanging] = useState(false);
  return (
    <article className={classes.note} aria-label={t("thread:note.by", { name: note.author_name })}>
      <Group gap={6} wrap="nowrap" className={classes.head}>
        <IconNote size={14} aria-hidden />
        <Text span inherit fw={600}>
          {note.author_name}
        </Text>
        <time dateTime={note.created_at} title={format.dateTime(note.created_at)}>
          {withDay ? format.dateTime(note.created_at) : format.time(note.created_at)}
        </time>
        {note.edited_at && <span>{t("thread:edited")}</span>}
        <Tools note={note} change={() => setChanging(true)} />
      </Group>
      {changing ? <Change note={note} close={() => setChanging(false)} /> : <p className={classes.text}>{note.text}</p>}
    </article>
  );
}

function Tools({ note, change }: { note: Note; change: () => void }) {
  const { t } = useTranslation();
  const me = useUser();
  const { remove } = useNoteChanges(note.conversation_id ?? 0);
  if (me.role === "viewer" || (note.author_id !== me.id && me.role !== "admin")) return null;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon ml="auto" variant="subtle" color="gray" size={24} aria-label={t("thread:note.menu")}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={change}>
          {t("thread:note.change")}
        </Menu.Item>
        <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => remove.mutate(note.id)}>
          {t("thread:note.remove")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Change({ note, close }: { note: Note; close: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(note.text);
  const { change } = useNoteChanges(note.conversation_id ?? 0);
  const save = () => {
    if (text.trim()) change.mutate({ id: note.id, text }, { onSuccess: close });
  };
  return (
    <>
      <Textarea
        autosize
        minRows={2}
        maxRows={10}
        maxLength={5000}
        data-autofocus
        autoFocus
        aria-label={t("thread:note.change")}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") close();
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
        }}
      />
      <Group gap={6} mt={6}>
        <Button size="compact-sm" loading={change.isPending} disabled={!text.trim()} onClick={save}>
          {t("thread:note.save")}
        </Button>
        <Button size="compact-sm" variant="default" onClick={close}>
          {t("thread:note.cancel")}
        </Button>
      </Group>
    </>
  );
}
