import { Button, Group, Modal, NumberInput, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { answer, idempotencyKey, service } from "@/api/client";
import { fieldErrors } from "@/app/fieldErrors";
import { tellError } from "@/app/notices";
import { useBusiness } from "@/session/session";
import { PriceInput } from "./PriceInput";

const NEW = { title: "", sku: "", price_minor: null as number | null, stock: "" as number | string };

/** Add a product with one variant; more are added to it afterwards. */
export function NewProduct({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["catalog", "form"]);
  const { currency } = useBusiness();
  const [wish, setWish] = useState(NEW);
  const add = useAdd(wish, onClose);
  const errors = fieldErrors(add.error);

  function submit(event: FormEvent) {
    event.preventDefault();
    add.mutate();
  }

  return (
    <Modal opened onClose={onClose} title={t("add")}>
      <Stack component="form" gap="sm" onSubmit={submit}>
        <TextInput
          label={t("field.title")}
          required
          data-autofocus
          maxLength={500}
          value={wish.title}
          error={errors.title}
          onChange={(event) => setWish({ ...wish, title: event.currentTarget.value })}
        />
        <TextInput
          label={t("field.sku")}
          description={t("skuHint")}
          required
          maxLength={200}
          value={wish.sku}
          error={errors["variants.0.sku"]}
          onChange={(event) => setWish({ ...wish, sku: event.currentTarget.value })}
        />
        <Group grow>
          <PriceInput
            label={t("field.price")}
            currency={currency}
            value={wish.price_minor}
            onChange={(price_minor) => setWish({ ...wish, price_minor })}
          />
          <NumberInput
            label={t("stock")}
            placeholder={t("notCounted")}
            min={0}
            max={999_999_999}
            value={wish.stock}
            onChange={(stock) => setWish({ ...wish, stock })}
          />
        </Group>
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

function useAdd(wish: typeof NEW, onAdded: () => void) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => addProduct(wish),
    onSuccess: async (product) => {
      onAdded();
      await queries.invalidateQueries({ queryKey: ["variant"] });
      await navigate(`/catalog/${product.id}`);
    },
    onError: tellError,
  });
}

async function addProduct({ title, sku, price_minor, stock }: typeof NEW) {
  const variant = { sku: sku.trim(), price_minor, options: {}, available: true, fractional: false, aliases: [] };
  const product = await answer(
    service.POST("/products", {
      params: { header: idempotencyKey() },
      body: {
        item_group_id: variant.sku,
        title: title.trim(),
        description: "",
        brand: "",
        product_type: "",
        variants: [variant],
      },
    }),
  );
  const made = product.variants[0];
  if (made && stock !== "") {
    await answer(
      service.POST("/stocks/{variant_id}/movements", {
        params: { path: { variant_id: made.id }, header: idempotencyKey() },
        body: { kind: "set", quantity: String(stock) },
      }),
    );
  }
  return product;
}
