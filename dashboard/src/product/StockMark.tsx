import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";

const FEW = 3;

/** How much is left, or that it is not offered; nothing where it is not counted. */
export function StockMark({ inStock, available = true }: { inStock: string | null; available?: boolean }) {
  const { t } = useTranslation("order");
  const format = useFormat();
  if (!available) return <Mark color="red">{t("stock.notOffered")}</Mark>;
  if (inStock === null) return null;
  const left = Number(inStock);
  if (left <= 0) return <Mark color="red">{t("stock.none")}</Mark>;
  return (
    <Mark color={left <= FEW ? "orange" : "dimmed"}>{t("stock.left", { count: left, left: format.number(left) })}</Mark>
  );
}

function Mark({ color, children }: { color: "red" | "orange" | "dimmed"; children: string }) {
  const strong =
    color === "dimmed" ? "dimmed" : `light-dark(var(--mantine-color-${color}-9), var(--mantine-color-${color}-4))`;
  return (
    <Text component="span" fz={12} c={strong} fw={color === "dimmed" ? 400 : 600}>
      {children}
    </Text>
  );
}
