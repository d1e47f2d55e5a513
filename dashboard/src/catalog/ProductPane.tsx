import { Button, CloseButton, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { Failure } from "@/app/Failure";
import classes from "./catalog.module.css";
import { NewVariant } from "./NewVariant";
import { ProductForm } from "./ProductForm";
import { type Product, productQuery } from "./queries";
import { VariantCard } from "./VariantCard";

/** One product with all its variants, to be edited in place. */
export function ProductPane({ id }: { id: number }) {
  const { t } = useTranslation("catalog");
  const product = useQuery(productQuery(id));
  return (
    <section className={classes.pane} aria-label={product.data?.title ?? t("product")}>
      {product.isPending && <Skeleton height={240} />}
      {product.error && !product.data && <Failure error={product.error} retry={() => void product.refetch()} />}
      {product.data && <Loaded product={product.data} />}
    </section>
  );
}

function Loaded({ product }: { product: Product }) {
  const { t } = useTranslation("catalog");
  const [adding, add] = useDisclosure(false);
  const wanted = Number(useSearchParams()[0].get("variant"));
  const archivedLast = [...product.variants].sort((a, b) => Number(!!a.archived_at) - Number(!!b.archived_at));
  return (
    <Stack gap="md">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Title order={2} size="h4">
            {product.title}
          </Title>
          <Text size="xs" c="dimmed">
            {product.item_group_id}
          </Text>
        </div>
        <CloseButton component={Link} to="/catalog" aria-label={t("close")} size="lg" />
      </Group>
      <ProductForm product={product} />
      <Group justify="space-between">
        <Title order={3} size="h5">
          {t("variants", { count: product.variants.length })}
        </Title>
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} onClick={add.open}>
          {t("addVariant")}
        </Button>
      </Group>
      {archivedLast.map((variant) => (
        <VariantCard
          key={variant.id}
          variant={variant}
          openAtFirst={variant.id === wanted || product.variants.length === 1}
        />
      ))}
      {adding && <NewVariant product={product} onClose={add.close} />}
    </Stack>
  );
}
