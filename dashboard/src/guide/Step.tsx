import { Group, Paper, Text, ThemeIcon, Title, VisuallyHidden } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { StepName } from "./steps";

interface Props {
  number: number;
  name: StepName;
  isDone: boolean;
  /** The one to do now: only it is open. */
  isNext: boolean;
  children: ReactNode;
}

export function Step({ number, name, isDone, isNext, children }: Props) {
  const { t } = useTranslation("guide");
  return (
    <Paper component="li" withBorder p="md" aria-current={isNext ? "step" : undefined}>
      <Group wrap="nowrap" align="flex-start">
        <ThemeIcon
          radius="xl"
          size={32}
          variant={isDone ? "filled" : "light"}
          color={isDone || isNext ? undefined : "gray"}
        >
          {isDone ? <IconCheck size={18} aria-hidden /> : number}
        </ThemeIcon>
        <div style={{ flex: 1, minWidth: 0 }}>
          <Title order={2} size="h5" mt={5}>
            {t(`${name}.title`)} {isDone && <VisuallyHidden>({t("isDone")})</VisuallyHidden>}
          </Title>
          {!isDone && (
            <Text size="sm" c="dimmed">
              {t(`${name}.hint`)}
            </Text>
          )}
          {isNext && <div style={{ marginTop: 12 }}>{children}</div>}
        </div>
      </Group>
    </Paper>
  );
}
