import { Button, Group, List, Modal, PasswordInput, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, service } from "@/api/client";
import { fieldErrors } from "@/app/fieldErrors";
import { tell } from "@/app/notices";
import { MetaRefusal } from "./MetaRefusal";
import { useChannelMutation } from "./queries";

const DIGITS = String.raw`\s*\d{1,32}\s*`;

/** Connect a number of Meta's. What it refuses is not connected, and the form says what to do. */
export function ConnectNumber({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["settings", "form"]);
  const [wish, setWish] = useState({ phone_number_id: "", waba_id: "", access_token: "" });
  const connect = useChannelMutation(() =>
    answer(
      service.POST("/channels", {
        body: {
          phone_number_id: wish.phone_number_id.trim(),
          waba_id: wish.waba_id.trim() || null,
          access_token: wish.access_token.trim(),
        },
      }),
    ),
  );
  const errors = fieldErrors(connect.error);

  function submit(event: FormEvent) {
    event.preventDefault();
    connect.mutate(undefined, {
      onSuccess: (channel) => {
        onClose();
        tell(t("channels.connected", { number: channel.display_phone_number }));
      },
    });
  }

  return (
    <Modal opened onClose={onClose} title={t("channels.connect")} size="lg">
      <Stack component="form" gap="sm" onSubmit={submit}>
        <List type="ordered" size="sm" spacing={4}>
          {(["app", "webhook", "number", "token"] as const).map((step) => (
            <List.Item key={step}>
              {t(`channels.step.${step}`, { url: `${window.location.origin}/webhook/whatsapp` })}
            </List.Item>
          ))}
        </List>
        <MetaRefusal error={connect.error} />
        <TextInput
          label={t("channels.fact.phoneNumberId")}
          description={t("channels.phoneNumberIdHint")}
          placeholder="106540352242922"
          required
          data-autofocus
          inputMode="numeric"
          pattern={DIGITS}
          value={wish.phone_number_id}
          error={errors.phone_number_id}
          onChange={(event) => setWish({ ...wish, phone_number_id: event.currentTarget.value })}
        />
        <TextInput
          label={t("channels.fact.waba")}
          description={t("channels.wabaHint")}
          placeholder="102290129340398"
          inputMode="numeric"
          pattern={DIGITS}
          value={wish.waba_id}
          error={errors.waba_id}
          onChange={(event) => setWish({ ...wish, waba_id: event.currentTarget.value })}
        />
        <PasswordInput
          label={t("channels.token")}
          description={t("channels.tokenKept")}
          required
          autoComplete="off"
          maxLength={1000}
          value={wish.access_token}
          error={errors.access_token}
          onChange={(event) => setWish({ ...wish, access_token: event.currentTarget.value })}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("form:cancel")}
          </Button>
          <Button type="submit" loading={connect.isPending}>
            {t("channels.connectNow")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
