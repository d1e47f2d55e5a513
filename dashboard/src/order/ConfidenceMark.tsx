import { Badge, Group, Progress, Text, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { LEVELS, levelOf, ofHundred } from "./confidence";

/** How sure the reading of a whole order is: color, form, word and figure. */
export function OrderConfidence({ confidence }: { confidence: number | null }) {
  const { t } = useTranslation("order");
  const format = useFormat();
  if (confidence === null)
    return (
      <Badge variant="light" color="gray" size="lg" tt="none">
        {t("confidence.byHand")}
      </Badge>
    );
  const level = levelOf(confidence);
  const { color, icon: Icon } = LEVELS[level];
  const meaning = t("confidence.orderMeaning", { count: ofHundred(confidence) });
  return (
    <Tooltip label={meaning} multiline maw={280} events={{ hover: true, focus: true, touch: true }}>
      <Badge
        variant="light"
        color={color}
        size="lg"
        tt="none"
        leftSection={<Icon size={16} aria-hidden />}
        tabIndex={0}
        aria-label={`${t(`confidence.${level}`)}, ${format.percent(confidence)}. ${meaning}`}
      >
        {t(`confidence.${level}`)} · {format.percent(confidence)}
      </Badge>
    </Tooltip>
  );
}

/** The same of one line, small. */
export function LineConfidence({ confidence, isOpen }: { confidence: number | null; isOpen: boolean }) {
  const { t } = useTranslation("order");
  const format = useFormat();
  if (confidence === null) return null;
  const level = isOpen ? "unsure" : levelOf(confidence);
  const { color, icon: Icon } = LEVELS[level];
  const meaning = t("confidence.lineMeaning", { count: ofHundred(confidence) });
  return (
    <Tooltip label={`${t(`confidence.${level}`)}. ${meaning}`} multiline maw={260}>
      <Group gap={5} wrap="nowrap" role="img" aria-label={`${t(`confidence.${level}`)}. ${meaning}`}>
        <Icon size={15} color={`var(--mantine-color-${color}-${level === "check" ? 7 : 6})`} aria-hidden />
        <Progress value={confidence * 100} color={color} size={5} w={34} aria-hidden />
        <Text fz={12} c="dimmed" aria-hidden>
          {format.percent(confidence)}
        </Text>
      </Group>
    </Tooltip>
  );
}
