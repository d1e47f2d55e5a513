import { ActionIcon, List, Popover, Stack, Text } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { ofHundred } from "./confidence";
import classes from "./Order.module.css";
import type { Line } from "./order";
import { Quotes } from "./Quotes";

/** Why the engine takes a line for what it is. */
export function WhyPopover({ line }: { line: Line }) {
  const { t } = useTranslation("order");
  return (
    <Popover width={330} position="bottom-end" withArrow shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="md"
          className={classes.tool}
          aria-label={t("why.label", { of: line.title || line.text })}
        >
          <IconInfoCircle size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={12}>
        <Stack gap={8}>
          <Text fw={600} size="sm">
            {t("why.title")}
          </Text>
          <Stack gap={4} align="flex-start">
            <Quotes evidence={line.evidence} most={6} />
          </Stack>
          {line.confidence !== null && (
            <Text fz={12.5}>{t("confidence.lineMeaning", { count: ofHundred(line.confidence) })}</Text>
          )}
          {line.reasons.length > 0 && (
            <List size="xs" spacing={2}>
              {line.reasons.map((reason) => (
                <List.Item key={reason}>{reason}</List.Item>
              ))}
            </List>
          )}
          <Candidates line={line} />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Candidates({ line }: { line: Line }) {
  const { t } = useTranslation("order");
  const format = useFormat();
  if (line.candidates.length === 0) return null;
  return (
    <div>
      <Text fz={12} c="dimmed" mb={2}>
        {t("why.candidates")}
      </Text>
      {line.candidates.map(({ sku, item_group_id, title, score }) => (
        <Text key={`${sku} ${item_group_id}`} fz={12.5} fw={sku !== null && sku === line.sku ? 600 : 400}>
          {title} <Text span fz={12} c="dimmed">{`${sku ?? item_group_id} · ${format.percent(score)}`}</Text>
        </Text>
      ))}
    </div>
  );
}
