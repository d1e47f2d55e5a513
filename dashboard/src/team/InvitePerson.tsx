import { Alert, Button, Group, Modal, Radio, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, service } from "@/api/client";
import { fieldErrors } from "@/app/fieldErrors";
import { explain } from "@/app/notices";
import { type InvitationLink, ROLES, type Role } from "./queries";

interface Props {
  onClose: () => void;
  onLink: (link: InvitationLink) => void;
}

export function InvitePerson({ onClose, onLink }: Props) {
  const { t } = useTranslation(["team", "form"]);
  const queries = useQueryClient();
  const [wish, setWish] = useState({ email: "", name: "", role: "agent" as Role });
  const invite = useMutation({
    mutationFn: () => answer(service.POST("/invitations", { body: wish })),
    onSuccess: (link) => {
      onLink(link);
      return queries.invalidateQueries({ queryKey: ["user", "list"] });
    },
  });
  const errors = fieldErrors(invite.error);

  function submit(event: FormEvent) {
    event.preventDefault();
    invite.mutate();
  }

  return (
    <Modal opened onClose={onClose} title={t("invite")}>
      <Stack component="form" gap="sm" onSubmit={submit}>
        {invite.error && <Alert color="red">{explain(invite.error)}</Alert>}
        <TextInput
          label={t("name")}
          required
          data-autofocus
          maxLength={200}
          value={wish.name}
          error={errors.name}
          onChange={(event) => setWish({ ...wish, name: event.currentTarget.value })}
        />
        <TextInput
          label={t("email")}
          type="email"
          required
          value={wish.email}
          error={errors.email}
          onChange={(event) => setWish({ ...wish, email: event.currentTarget.value })}
        />
        <Radio.Group
          label={t("role")}
          value={wish.role}
          onChange={(value) => setWish({ ...wish, role: value as Role })}
        >
          <Stack gap={6} mt={4}>
            {ROLES.map((role) => (
              <Radio key={role} value={role} label={t(`is.${role}`)} description={t(`may.${role}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("form:cancel")}
          </Button>
          <Button type="submit" loading={invite.isPending}>
            {t("makeLink")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
