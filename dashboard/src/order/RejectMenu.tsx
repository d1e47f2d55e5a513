import { Button, Group, Kbd, Popover, Stack, Text, Textarea, UnstyledButton } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Order.module.css";
import { REJECTION_CODES, type RejectionCode } from "./order";

interface Props {
  opened: boolean;
  onOpened: (opened: boolean) => void;
  isBusy: boolean;
  onReject: (code: RejectionCode, reason: string | null) => void;
}

/** Why a draft is no order: one key, or words. */
export function RejectMenu({ opened, onOpened, isBusy, onReject }: Props) {
  const { t } = useTranslation("order");
  const [reason, setReason] = useState("");

  function reject(code: RejectionCode) {
    onOpened(false);
    onReject(code, reason.trim() || null);
    setReason("");
  }

  // Heard wherever the focus is: whoever types `r 1` has done so before the menu takes the focus.
  useEffect(() => {
    if (!opened) return;
    function press(event: KeyboardEvent) {
      const code = REJECTION_CODES[Number(event.key) - 1];
      if (!code || event.target instanceof HTMLTextAreaElement || (code === "other" && !reason.trim())) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      reject(code);
    }
    window.addEventListener("keydown", press, { capture: true });
    return () => window.removeEventListener("keydown", press, { capture: true });
  });

  return (
    <Popover opened={opened} onChange={onOpened} position="top-end" width={290} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          disabled={isBusy}
          leftSection={<IconX size={17} aria-hidden />}
          onClick={() => onOpened(!opened)}
          aria-haspopup="dialog"
          aria-expanded={opened}
        >
          {t("reject.button")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={10}>
        <Stack gap={4}>
          <Text fw={600} size="sm">
            {t("reject.why")}
          </Text>
          {REJECTION_CODES.filter((code) => code !== "other").map((code, index) => (
            <UnstyledButton
              key={code}
              className={classes.choice}
              data-autofocus={index === 0 || undefined}
              onClick={() => reject(code)}
            >
              <Kbd size="xs">{index + 1}</Kbd>
              {t(`reject.code.${code}`)}
            </UnstyledButton>
          ))}
          <Textarea
            size="xs"
            mt={4}
            autosize
            minRows={2}
            label={t("reject.words")}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button size="xs" color="red" disabled={!reason.trim()} onClick={() => reject("other")}>
              {t("reject.button")}
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
