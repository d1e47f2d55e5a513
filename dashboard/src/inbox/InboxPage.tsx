import { Skeleton, Stack, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconMessages } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "@/app/Empty";
import { Failure } from "@/app/Failure";
import { Keys } from "@/app/HelpSheet";
import { Composer } from "@/composer/Composer";
import { EvidenceProvider } from "@/evidence/Evidence";
import { Thread } from "@/thread/Thread";
import { ConversationList } from "./ConversationList";
import { customerName } from "./customerName";
import { DraftBar } from "./DraftBar";
import classes from "./InboxPage.module.css";
import { type Conversation, useConversation } from "./queries";
import { ThreadHeader } from "./ThreadHeader";
import { useMarkedRead } from "./useMarkedRead";
import { type Place, usePlace } from "./usePlace";

// Comes with the first conversation that is opened.
const SidePanel = lazy(async () => ({ default: (await import("./SidePanel")).SidePanel }));

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
        <EvidenceProvider key={conversationId}>
          <Chosen conversationId={conversationId} place={place} />
        </EvidenceProvider>
      )}
    </div>
  );
}

function Chosen({ conversationId, place }: { conversationId: number; place: Place }) {
  const { t } = useTranslation();
  const { data, error, refetch, isPlaceholderData, isFetching } = useConversation(conversationId);
  const { panel, onPhone, onTablet } = place;
  const unread = useFirstUnread(isPlaceholderData || isFetching ? undefined : data);
  useMarkedRead(isPlaceholderData ? undefined : data);
  useDocumentTitle(data ? `${customerName(data, t)} · SatyaSell` : "SatyaSell");
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  return (
    <>
      <section
        className={classes.thread}
        data-hidden={(onPhone && panel) || undefined}
        aria-label={t("inbox:thread.label")}
      >
        {data ? <ThreadHeader conversation={data} place={place} /> : <HeaderSkeleton />}
        {data?.draft && (onPhone || onTablet) && <DraftBar draft={data.draft} open={() => place.showPanel("order")} />}
        <Thread
          conversationId={conversationId}
          unread={unread}
          wanted={place.messageId}
          customer={data ? customerName(data, t) : ""}
        />
        {data && <Composer conversation={data} />}
      </section>
      {data && (
        <div className={classes.panel} data-hidden={((onPhone || onTablet) && !panel) || undefined}>
          <Suspense fallback={<HeaderSkeleton />}>
            <SidePanel conversation={data} place={place} />
          </Suspense>
        </div>
      )}
    </>
  );
}

/** How many messages nobody had seen when the conversation was opened; undefined until that is known. */
function useFirstUnread(conversation: Conversation | undefined): number | undefined {
  const [unread, setUnread] = useState<number>();
  if (unread === undefined && conversation) setUnread(conversation.unread_count);
  return unread;
}

function HeaderSkeleton() {
  return (
    <div className={classes.waiting}>
      <Skeleton circle height={34} />
      <Skeleton height={14} width={160} />
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
