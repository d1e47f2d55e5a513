import { Alert, Button, Fieldset, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { answer, service } from "@/api/client";
import { fieldErrors } from "@/app/fieldErrors";
import { explain, tell } from "@/app/notices";
import { useEdits } from "@/catalog/edits";
import { type Business, useBusiness, useUser } from "@/session/session";
import { SectionHead } from "../SectionHead";
import { RegionFields } from "./RegionFields";

const LINES = ["phone", "email", "website"] as const;
const FIELDS = ["name", "address", ...LINES, "country_code", "currency", "time_zone", "locale"] as const;

/** What the business is called, where it is, and in what it counts. */
export default function BusinessSettings() {
  const { t } = useTranslation(["settings", "form"]);
  const queries = useQueryClient();
  const isAdmin = useUser().role === "admin";
  const edits = useEdits<Business>(useBusiness(), FIELDS);
  const { values, edit } = edits;
  const save = useMutation({
    mutationFn: () => answer(service.PATCH("/businesses/current", { body: edits.given })),
    onSuccess: (kept) => {
      queries.setQueryData(["business", "current"], kept);
      edits.discard();
      tell(t("form:saved"));
    },
  });
  const errors = fieldErrors(save.error);

  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }

  return (
    <Stack gap="md" maw={620}>
      <SectionHead title={t("business.title")} hint={t("business.hint")} />
      <form onSubmit={submit}>
        <Fieldset variant="unstyled" disabled={!isAdmin}>
          <Stack gap="sm">
            <TextInput
              label={t("business.name")}
              required
              maxLength={200}
              value={values.name}
              error={errors.name}
              onChange={(event) => edit({ name: event.currentTarget.value })}
            />
            <Textarea
              label={t("business.address")}
              autosize
              minRows={2}
              maxLength={1000}
              value={values.address}
              error={errors.address}
              onChange={(event) => edit({ address: event.currentTarget.value })}
            />
            {LINES.map((field) => (
              <TextInput
                key={field}
                label={t(`business.${field}`)}
                maxLength={200}
                value={values[field]}
                error={errors[field]}
                onChange={(event) => edit({ [field]: event.currentTarget.value })}
              />
            ))}
            <RegionFields values={values} errors={errors} onChange={edit} />
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
        </Fieldset>
      </form>
    </Stack>
  );
}
