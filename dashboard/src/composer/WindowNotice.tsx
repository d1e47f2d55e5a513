import { Text } from "@mantine/core";
import { IconClock, IconLock, IconSpeakerphone } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import type { Conversation } from "@/inbox/queries";
import { timeLeft, useNow } from "@/inbox/window";
import classes from "./Composer.module.css";

const SOON = 2 * 3_600_000; // milliseconds

/** What a person should know before she writes: that time runs out, or is over, or that the customer opted out. */
export function WindowNotice({ conversation: it, isOpen }: { conversation: Conversation; isOpen: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const left = timeLeft(it.window_closes_at, useNow());
  const minutes = left === null ? 0 : Math.ceil(left / 60_000);
  return (
    <>
      {!isOpen && (
        <Text className={classes.notice} data-strong role="status">
          <IconLock size={15} aria-hidden />
          {it.window_closes_at
            ? t("composer:window.closed", { when: format.dateTime(it.window_closes_at) })
            : t("composer:window.never")}
        </Text>
      )}
      {left !== null && left < SOON && (
        <Text className={classes.notice} data-strong>
          <IconClock size={15} aria-hidden />
          {t("composer:window.soon", { hours: Math.floor(minutes / 60), minutes: minutes % 60 })}
        </Text>
      )}
      {it.opted_out && (
        <Text className={classes.notice}>
          <IconSpeakerphone size={15} aria-hidden />
          {t("composer:optedOut")}
        </Text>
      )}
    </>
  );
}
