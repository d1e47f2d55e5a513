import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, service } from "@/api/client";
import { ProblemError } from "@/api/problem";
import { fieldErrors } from "@/app/fieldErrors";
import { tellError } from "@/app/notices";
import { filled } from "@/composer/placeholders";
import { useFormat } from "@/i18n/format";
import { useUser } from "@/session/session";
import classes from "../settings.module.css";
import type { SavedReply } from "./SavedReplies";

const PLACEHOLDERS = ["name", "order_number", "total", "agent"] as const;
const NEW = { shortcut: "", title: "", text: "" };

export function ReplyForm({ reply, onClose }: { reply: SavedReply | null; onClose: () => void }) {
  const { t } = useTranslation(["settings", "form"]);
  const [wish, setWish] = useState(() =>
    reply ? { shortcut: reply.shortcut, title: reply.title, text: reply.text } : NEW,
  );
  const save = useSave(reply, wish, onClose);
  const errors = fieldErrors(save.error);

  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }

  return (
    <Modal opened onClose={onClose} title={t(reply ? "replies.change" : "replies.add")} size="lg">
      <Stack component="form" gap="sm" onSubmit={submit}>
        <Group grow align="flex-start">
          <TextInput
            label={t("replies.shortcut")}
            description={t("replies.shortcutHint")}
            leftSection="/"
            required
            data-autofocus
            maxLength={40}
            pattern="[^\s\/]+"
            value={wish.shortcut}
            error={isTaken(save.error) ? t("replies.taken") : errors.shortcut}
            onChange={(event) => setWish({ ...wish, shortcut: event.currentTarget.value })}
          />
          <TextInput
            label={t("replies.name")}
            description={t("replies.nameHint")}
            required
            maxLength={100}
            value={wish.title}
            error={errors.title}
            onChange={(event) => setWish({ ...wish, title: event.currentTarget.value })}
          />
        </Group>
        <Words value={wish.text} error={errors.text} onChange={(text) => setWish({ ...wish, text })} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("form:cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t("form:save")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

interface WordsProps {
  value: string;
  error: string | undefined;
  onChange: (text: string) => void;
}

/** The reply's words, with placeholders to put in, and how they come out. */
function Words({ value, error, onChange }: WordsProps) {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const agent = useUser().name;
  const area = useRef<HTMLTextAreaElement>(null);
  const sample = { name: "Asha", order_number: "1042", total: format.money(149900), agent };

  function insert(placeholder: string) {
    const { selectionStart = value.length, selectionEnd = value.length } = area.current ?? {};
    onChange(`${value.slice(0, selectionStart)}{${placeholder}}${value.slice(selectionEnd)}`);
    area.current?.focus();
  }

  return (
    <>
      <Textarea
        ref={area}
        label={t("replies.text")}
        required
        autosize
        minRows={3}
        maxRows={12}
        maxLength={4096}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Group gap={6}>
        <Text size="xs">{t("replies.insert")}</Text>
        {PLACEHOLDERS.map((name) => (
          <Button key={name} size="compact-sm" variant="light" onClick={() => insert(name)}>
            {t(`replies.placeholder.${name}`)}
          </Button>
        ))}
      </Group>
      {value && (
        <div>
          <Text size="xs" c="dimmed" mb={4}>
            {t("replies.preview")}
          </Text>
          <div className={classes.bubble}>{filled(value, sample)}</div>
        </div>
      )}
    </>
  );
}

function useSave(reply: SavedReply | null, wish: typeof NEW, onSaved: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      reply
        ? answer(
            service.PATCH("/saved-replies/{saved_reply_id}", {
              params: { path: { saved_reply_id: reply.id } },
              body: wish,
            }),
          )
        : answer(service.POST("/saved-replies", { body: wish })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["saved_reply"] });
      onSaved();
    },
    onError: (error) => {
      if (!isTaken(error)) tellError(error);
    },
  });
}

function isTaken(error: unknown): boolean {
  return error instanceof ProblemError && error.kind === "shortcut-taken";
}
