import { ActionIcon, Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { IconCheck, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, service } from "@/api/client";
import { Failure } from "@/app/Failure";
import { tellError } from "@/app/notices";
import { useFormat } from "@/i18n/format";
import { type Tag, type TagColor, tagsQuery } from "./queries";
import { TagColorPicker } from "./TagColorPicker";

/** All tags of the business: made, renamed, recolored and taken away. */
export function TagManager({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("customers");
  const tags = useQuery({ ...tagsQuery, enabled: opened });
  return (
    <Modal opened={opened} onClose={onClose} title={t("tags.title")} size="lg">
      <Stack gap="xs">
        {tags.error && <Failure error={tags.error} retry={() => void tags.refetch()} />}
        {tags.data?.map((tag) => (
          <TagLine key={tag.id} tag={tag} />
        ))}
        {tags.data?.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("tags.none")}
          </Text>
        )}
        <NewTag />
      </Stack>
    </Modal>
  );
}

function TagLine({ tag }: { tag: Tag }) {
  const { t } = useTranslation(["customers", "form"]);
  const format = useFormat();
  const [name, setName] = useState(tag.name);
  const [asking, setAsking] = useState(false);
  const change = useTagMutation((body: { name?: string; color?: TagColor }) =>
    answer(service.PATCH("/tags/{tag_id}", { params: { path: { tag_id: tag.id } }, body })),
  );
  const remove = useTagMutation(() =>
    answer(service.DELETE("/tags/{tag_id}", { params: { path: { tag_id: tag.id } } })),
  );
  const customers = t("tags.customers", { count: tag.customer_count, n: format.number(tag.customer_count) });
  const isRenamed = name.trim() !== "" && name.trim() !== tag.name;
  return (
    <Group gap="xs" wrap="nowrap">
      <TagColorPicker
        value={tag.color}
        label={t("tags.colorOf", { name: tag.name })}
        onChange={(color) => change.mutate({ color })}
      />
      <TextInput
        flex={1}
        aria-label={t("tags.nameOf", { name: tag.name })}
        maxLength={50}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && isRenamed && change.mutate({ name: name.trim() })}
        rightSection={
          isRenamed && (
            <ActionIcon
              variant="light"
              aria-label={t("form:save")}
              onClick={() => change.mutate({ name: name.trim() })}
            >
              <IconCheck size={16} />
            </ActionIcon>
          )
        }
      />
      <Text size="xs" c="dimmed" w={90} ta="right">
        {customers}
      </Text>
      {asking ? (
        <Button size="xs" color="red" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
          {t("tags.reallyRemove")}
        </Button>
      ) : (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t("tags.remove", { name: tag.name })}
          onClick={() => setAsking(true)}
        >
          <IconTrash size={16} />
        </ActionIcon>
      )}
    </Group>
  );
}

function NewTag() {
  const { t } = useTranslation(["customers", "form"]);
  const [name, setName] = useState("");
  const [color, setColor] = useState<TagColor>("blue");
  const add = useTagMutation(() => answer(service.POST("/tags", { body: { name: name.trim(), color } })));

  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim()) add.mutate(undefined, { onSuccess: () => setName("") });
  }

  return (
    <form onSubmit={submit}>
      <Group gap="xs" wrap="nowrap" mt="xs">
        <TagColorPicker value={color} label={t("tags.newColor")} onChange={setColor} />
        <TextInput
          flex={1}
          aria-label={t("tags.newName")}
          placeholder={t("tags.newName")}
          maxLength={50}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={add.isPending} disabled={!name.trim()}>
          {t("form:add")}
        </Button>
      </Group>
    </form>
  );
}

function useTagMutation<Given, Made>(mutationFn: (given: Given) => Promise<Made>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () =>
      queries.invalidateQueries({ predicate: ({ queryKey }) => ["tag", "customer"].includes(String(queryKey[0])) }),
    onError: tellError,
  });
}
