import { Group, Stack, Text } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { IconFileSpreadsheet, IconUpload, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { tell } from "@/app/notices";
import { TemplateLink } from "../TemplateLink";

const MOST_BYTES = 64 * 1024 * 1024;

/** Where a catalogue file is dropped or picked. */
export function FileDrop({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useTranslation("catalog");
  return (
    <Stack gap="xs">
      <Dropzone
        multiple={false}
        maxSize={MOST_BYTES}
        onDrop={(files) => files[0] && onFile(files[0])}
        onReject={() => tell(t("importing.tooLarge"))}
        p="xl"
        inputProps={{ "aria-label": t("importing.drop") }}
      >
        <Group justify="center" gap="md" mih={140} wrap="nowrap">
          <Dropzone.Accept>
            <IconUpload size={40} aria-hidden />
          </Dropzone.Accept>
          <Dropzone.Reject>
            <IconX size={40} aria-hidden />
          </Dropzone.Reject>
          <Dropzone.Idle>
            <IconFileSpreadsheet size={40} style={{ flex: "none" }} aria-hidden />
          </Dropzone.Idle>
          <div>
            <Text fw={600}>{t("importing.drop")}</Text>
            <Text size="sm" c="dimmed">
              {t("importing.kinds")}
            </Text>
          </div>
        </Group>
      </Dropzone>
      <Text size="sm" c="dimmed">
        {t("importing.needed")} <TemplateLink />
      </Text>
    </Stack>
  );
}
