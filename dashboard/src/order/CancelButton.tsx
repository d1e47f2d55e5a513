import { Button, Popover, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  isBusy: boolean;
  onCancel: (reason: string | null) => void;
}

/** Calls a confirmed order off; asks first, and says what happens to its stock. */
export function CancelButton({ isBusy, onCancel }: Props) {
  const { t } = useTranslation("order");
  const [opened, { toggle, close }] = useDisclosure(false);
  const [reason, setReason] = useState("");

  function cancel() {
    close();
    onCancel(reason.trim() || null);
    setReason("");
  }

  return (
    <Popover opened={opened} onChange={close} position="top-end" width={290} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" disabled={isBusy} onClick={toggle} aria-haspopup="dialog" aria-expanded={opened}>
          {t("cancel.button")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={8}>
          <Text size="sm">{t("cancel.explained")}</Text>
          <TextInput
            size="xs"
            label={t("cancel.reason")}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button size="xs" color="red" onClick={cancel}>
            {t("cancel.button")}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
