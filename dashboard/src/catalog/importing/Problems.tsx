import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { SCROLLABLE } from "@/app/scrolling";
import { useFormat } from "@/i18n/format";
import type { ImportProblem } from "./job";

/** Each bad row: where it is, what stands there, what to write instead. */
export function Problems({ problems, count }: { problems: ImportProblem[]; count: number }) {
  const { t } = useTranslation("catalog");
  const format = useFormat();
  if (!problems.length) return null;
  return (
    <section aria-label={t("importing.problems")}>
      <Table.ScrollContainer {...SCROLLABLE} minWidth={480} maxHeight={360}>
        <Table stickyHeader verticalSpacing={4} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("importing.line")}</Table.Th>
              <Table.Th>{t("importing.column")}</Table.Th>
              <Table.Th>{t("importing.fault")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {problems.map((problem) => (
              <Table.Tr key={`${problem.line} ${problem.column} ${problem.message}`}>
                <Table.Td>{problem.line || t("importing.wholeFile")}</Table.Td>
                <Table.Td>{problem.column}</Table.Td>
                <Table.Td>{problem.message}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {count > problems.length && (
        <Text size="sm" c="dimmed">
          {t("importing.moreProblems", { n: format.number(count - problems.length) })}
        </Text>
      )}
    </section>
  );
}
