import { Skeleton, Stack } from "@mantine/core";
import { IconNote } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Empty } from "@/app/Empty";
import { Failure } from "@/app/Failure";
import { NoteCard } from "./NoteCard";
import { notes } from "./queries";

/** What the team noted beside a conversation, the newest first. */
export function NoteList({ conversationId }: { conversationId: number }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(notes(conversationId));
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton height={80} m="sm" />;
  if (data.length === 0) {
    return (
      <Empty icon={IconNote} title={t("thread:note.none")}>
        {t("thread:note.teach")}
      </Empty>
    );
  }
  return (
    <Stack p="sm" gap="xs">
      {data.map((note) => (
        <NoteCard key={note.id} note={note} withDay />
      ))}
    </Stack>
  );
}
