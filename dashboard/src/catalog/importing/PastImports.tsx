import { Badge, Group, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { JobProgress } from "./JobView";
import { type ImportJob, isOver, usePastImports } from "./job";

const COLORS = { waiting: "gray", running: "blue", done: "satya", failed: "red" } as const;

/** Imports of before, and those that are under way: one may leave the page while they run. */
export function PastImports({ except }: { except: number | null }) {
  const { t } = useTranslation("catalog");
  const { data = [] } = usePastImports();
  const shown = data.filter((job) => !job.preview && job.id !== except);
  if (!shown.length) return null;
  return (
    <Stack gap="xs" component="section">
      <Title order={2} size="h5">
        {t("importing.past")}
      </Title>
      {shown.map((job) => (
        <Past key={job.id} job={job} />
      ))}
    </Stack>
  );
}

function Past({ job }: { job: ImportJob }) {
  const { t } = useTranslation("catalog");
  const format = useFormat();
  if (!isOver(job)) return <JobProgress job={job} />;
  const said = job.result
    ? t("importing.summary", counts(job.result, format.number))
    : String(job.problem?.detail ?? "");
  return (
    <Group gap="sm">
      <Badge color={COLORS[job.state]} variant="light">
        {t(`importing.state.${job.state}`)}
      </Badge>
      <Text size="sm" fw={500}>
        {job.file}
      </Text>
      <Text size="sm" c="dimmed">
        {said} · {format.dateTime(job.created_at)}
      </Text>
    </Group>
  );
}

function counts(result: NonNullable<ImportJob["result"]>, number: (value: number) => string) {
  return { created: number(result.created), updated: number(result.updated), unchanged: number(result.unchanged) };
}
