import { Alert, Button, Group, Text } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Edits } from "./edits";
import type { Variant } from "./queries";

/** Says what somebody else changed while this person typed. Saving waits until she has seen it. */
export function ChangedMeanwhile({ edits }: { edits: Edits<Variant> }) {
  const { t } = useTranslation(["catalog", "form"]);
  if (!edits.changedMeanwhile.length) return null;
  const fields = edits.changedMeanwhile
    .map((field) => t(field === "title" ? "changed.name" : `changed.${field}`))
    .join(", ");
  return (
    <Alert color="orange" icon={<IconUsers />} title={t("changed.title")} role="alert">
      <Text size="sm">{t("changed.what", { fields })}</Text>
      <Group gap="xs" mt="xs">
        <Button size="xs" variant="default" onClick={edits.accept}>
          {t("changed.keepMine")}
        </Button>
        <Button size="xs" variant="default" onClick={edits.discard}>
          {t("changed.takeTheirs")}
        </Button>
      </Group>
    </Alert>
  );
}
