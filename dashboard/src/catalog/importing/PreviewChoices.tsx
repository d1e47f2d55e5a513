import { Alert, Button, Checkbox, Group, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import type { Choice, ImportResult } from "./job";

interface Props {
  result: ImportResult;
  onRun: (choice: Choice) => void;
}

/** What a person decides once she has seen what a file would do. */
export function PreviewChoices({ result, onRun }: Props) {
  const { t } = useTranslation("catalog");
  const format = useFormat();
  const [skipBadRows, setSkip] = useState(false);
  const [setStock, setSetStock] = useState(true);
  if (!result.rows) return <Alert color="red">{t("importing.noGoodRow")}</Alert>;
  const bad = result.problem_count;
  return (
    <Stack gap="sm">
      {result.stocks_set > 0 && (
        <Checkbox
          label={t("importing.setStock", { count: result.stocks_set, n: format.number(result.stocks_set) })}
          checked={setStock}
          onChange={(event) => setSetStock(event.currentTarget.checked)}
        />
      )}
      {bad > 0 && (
        <Checkbox
          label={t("importing.skip", { count: bad, n: format.number(bad) })}
          description={t("importing.skipHint")}
          checked={skipBadRows}
          onChange={(event) => setSkip(event.currentTarget.checked)}
        />
      )}
      <Group>
        <Button disabled={bad > 0 && !skipBadRows} onClick={() => onRun({ preview: false, skipBadRows, setStock })}>
          {t("importing.run", { count: result.rows, n: format.number(result.rows) })}
        </Button>
      </Group>
    </Stack>
  );
}
