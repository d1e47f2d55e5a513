import { Button, Group, Modal, PasswordInput, Stack, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, service } from "@/api/client";
import { tell } from "@/app/notices";
import { MetaRefusal } from "./MetaRefusal";
import { type Channel, useChannelMutation } from "./queries";

/** A new access token of a number. Meta is asked about it before it is kept. */
export function NewToken({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { t } = useTranslation(["settings", "form"]);
  const [token, setToken] = useState("");
  const change = useChannelMutation(() =>
    answer(
      service.PATCH("/channels/{channel_id}", {
        params: { path: { channel_id: channel.id } },
        body: { access_token: token.trim() },
      }),
    ),
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    change.mutate(undefined, {
      onSuccess: () => {
        onClose();
        tell(t("form:saved"));
      },
    });
  }

  return (
    <Modal opened onClose={onClose} title={t("channels.newTokenOf", { number: channel.display_phone_number })}>
      <Stack component="form" gap="sm" onSubmit={submit}>
        <Text size="sm">{t("channels.tokenHint")}</Text>
        <MetaRefusal error={change.error} />
        <PasswordInput
          label={t("channels.token")}
          required
          data-autofocus
          autoComplete="off"
          maxLength={1000}
          value={token}
          onChange={(event) => setToken(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("form:cancel")}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {t("channels.checkAndSave")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
