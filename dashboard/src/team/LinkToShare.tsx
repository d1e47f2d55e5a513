import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy, IconShare } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { tellError } from "@/app/notices";
import { useFormat } from "@/i18n/format";
import type { InvitationLink } from "./queries";

/** A link that is shown only once, to be given to its person. */
export function LinkToShare({ link, onClose }: { link: InvitationLink; onClose: () => void }) {
  const { t } = useTranslation(["team", "form"]);
  const format = useFormat();
  const clipboard = useClipboard();
  const address = new URL(link.path, window.location.origin).href;
  return (
    <Modal opened onClose={onClose} title={t("linkFor", { name: link.name })} size="lg">
      <Stack gap="sm">
        <Text size="sm">
          {t(`linkHint.${link.kind}`, { name: link.name, until: format.dateTime(link.expires_at) })}
        </Text>
        <TextInput
          readOnly
          data-autofocus
          aria-label={t("link")}
          value={address}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Group justify="flex-end">
          {"share" in navigator && (
            <Button variant="default" leftSection={<IconShare size={16} />} onClick={() => share(address)}>
              {t("share")}
            </Button>
          )}
          <Button
            leftSection={clipboard.copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            onClick={() => clipboard.copy(address)}
            aria-live="polite"
          >
            {t(clipboard.copied ? "form:copied" : "form:copy")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function share(url: string): void {
  navigator.share({ url }).catch((error: unknown) => {
    if (!(error instanceof DOMException && error.name === "AbortError")) tellError(error);
  });
}
