import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { answer, idempotencyKey, service } from "@/api/client";
import { fieldErrors } from "@/app/fieldErrors";
import { explain } from "@/app/notices";

/** Add a person who has not written yet: who called, or came by. */
export function NewCustomer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["customers", "form"]);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [phone, setPhone] = useState("");
  const [name, setName] = useState("");
  const add = useMutation({
    mutationFn: () =>
      answer(
        service.POST("/customers", {
          params: { header: idempotencyKey() },
          body: { phone: phone.trim(), name: name.trim() || null },
        }),
      ),
    onSuccess: async (made) => {
      onClose();
      await queries.invalidateQueries({ queryKey: ["customer"] });
      await navigate(`/customers/${made.id}`);
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    add.mutate();
  }

  return (
    <Modal opened onClose={onClose} title={t("add")}>
      <Stack component="form" gap="sm" onSubmit={submit}>
        <TextInput
          label={t("phone")}
          description={t("phoneHint")}
          type="tel"
          required
          data-autofocus
          value={phone}
          error={add.error && (fieldErrors(add.error).phone ?? explain(add.error))}
          onChange={(event) => setPhone(event.currentTarget.value)}
        />
        <TextInput
          label={t("name")}
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("form:cancel")}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {t("form:add")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
