import { Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { AskButton } from "./AskButton";
import { useOrderEditing } from "./editing";
import classes from "./Order.module.css";
import type { Line } from "./order";

interface Props {
  line: Line;
  obstacles: readonly string[];
  canAsk: boolean;
}

/** What a person should look at before she confirms, and what has to be asked. */
export function LineWarnings({ line, obstacles, canAsk }: Props) {
  const { t } = useTranslation("order");
  const { order } = useOrderEditing();
  const question = order.questions.find((it) => it.line_id === line.id);
  const warned = line.warnings.map((it) => t(`warning.${it.code}`, { defaultValue: it.message, left: line.in_stock }));
  return (
    <>
      {[...warned, ...obstacles].map((message) => (
        <div key={message} className={classes.warning}>
          <IconAlertTriangle size={15} aria-hidden />
          <span>{message}</span>
        </div>
      ))}
      {question && canAsk && (
        <Group gap={8} mt={6} justify="space-between">
          <Text fz={12.5} fw={500}>
            {line.missing.length > 0 ? t("line.missing", { what: line.missing.join(", ") }) : t("line.undecided")}
          </Text>
          <AskButton order={order} question={question} />
        </Group>
      )}
    </>
  );
}
