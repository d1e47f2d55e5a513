import { Button, Group, NumberInput, SegmentedControl, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, idempotencyKey, type Schema, service } from "@/api/client";
import { tell, tellError } from "@/app/notices";
import { useFormat } from "@/i18n/format";

type Kind = "set" | "receive" | "adjust";
type Wish = Schema<"SetTo"> | Schema<"Receive"> | Schema<"Adjust">;
const KINDS: readonly Kind[] = ["receive", "set", "adjust"];

/** Set a stock to what was counted, add what came in, or correct it with a reason. */
export function MoveStock({ variantId, fractional }: { variantId: number; fractional: boolean }) {
  const { t } = useTranslation("catalog");
  const [kind, setKind] = useState<Kind>("receive");
  const [amount, setAmount] = useState<number | string>("");
  const [reason, setReason] = useState("");
  const move = useMove(variantId, () => {
    setAmount("");
    setReason("");
  });
  const isGiven = amount !== "" && (kind === "set" || Number(amount) !== 0) && (kind !== "adjust" || reason.trim());

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isGiven) move.mutate(movement(kind, String(amount), reason.trim()));
  }

  return (
    <form onSubmit={submit}>
      <SegmentedControl
        size="xs"
        mb={6}
        aria-label={t("moveKind")}
        value={kind}
        onChange={(value) => setKind(value as Kind)}
        data={KINDS.map((value) => ({ value, label: t(`move.${value}`) }))}
      />
      <Group gap="xs" wrap="nowrap" align="flex-end">
        <NumberInput
          w={110}
          label={t(`amount.${kind}`)}
          min={kind === "adjust" ? undefined : 0}
          max={999_999_999}
          allowNegative={kind === "adjust"}
          allowDecimal={fractional}
          decimalScale={3}
          value={amount}
          onChange={setAmount}
        />
        <TextInput
          flex={1}
          label={t(kind === "adjust" ? "reasonNeeded" : "reason")}
          placeholder={t(`reasonHint.${kind}`)}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={move.isPending} disabled={!isGiven}>
          {t("doMove")}
        </Button>
      </Group>
    </form>
  );
}

function movement(kind: Kind, amount: string, reason: string): Wish {
  if (kind === "adjust") return { kind, delta: amount, reason };
  return { kind, quantity: amount, reason: reason || null };
}

function useMove(variantId: number, onMoved: () => void) {
  const { t } = useTranslation("catalog");
  const format = useFormat();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: Wish) =>
      answer(
        service.POST("/stocks/{variant_id}/movements", {
          params: { path: { variant_id: variantId }, header: idempotencyKey() },
          body: wish,
        }),
      ),
    onSuccess: (stock) => {
      onMoved();
      tell(t("moved", { sku: stock.sku, n: format.number(Number(stock.quantity)) }));
      void queries.invalidateQueries({ queryKey: ["variant"] });
    },
    onError: tellError,
  });
}
