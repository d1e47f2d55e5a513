import { Button, Group, Stack, Switch, TagsInput, TextInput } from "@mantine/core";
import { IconArchive, IconArchiveOff } from "@tabler/icons-react";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { fieldErrors } from "@/app/fieldErrors";
import { ChangedMeanwhile } from "./ChangedMeanwhile";
import { type Edits, useEdits } from "./edits";
import { OptionFields } from "./OptionFields";
import { PriceInput } from "./PriceInput";
import type { Variant } from "./queries";
import { useChangeVariant, type VariantChange } from "./useChangeVariant";

const FIELDS = ["title", "options", "price_minor", "available", "fractional", "aliases"] as const;

export function VariantForm({ variant }: { variant: Variant }) {
  const { t } = useTranslation(["catalog", "form"]);
  const edits = useEdits(variant, [...FIELDS, "archived_at"]);
  const change = useChangeVariant(variant, edits.discard);

  function submit(event: FormEvent) {
    event.preventDefault();
    change.mutate({ body: edits.given as VariantChange, version: edits.base.version });
  }

  return (
    <Stack component="form" gap="sm" onSubmit={submit}>
      <ChangedMeanwhile edits={edits} />
      <Fields edits={edits} errors={fieldErrors(change.error)} />
      <Group gap="xs">
        <Button type="submit" size="xs" loading={change.isPending} disabled={!edits.isDirty}>
          {t("form:save")}
        </Button>
        {edits.isDirty && (
          <Button size="xs" variant="default" onClick={edits.discard}>
            {t("form:discard")}
          </Button>
        )}
        <Button
          ml="auto"
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={variant.archived_at ? <IconArchiveOff size={14} /> : <IconArchive size={14} />}
          onClick={() => change.mutate({ body: { archived: !variant.archived_at }, version: variant.version })}
        >
          {t(variant.archived_at ? "unarchive" : "archive")}
        </Button>
      </Group>
    </Stack>
  );
}

interface FieldsProps {
  edits: Edits<Variant>;
  errors: Record<string, string>;
}

function Fields({ edits, errors }: FieldsProps) {
  const { t } = useTranslation("catalog");
  const { values, edit } = edits;
  return (
    <>
      <Group grow align="flex-start" preventGrowOverflow={false}>
        <TextInput
          label={t("field.title")}
          required
          maxLength={500}
          miw={180}
          value={values.title}
          error={errors.title}
          onChange={(event) => edit({ title: event.currentTarget.value })}
        />
        <PriceInput
          label={t("field.price")}
          currency={values.currency}
          value={values.price_minor}
          error={errors.price_minor}
          onChange={(price_minor) => edit({ price_minor })}
        />
      </Group>
      <OptionFields key={edits.generation} value={values.options} onChange={(options) => edit({ options })} />
      <TagsInput
        label={t("field.aliases")}
        description={t("aliasesHint")}
        maxTags={100}
        value={values.aliases}
        error={errors.aliases}
        onChange={(aliases) => edit({ aliases })}
      />
      <Group>
        <Switch
          label={t("field.available")}
          checked={values.available}
          onChange={(event) => edit({ available: event.currentTarget.checked })}
        />
        <Switch
          label={t("field.fractional")}
          checked={values.fractional}
          onChange={(event) => edit({ fractional: event.currentTarget.checked })}
        />
      </Group>
    </>
  );
}
