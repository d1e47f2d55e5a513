import "@mantine/dropzone/styles.css";
import { Anchor, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { tellError } from "@/app/notices";
import { Page } from "@/app/Page";
import { FileDrop } from "./FileDrop";
import { JobView } from "./JobView";
import { type Choice, useBegin } from "./job";
import { PastImports } from "./PastImports";

/** From a dropped file to a filled catalogue: look first what it would do, then do it. */
export default function ImportPage() {
  const { t } = useTranslation("catalog");
  const [file, setFile] = useState<File | null>(null);
  const [jobId, setJobId] = useState<number | null>(null);
  const begin = useBegin();

  function start(source: File, choice: Choice) {
    begin.mutate({ file: source, choice }, { onSuccess: (job) => setJobId(job.id), onError: tellError });
  }

  function look(chosen: File) {
    setFile(chosen);
    setJobId(null);
    start(chosen, { preview: true, skipBadRows: true, setStock: true });
  }

  function again() {
    setFile(null);
    setJobId(null);
  }

  return (
    <Page
      title={t("importing.title")}
      actions={
        <Anchor component={Link} to="/catalog" size="sm">
          {t("importing.back")}
        </Anchor>
      }
    >
      <Stack maw={900} gap="lg">
        {!file && <FileDrop onFile={look} />}
        {file && (
          <JobView
            jobId={jobId}
            file={file}
            isSending={begin.isPending}
            onRun={(choice) => start(file, choice)}
            onAgain={again}
          />
        )}
        <PastImports except={jobId} />
      </Stack>
    </Page>
  );
}
