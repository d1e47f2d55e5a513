import { Button, Collapse, Group, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPencil } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { answer, service } from "@/api/client";
import { fieldErrors } from "@/app/fieldErrors";
import { tell, tellError } from "@/app/notices";
import { type Edits, useEdits } from "./edits";
import type { Product } from "./queries";

const FIELDS = ["title", "brand", "product_type", "description"] as const;
type Shared = Pick<Product, (typeof FIELDS)[number]>;

/** What a product's variants share; closed until somebody wants to change it. */
export function ProductForm({ product }: { product: Product }) {
  const { t } = useTranslation(["catalog", "form"]);
  const [editing, form] = useDisclosure(false);
  const edits = useEdits<Shared>(product, [...FIELDS]);
  const save = useSave(product.id, edits, form.close);
  if (!editing) return <Facts product={product} onEdit={form.open} />;

  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }

  return (
    <Collapse expanded={editing}>
      <Stack component="form" gap="xs" onSubmit={submit}>
        <Fields edits={edits} errors={fieldErrors(save.error)} />
        <Group gap="xs">
          <Button type="submit" size="xs" loading={save.isPending} disabled={!edits.isDirty}>
            {t("form:save")}
          </Button>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              edits.discard();
              form.close();
            }}
          >
            {t("form:cancel")}
          </Button>
        </Group>
      </Stack>
    </Collapse>
  );
}

function useSave(id: number, edits: Edits<Shared>, onSaved: () => void) {
  const { t } = useTranslation("form");
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      answer(service.PATCH("/products/{product_id}", { params: { path: { product_id: id } }, body: edits.given })),
    onSuccess: (changed) => {
      queries.setQueryData(["product", id], changed);
      edits.discard();
      onSaved();
      tell(t("saved"));
    },
    onError: tellError,
  });
}

function Facts({ product, onEdit }: { product: Product; onEdit: () => void }) {
  const { t } = useTranslation(["catalog", "form"]);
  const facts = [product.brand, product.product_type].filter(Boolean).join(" · ");
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap">
      <div>
        {facts && <Text size="sm">{facts}</Text>}
        <Text size="sm" c="dimmed" lineClamp={3}>
          {product.description || t("noDescription")}
        </Text>
      </div>
      <Button flex="none" size="xs" variant="default" leftSection={<IconPencil size={14} />} onClick={onEdit}>
        {t("form:edit")}
      </Button>
    </Group>
  );
}

function Fields({ edits, errors }: { edits: Edits<Shared>; errors: Record<string, string> }) {
  const { t } = useTranslation("catalog");
  return (
    <>
      {(["title", "brand", "product_type"] as const).map((field) => (
        <TextInput
          key={field}
          label={t(`field.${field}`)}
          required={field === "title"}
          maxLength={500}
          value={edits.values[field]}
          error={errors[field]}
          onChange={(event) => edits.edit({ [field]: event.currentTarget.value })}
        />
      ))}
      <Textarea
        label={t("field.description")}
        autosize
        minRows={2}
        maxRows={8}
        value={edits.values.description}
        error={errors.description}
        onChange={(event) => edits.edit({ description: event.currentTarget.value })}
      />
    </>
  );
}
