import { Paper, SimpleGrid, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import type { ImportResult } from "./job";

const COUNTED = ["created", "updated", "unchanged", "left_out", "stocks_set", "problem_count"] as const;

/** What an import did or would do, in numbers. */
export function Counts({ result }: { result: ImportResult }) {
  const { t } = useTranslation("catalog");
  const format = useFormat();
  return (
    <SimpleGrid cols={{ base: 2, xs: 3, sm: 6 }} spacing="xs" component="dl" m={0}>
      {COUNTED.map((name) => (
        <Paper key={name} withBorder p="xs">
          <Text component="dt" size="xs" c="dimmed">
            {t(`importing.count.${name}`)}
          </Text>
          <Text
            component="dd"
            m={0}
            fw={600}
            size="lg"
            c={name === "problem_count" && result[name] ? "red" : undefined}
          >
            {format.number(result[name])}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
}
