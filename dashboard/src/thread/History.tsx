import { Loader, Modal, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Failure } from "@/app/Failure";
import { useFormat } from "@/i18n/format";
import { useHistory } from "./queries";
import type { Message } from "./stretch";

/** What a message said before it was edited, and how far it has come. */
export function History({ message, onClose }: { message: Message; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useHistory(message, true);
  return (
    <Modal opened onClose={onClose} title={t("thread:history.title")}>
      {error && <Failure error={error} retry={() => void refetch()} />}
      {!data && !error && <Loader size="sm" aria-label="…" />}
      {data && (
        <Stack gap="md">
          {data.versions.map((version, index) => (
            <div key={version.timestamp + version.content}>
              <Text size="xs" c="dimmed">
                {t(index === 0 ? "thread:history.first" : "thread:history.then")} · {format.dateTime(version.timestamp)}
              </Text>
              <Text style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{version.content || "–"}</Text>
            </div>
          ))}
          {data.statuses.length > 0 && (
            <div>
              <Title order={3} size="h6">
                {t("thread:history.statuses")}
              </Title>
              {data.statuses.map((each) => (
                <Text key={`${each.status} ${each.timestamp}`} size="sm">
                  {t(`thread:status.${each.status}`, { defaultValue: each.status })}
                  {each.timestamp && ` · ${format.dateTime(each.timestamp)}`}
                </Text>
              ))}
            </div>
          )}
        </Stack>
      )}
    </Modal>
  );
}
