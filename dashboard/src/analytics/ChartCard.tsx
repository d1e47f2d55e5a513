import { ActionIcon, Group, Paper, Skeleton, Table, Text, Title, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChartBar, IconTable } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "@/app/Failure";
import { SCROLLABLE } from "@/app/scrolling";
import classes from "./analytics.module.css";

interface Asked {
  isPending: boolean;
  error: Error | null;
  refetch: () => unknown;
  isPlaceholderData: boolean;
}

interface Props {
  title: string;
  hint?: string;
  of: Asked;
  isEmpty: boolean;
  /** The same numbers as a table: its head, then its rows. */
  head: string[];
  rows: (string | number)[][];
  tools?: ReactNode;
  children: ReactNode;
}

/** A chart, or the table of its numbers, for who cannot see it or wants to read them. */
export function ChartCard({ title, hint, of, isEmpty, head, rows, tools, children }: Props) {
  const { t } = useTranslation("analytics");
  const [asTable, { toggle }] = useDisclosure(false);
  const other = t(asTable ? "asChart" : "asTable");
  return (
    <Paper withBorder p="md" component="section" aria-label={title} data-stale={of.isPlaceholderData || undefined}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" mb="sm">
        <div>
          <Title order={2} size="h5">
            {title}
          </Title>
          {hint && (
            <Text size="xs" c="dimmed">
              {hint}
            </Text>
          )}
        </div>
        <Group gap={4} wrap="nowrap">
          {tools}
          <Tooltip label={other}>
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`${title}: ${other}`} onClick={toggle}>
              {asTable ? <IconChartBar size={18} /> : <IconTable size={18} />}
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      {of.isPending && <Skeleton height={240} />}
      {of.error && <Failure error={of.error} retry={() => void of.refetch()} />}
      {!of.isPending && !of.error && isEmpty && (
        <Text size="sm" c="dimmed" className={classes.empty}>
          {t("nothing")}
        </Text>
      )}
      {!of.isPending &&
        !of.error &&
        !isEmpty &&
        (asTable ? <Numbers title={title} head={head} rows={rows} /> : children)}
    </Paper>
  );
}

function Numbers({ title, head, rows }: Pick<Props, "title" | "head" | "rows">) {
  return (
    <Table.ScrollContainer {...SCROLLABLE} minWidth={280} maxHeight={260}>
      <Table stickyHeader fz="sm" verticalSpacing={4} aria-label={title}>
        <Table.Thead>
          <Table.Tr>
            {head.map((name, column) => (
              <Table.Th key={name} ta={column ? "right" : "left"}>
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={String(row[0])}>
              {row.map((value, column) => (
                <Table.Td key={head[column]} ta={column ? "right" : "left"}>
                  {value}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
