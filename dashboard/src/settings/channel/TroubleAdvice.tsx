import { Alert, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Trouble } from "./queries";

/** What keeps a number from working, and what to do, in the service's words; Meta's own below. */
export function TroubleAdvice({ trouble }: { trouble: Pick<Trouble, "meaning" | "remedy" | "code" | "details"> }) {
  const { t } = useTranslation("settings");
  return (
    <Alert color="red" icon={<IconAlertTriangle />} title={capital(trouble.meaning)} role="alert">
      <Text size="sm">{trouble.remedy}</Text>
      {(trouble.code !== null || trouble.details) && (
        <Text size="xs" mt={4}>
          {t("channels.metaSays", { code: trouble.code ?? "–", details: trouble.details })}
        </Text>
      )}
    </Alert>
  );
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
