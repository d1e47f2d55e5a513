import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, idempotencyKey, service } from "@/api/client";
import { fieldErrors } from "@/app/fieldErrors";
import { tellError } from "@/app/notices";
import { useBusiness } from "@/session/session";
import { OptionFields } from "./OptionFields";
import { PriceInput } from "./PriceInput";
import type { Product } from "./queries";

const NEW = { sku: "", price_minor: null as number | null, options: {} as Record<string, string> };

/** Add a variant to a product; its options begin as those of its siblings are called. */
export function NewVariant({ product, onClose }: { product: Product; onClose: () => void }) {
  const { t } = useTranslation(["catalog", "form"]);
  const queries = useQueryClient();
  const { currency } = useBusiness();
  const [wish, setWish] = useState(NEW);
  const names = Object.keys(product.variants.at(-1)?.options ?? {});
  const add = useMutation({
    mutationFn: () =>
      answer(
        service.POST("/products/{product_id}/variants", {
          params: { path: { product_id: product.id }, header: idempotencyKey() },
          body: { ...wish, sku: wish.sku.trim(), available: true, fractional: false, aliases: [] },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({
        predicate: ({ queryKey }) => ["product", "variant"].includes(String(queryKey[0])),
      });
      onClose();
    },
    onError: tellError,
  });
  const errors = fieldErrors(add.error);

  function submit(event: FormEvent) {
    event.preventDefault();
    add.mutate();
  }

  return (
    <Modal opened onClose={onClose} title={t("addVariantTo", { title: product.title })}>
      <Stack component="form" gap="sm" onSubmit={submit}>
        <TextInput
          label={t("field.sku")}
          required
          data-autofocus
          maxLength={200}
          value={wish.sku}
          error={errors.sku}
          onChange={(event) => setWish({ ...wish, sku: event.currentTarget.value })}
        />
        <PriceInput
          label={t("field.price")}
          currency={product.variants[0]?.currency ?? currency}
          value={wish.price_minor}
          onChange={(price_minor) => setWish({ ...wish, price_minor })}
        />
        <OptionFields
          value={Object.fromEntries(names.map((name) => [name, ""]))}
          onChange={(options) => setWish({ ...wish, options })}
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
