import { Alert, Button, Group, Paper, Progress, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Failure } from "@/app/Failure";
import { useFormat } from "@/i18n/format";
import { Counts } from "./Counts";
import { type Choice, type ImportJob, isOver, jobQuery, problemsOf } from "./job";
import { PreviewChoices } from "./PreviewChoices";
import { Problems } from "./Problems";

interface Props {
  jobId: number | null;
  file: File;
  isSending: boolean;
  onRun: (choice: Choice) => void;
  onAgain: () => void;
}

/** A file on its way: how far it is, what would come of it, what came of it. */
export function JobView({ jobId, file, isSending, onRun, onAgain }: Props) {
  const { t } = useTranslation("catalog");
  const job = useQuery({ ...jobQuery(jobId ?? 0), enabled: jobId !== null });
  return (
    <Paper withBorder p="md" component="section" aria-label={file.name}>
      <Stack gap="md">
        <Group justify="space-between">
          <Text fw={600}>{file.name}</Text>
          <Button size="xs" variant="default" onClick={onAgain}>
            {t("importing.another")}
          </Button>
        </Group>
        {job.error && <Failure error={job.error} retry={() => void job.refetch()} />}
        {job.data && !isSending ? (
          <State job={job.data} onRun={onRun} />
        ) : (
          !job.error && <JobProgress job={undefined} />
        )}
      </Stack>
    </Paper>
  );
}

function State({ job, onRun }: { job: ImportJob; onRun: Props["onRun"] }) {
  const { t } = useTranslation("catalog");
  if (!isOver(job)) return <JobProgress job={job} />;
  return (
    <>
      {job.state === "failed" && (
        <Alert color="red" icon={<IconAlertTriangle />} title={t("importing.failed")} role="alert">
          {typeof job.problem?.detail === "string" && job.problem.detail}
        </Alert>
      )}
      {job.result && !job.preview && (
        <Alert color="satya" icon={<IconCheck />} title={t("importing.done")} role="status">
          <Button component={Link} to="/catalog" size="xs" variant="default">
            {t("importing.see")}
          </Button>
        </Alert>
      )}
      {job.result && <Counts result={job.result} />}
      {job.result && job.preview && <PreviewChoices result={job.result} onRun={onRun} />}
      <Problems problems={problemsOf(job)} count={job.result?.problem_count ?? problemsOf(job).length} />
    </>
  );
}

export function JobProgress({ job }: { job: ImportJob | undefined }) {
  const { t } = useTranslation("catalog");
  const format = useFormat();
  const total = job?.rows_total ?? 0;
  const share = job && total ? (100 * job.rows_done) / total : 0;
  const label = t(job?.preview === false ? "importing.running" : "importing.looking");
  return (
    <div role="status">
      <Text size="sm" mb={4}>
        {label}{" "}
        {job && total > 0 && t("importing.rows", { done: format.number(job.rows_done), total: format.number(total) })}
      </Text>
      <Progress.Root size="lg">
        <Progress.Section value={total ? share : 100} animated={!total} aria-label={label} />
      </Progress.Root>
    </div>
  );
}
