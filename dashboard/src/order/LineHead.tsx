import { Group, Stack, Text, ThemeIcon, Tooltip } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { LineConfidence } from "./ConfidenceMark";
import classes from "./Order.module.css";
import { isOpenLine, type Line, optionWords } from "./order";

/** What a line is, what it comes to, and how sure that is. */
export function LineHead({ line }: { line: Line }) {
  const format = useFormat();
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap" gap={8}>
      <div style={{ minWidth: 0 }}>
        <div className={classes.title}>{line.title || line.text}</div>
        <Group gap={5} mt={3}>
          {optionWords(line.options).map((word) => (
            <span key={word} className={classes.option}>
              {word}
            </span>
          ))}
          {line.sku && <span className={classes.sku}>{line.sku}</span>}
        </Group>
      </div>
      <Stack gap={3} align="flex-end">
        <Text span className={classes.amount} fz={13.5}>
          {format.money(line.amount_minor, line.currency)}
        </Text>
        {line.touched ? <Touched /> : <LineConfidence confidence={line.confidence} isOpen={isOpenLine(line)} />}
      </Stack>
    </Group>
  );
}

/** A person decided: no reading changes it any more. */
export function Touched() {
  const { t } = useTranslation("order");
  return (
    <Tooltip label={t("touched.meaning")} multiline maw={240}>
      <Group gap={4} wrap="nowrap" role="img" aria-label={t("touched.meaning")}>
        <ThemeIcon size={16} radius="xl" variant="light" color="blue" aria-hidden>
          <IconPencil size={11} />
        </ThemeIcon>
        <Text fz={12} c="dimmed" aria-hidden>
          {t("touched.short")}
        </Text>
      </Group>
    </Tooltip>
  );
}
