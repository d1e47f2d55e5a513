import { Button, Text } from "@mantine/core";
import { IconAlertCircle, IconRefresh } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useUser } from "@/session/session";
import { troubleOf } from "./attributes";
import { useSendAgain } from "./queries";
import type { Message } from "./stretch";
import classes from "./Trouble.module.css";

/** Why a message did not reach the customer, what to do, and another try where that may help. */
export function Trouble({ message }: { message: Message }) {
  const { t } = useTranslation();
  const { mutate, isPending, isSuccess } = useSendAgain();
  const [key] = useState(() => crypto.randomUUID());
  const isViewer = useUser().role === "viewer";
  const isUnknown = message.status === "unknown";
  const trouble = troubleOf(message);
  const mayHelp =
    !isViewer && !["template_needed", "stop", "opt_out"].includes(trouble.action) && message.type !== "reaction";
  return (
    <div className={classes.trouble} role="note">
      <IconAlertCircle size={16} aria-hidden />
      <div>
        <Text size="sm" fw={600} className={classes.title}>
          {isUnknown ? t("thread:unknown.title") : trouble.meaning || t("thread:failed.title")}
        </Text>
        {(isUnknown || trouble.remedy) && (
          <Text size="sm">{isUnknown ? t("thread:unknown.text") : trouble.remedy}</Text>
        )}
        {trouble.details && trouble.details !== trouble.meaning && (
          <Text size="xs">{t("thread:failed.meta", { details: trouble.details })}</Text>
        )}
        {mayHelp && (
          <Button
            mt={6}
            size="compact-sm"
            variant="default"
            leftSection={<IconRefresh size={14} />}
            loading={isPending}
            disabled={isSuccess}
            onClick={() => mutate({ id: message.id, key })}
          >
            {t(isSuccess ? "thread:failed.sentAgain" : "thread:failed.again")}
          </Button>
        )}
      </div>
    </div>
  );
}
