import { Button, Group, Skeleton, Switch, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconHistory } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, service } from "@/api/client";
import { Failure } from "@/app/Failure";
import { tellError } from "@/app/notices";
import { useFormat } from "@/i18n/format";
import { Movements } from "./Movements";
import { MoveStock } from "./MoveStock";
import { stockQuery, type Variant } from "./queries";

/** What is left of a variant, what moved it, and moving it. */
export function StockPanel({ variant }: { variant: Variant }) {
  const { t } = useTranslation("catalog");
  const format = useFormat();
  const queries = useQueryClient();
  const stock = useQuery(stockQuery(variant.id));
  const [showing, history] = useDisclosure(false);
  const count = useMutation({
    mutationFn: (tracked: boolean) =>
      answer(
        service.PATCH("/stocks/{variant_id}", { params: { path: { variant_id: variant.id } }, body: { tracked } }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["variant"] }),
    onError: tellError,
  });
  if (stock.error) return <Failure error={stock.error} retry={() => void stock.refetch()} />;
  if (!stock.data) return <Skeleton height={60} mt="sm" />;
  const { tracked, quantity } = stock.data;
  return (
    <section aria-label={t("stock")}>
      <Group justify="space-between" mt="md" mb={6}>
        <Text size="sm" fw={600}>
          {t("stock")}:{" "}
          <span aria-live="polite">
            {quantity === null ? t("notCounted") : t("left", { n: format.number(Number(quantity)) })}
          </span>
        </Text>
        <Switch
          size="sm"
          label={t("count")}
          checked={tracked}
          disabled={count.isPending}
          onChange={(event) => count.mutate(event.currentTarget.checked)}
        />
      </Group>
      <MoveStock variantId={variant.id} fractional={variant.fractional} />
      <Button
        mt="xs"
        size="compact-sm"
        variant="subtle"
        leftSection={<IconHistory size={14} />}
        onClick={history.toggle}
        aria-expanded={showing}
      >
        {t("movements")}
      </Button>
      {showing && <Movements variantId={variant.id} />}
    </section>
  );
}
