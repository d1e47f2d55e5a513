import { Alert, Button, Group, Radio, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { answer, service } from "@/api/client";
import { explain, tell } from "@/app/notices";
import { type Edits, useEdits } from "@/catalog/edits";
import { useUser } from "@/session/session";
import { ConfirmationPreview } from "./ConfirmationPreview";
import type { Setting } from "./queries";
import { TemplateChoice } from "./TemplateChoice";

const FIELDS = ["mode", "template", "goods", "payment_type", "payment_configuration"] as const;
const MODES = ["off", "text", "order_details"] as const;

export function ConfirmationForm({ setting }: { setting: Setting }) {
  const { t } = useTranslation(["settings", "form"]);
  const isAdmin = useUser().role === "admin";
  const queries = useQueryClient();
  const edits = useEdits<Setting>(setting, FIELDS);
  const { values, edit } = edits;
  const save = useMutation({
    mutationFn: () => answer(service.PUT("/businesses/current/order-summary", { body: values })),
    onSuccess: (kept) => {
      queries.setQueryData(["business", "order-summary"], kept);
      edits.discard();
      tell(t("form:saved"));
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }

  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl">
      <Stack component="form" gap="md" onSubmit={submit}>
        <Radio.Group
          label={t("confirmations.mode")}
          value={values.mode}
          readOnly={!isAdmin}
          onChange={(mode) => edit({ mode: mode as Setting["mode"] })}
        >
          <Stack gap="xs" mt={6}>
            {MODES.map((mode) => (
              <Radio
                key={mode}
                value={mode}
                label={t(`confirmations.is.${mode}`)}
                description={t(`confirmations.does.${mode}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        {values.mode === "order_details" && <Payment edits={edits} />}
        {values.mode !== "off" && (
          <TemplateChoice value={values.template ?? null} onChange={(template) => edit({ template })} />
        )}
        {save.error && <Alert color="red">{explain(save.error)}</Alert>}
        {isAdmin && (
          <Group gap="xs">
            <Button type="submit" loading={save.isPending} disabled={!edits.isDirty}>
              {t("form:save")}
            </Button>
            {edits.isDirty && (
              <Button variant="default" onClick={edits.discard}>
                {t("form:discard")}
              </Button>
            )}
          </Group>
        )}
      </Stack>
      <ConfirmationPreview setting={values} />
    </SimpleGrid>
  );
}

/** With `order_details`: what WhatsApp needs to show a bill that can be paid. */
function Payment({ edits: { values, edit } }: { edits: Edits<Setting> }) {
  const { t } = useTranslation("settings");
  return (
    <Stack gap="xs">
      <TextInput
        label={t("confirmations.paymentType")}
        placeholder="upi"
        required
        maxLength={60}
        value={values.payment_type ?? ""}
        onChange={(event) => edit({ payment_type: event.currentTarget.value || null })}
      />
      <TextInput
        label={t("confirmations.paymentConfiguration")}
        description={t("confirmations.paymentConfigurationHint")}
        required
        maxLength={60}
        value={values.payment_configuration ?? ""}
        onChange={(event) => edit({ payment_configuration: event.currentTarget.value || null })}
      />
      <Radio.Group
        label={t("confirmations.goods")}
        value={values.goods}
        onChange={(goods) => edit({ goods: goods as Setting["goods"] })}
      >
        <Group mt={4}>
          <Radio value="physical-goods" label={t("confirmations.physical")} />
          <Radio value="digital-goods" label={t("confirmations.digital")} />
        </Group>
      </Radio.Group>
    </Stack>
  );
}
