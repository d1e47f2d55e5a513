import { Alert, Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { explain } from "./notices";

/** What to show where something could not be loaded, with a way to try again. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert color="red" icon={<IconAlertTriangle />} title={t("error.title")} m="md" role="alert">
      <Group justify="space-between">
        <Text size="sm">{explain(error)}</Text>
        {retry && (
          <Button size="xs" variant="default" onClick={retry}>
            {t("error.retry")}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
