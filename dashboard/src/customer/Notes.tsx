import { ActionIcon, Button, Group, Skeleton, Text, Textarea } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "@/app/Failure";
import { useFormat } from "@/i18n/format";
import { useUser } from "@/session/session";
import classes from "./Customer.module.css";
import { customerNotes, type Note, useNotes } from "./queries";
import { Section } from "./Section";

interface Props {
  customerId: number;
  conversationId: number | undefined;
}

/** What the team noted about her; she does not see it. */
export function Notes({ customerId, conversationId }: Props) {
  const { t } = useTranslation("customer");
  const { data: notes, error, refetch } = useQuery(customerNotes(customerId));
  const { add, remove } = useNotes(customerId, conversationId);
  const [text, setText] = useState("");

  function keep() {
    if (text.trim() && !add.isPending) add.mutate(text.trim(), { onSuccess: () => setText("") });
  }

  return (
    <Section title={t("notes")} count={notes?.length}>
      <Textarea
        size="xs"
        autosize
        minRows={1}
        maxRows={8}
        maxLength={5000}
        aria-label={t("addNote")}
        placeholder={t("addNote")}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.stopPropagation();
          keep();
        }}
      />
      {text.trim() && (
        <Group justify="flex-end" mt={6}>
          <Button size="compact-sm" loading={add.isPending} onClick={keep}>
            {t("keepNote")}
          </Button>
        </Group>
      )}
      {error && <Failure error={error} retry={() => void refetch()} />}
      {!notes && !error && <Skeleton height={40} mt={8} />}
      {notes?.map((note) => (
        <NoteCard key={note.id} note={note} onRemove={() => remove.mutate(note.id)} />
      ))}
    </Section>
  );
}

function NoteCard({ note, onRemove }: { note: Note; onRemove: () => void }) {
  const { t } = useTranslation("customer");
  const format = useFormat();
  const me = useUser();
  return (
    <article className={classes.note}>
      <Text fz={13} className={classes.words}>
        {note.text}
      </Text>
      <Group justify="space-between" wrap="nowrap">
        <Text fz={12} c="dimmed">
          {note.author_name} · {format.short(note.created_at)}
        </Text>
        {(note.author_id === me.id || me.role === "admin") && (
          <ActionIcon variant="subtle" color="gray" size="md" aria-label={t("removeNote")} onClick={onRemove}>
            <IconTrash size={15} />
          </ActionIcon>
        )}
      </Group>
    </article>
  );
}
