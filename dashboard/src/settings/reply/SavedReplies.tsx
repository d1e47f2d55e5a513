import { ActionIcon, Button, Group, Paper, Skeleton, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconMessages, IconPencil, IconPlus, IconSearch, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, type Schema, service } from "@/api/client";
import { useEndless } from "@/api/endless";
import { Empty } from "@/app/Empty";
import { Failure } from "@/app/Failure";
import { tellError } from "@/app/notices";
import { useFormat } from "@/i18n/format";
import { SectionHead } from "../SectionHead";
import { ReplyForm } from "./ReplyForm";

export type SavedReply = Schema<"SavedReplyOut">;

/** Answers that the business gives again and again. */
export default function SavedReplies() {
  const { t } = useTranslation(["settings", "form"]);
  const [q, setQ] = useState("");
  const [asked] = useDebouncedValue(q, 150);
  const [open, setOpen] = useState<SavedReply | "new" | null>(null);
  const replies = useEndless(["saved_reply", "list", { q: asked }], (cursor) =>
    answer(service.GET("/saved-replies", { params: { query: { q: asked, cursor, limit: 100 } } })),
  );
  return (
    <Stack gap="sm" maw={860}>
      <SectionHead title={t("replies.title")} hint={t("replies.hint")}>
        <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen("new")}>
          {t("replies.add")}
        </Button>
      </SectionHead>
      <TextInput
        type="search"
        aria-label={t("form:search")}
        placeholder={t("form:search")}
        leftSection={<IconSearch size={16} />}
        maw={360}
        value={q}
        onChange={(event) => setQ(event.currentTarget.value)}
      />
      {replies.isPending && <Skeleton height={120} />}
      {replies.error && <Failure error={replies.error} retry={() => void replies.refetch()} />}
      {replies.data?.length === 0 && (
        <Empty icon={IconMessages} title={t("replies.none")}>
          {t("replies.noneHint")}
        </Empty>
      )}
      {replies.data?.map((reply) => (
        <ReplyCard key={reply.id} reply={reply} onEdit={() => setOpen(reply)} />
      ))}
      {replies.hasNextPage && (
        <Button variant="default" loading={replies.isFetchingNextPage} onClick={() => void replies.fetchNextPage()}>
          {t("form:older")}
        </Button>
      )}
      {open && <ReplyForm reply={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </Stack>
  );
}

function ReplyCard({ reply, onEdit }: { reply: SavedReply; onEdit: () => void }) {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () =>
      answer(service.DELETE("/saved-replies/{saved_reply_id}", { params: { path: { saved_reply_id: reply.id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["saved_reply"] }),
    onError: tellError,
  });
  return (
    <Paper withBorder p="sm" component="article">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Text size="sm" fw={600}>
            /{reply.shortcut} · {reply.title}
          </Text>
          <Text size="sm" lineClamp={3} style={{ whiteSpace: "pre-wrap" }}>
            {reply.text}
          </Text>
          <Text size="xs" c="dimmed">
            {t("replies.used", { count: reply.used_count, n: format.number(reply.used_count) })}
          </Text>
        </div>
        <Group gap={4} wrap="nowrap">
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t("replies.edit", { name: reply.title })}
            onClick={onEdit}
          >
            <IconPencil size={16} />
          </ActionIcon>
          {asking ? (
            <Button size="xs" color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
              {t("replies.reallyRemove")}
            </Button>
          ) : (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t("replies.remove", { name: reply.title })}
              onClick={() => setAsking(true)}
            >
              <IconTrash size={16} />
            </ActionIcon>
          )}
        </Group>
      </Group>
    </Paper>
  );
}
