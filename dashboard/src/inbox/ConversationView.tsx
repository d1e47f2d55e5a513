import { Skeleton } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "@/app/Failure";
import { Composer } from "@/composer/Composer";
import { EvidenceProvider } from "@/evidence/Evidence";
import { Thread } from "@/thread/Thread";
import { customerName } from "./customerName";
import { DraftBar } from "./DraftBar";
import classes from "./InboxPage.module.css";
import { type Conversation, useConversation } from "./queries";
import { ThreadHeader } from "./ThreadHeader";
import { useMarkedRead } from "./useMarkedRead";
import type { Place } from "./usePlace";

const SidePanel = lazy(async () => ({ default: (await import("./SidePanel")).SidePanel }));

interface ViewProps {
  conversationId: number;
  place: Place;
}

/** A conversation: its thread, the reply box, and what belongs to it. */
export function ConversationView(props: ViewProps) {
  return (
    <EvidenceProvider>
      <Columns {...props} />
    </EvidenceProvider>
  );
}

function Columns({ conversationId, place }: ViewProps) {
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
