import { Stack, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconMessages } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "@/app/Empty";
import { Keys } from "@/app/HelpSheet";
import { ConversationList } from "./ConversationList";
import classes from "./InboxPage.module.css";
import { usePlace } from "./usePlace";

// Comes with the first conversation that is opened: the list is there sooner.
const ConversationView = lazy(async () => ({ default: (await import("./ConversationView")).ConversationView }));

/** The list, the chosen conversation's thread, and what belongs to it: as many of the three as there is room for. */
export function Component() {
  const { t } = useTranslation();
  const place = usePlace();
  const { conversationId, panel, onPhone, onTablet } = place;
  useDocumentTitle(`${t("inbox:title")} · SatyaSell`);
  return (
    <div className={classes.page}>
      <div
        className={classes.list}
        data-hidden={(onPhone && conversationId !== null) || (onTablet && panel) || undefined}
      >
        <ConversationList chosenId={conversationId} />
      </div>
      {conversationId === null ? (
        !onPhone && <NothingChosen />
      ) : (
        <Suspense fallback={<section className={classes.thread} aria-busy />}>
          <ConversationView key={conversationId} conversationId={conversationId} place={place} />
        </Suspense>
      )}
    </div>
  );
}

function NothingChosen() {
  const { t } = useTranslation();
  return (
    <div className={classes.nothing}>
      <Empty icon={IconMessages} title={t("inbox:nothing.title")}>
        <Stack gap={6} align="center">
          <Text c="dimmed" size="sm">
            {t("inbox:nothing.text")}
          </Text>
          <span className={classes.keys}>
            <Keys of="J" /> <Keys of="K" /> <Keys of="enter" />
          </span>
        </Stack>
      </Empty>
    </div>
  );
}
