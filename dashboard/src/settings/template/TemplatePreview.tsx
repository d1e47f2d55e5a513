import { Alert, Modal, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, service } from "@/api/client";
import { Failure } from "@/app/Failure";
import { Bubble } from "./Bubble";
import type { Template } from "./Templates";

/** A template as the customer would see it, with values to try. */
export function TemplatePreview({ template, onClose }: { template: Template; onClose: () => void }) {
  const { t } = useTranslation("settings");
  const [values, setValues] = useState<Record<string, string>>(() => examplesOf(template));
  const [asked] = useDebouncedValue(values, 200);
  const preview = useQuery({
    queryKey: ["template", template.id, "preview", asked],
    queryFn: () =>
      answer(
        service.POST("/templates/{template_id}/preview", {
          params: { path: { template_id: template.id } },
          body: { values: asked },
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const problems = Object.fromEntries(preview.data?.problems.map((it) => [it.key, it.detail]) ?? []);
  return (
    <Modal opened onClose={onClose} title={`${template.name} · ${template.language}`} size="xl">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Stack gap="xs">
          {!template.variables.length && <Text size="sm">{t("templates.noVariables")}</Text>}
          {template.variables.map((variable) => (
            <TextInput
              key={variable.key}
              label={t("templates.variable", { part: t(`templates.part.${variable.part}`), name: variable.name })}
              placeholder={variable.example ?? undefined}
              value={values[variable.key] ?? ""}
              error={problems[variable.key]}
              onChange={(event) => setValues({ ...values, [variable.key]: event.currentTarget.value })}
            />
          ))}
          {template.unsupported.length > 0 && (
            <Alert color="orange">{t("templates.unsupported", { parts: template.unsupported.join(", ") })}</Alert>
          )}
        </Stack>
        {preview.error && <Failure error={preview.error} retry={() => void preview.refetch()} />}
        {preview.data && <Bubble shown={preview.data.shown} />}
      </SimpleGrid>
    </Modal>
  );
}

function examplesOf(template: Template): Record<string, string> {
  return Object.fromEntries(
    template.variables.flatMap(({ key, example }) => (example ? [[key, example] as const] : [])),
  );
}
