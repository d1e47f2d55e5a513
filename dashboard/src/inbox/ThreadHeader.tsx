import { ActionIcon, Avatar, Badge, Button, Group, Text, Tooltip } from "@mantine/core";
import { IconArrowLeft, IconCheck, IconLayoutSidebarRight, IconMessageCircleExclamation } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type Shortcut, useShortcuts } from "@/app/shortcuts";
import { useFormat } from "@/i18n/format";
import { useUser } from "@/session/session";
import { AssignMenu } from "./AssignMenu";
import { Colleagues } from "./Colleagues";
import { customerName } from "./customerName";
import { type Conversation, useChangeConversation } from "./queries";
import classes from "./ThreadHeader.module.css";
import type { Place } from "./usePlace";
import { timeLeft, useNow } from "./window";

/** Who a thread is with, until when she may be written to, and who looks after her. */
export function ThreadHeader({ conversation: it, place }: { conversation: Conversation; place: Place }) {
  const { t } = useTranslation();
  const name = customerName(it, t);
  return (
    <header className={classes.header}>
      {place.onPhone && (
        <ActionIcon variant="subtle" color="gray" size={40} aria-label={t("inbox:back.list")} onClick={place.leave}>
          <IconArrowLeft size={22} />
        </ActionIcon>
      )}
      <Avatar name={name.replace(/^\+/, "")} color="initials" size={34} alt="" aria-hidden />
      <div className={classes.who}>
        <Text component={place.onPhone ? "h1" : "h2"} className={classes.name}>
          {name}
        </Text>
        <Facts conversation={it} name={name} />
      </div>
      <Group gap={6} wrap="nowrap">
        <Colleagues conversationId={it.id} />
        <Done conversation={it} />
        <AssignMenu conversation={it} />
        {(place.onTablet || place.onPhone) && (
          <Tooltip label={t("inbox:panel.show")}>
            <ActionIcon
              variant="default"
              size={place.onPhone ? 40 : 30}
              aria-label={t("inbox:panel.show")}
              aria-pressed={place.panel !== null}
              onClick={() => (place.panel ? place.hidePanel() : place.showPanel(it.draft ? "order" : "customer"))}
            >
              <IconLayoutSidebarRight size={18} />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
    </header>
  );
}

function Facts({ conversation: it, name }: { conversation: Conversation; name: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const phone = it.customer_phone ?? it.customer.phone;
  const open = timeLeft(it.window_closes_at, now) !== null;
  return (
    <div className={classes.facts}>
      {phone && phone !== name && <span data-wide>{phone}</span>}
      <span className={classes.window} data-closed={!open || undefined}>
        {open && it.window_closes_at
          ? t("inbox:window.until", { when: format.dateTime(it.window_closes_at) })
          : t("inbox:window.onlyTemplates")}
      </span>
      {it.opted_out && (
        <Badge className={classes.badge} size="sm" color="orange" variant="light" title={t("inbox:optedOut.hint")}>
          {t("inbox:optedOut.badge")}
        </Badge>
      )}
    </div>
  );
}

/** Says that the customer's last word needs no answer, or that it still does. */
function Done({ conversation: it }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const isViewer = useUser().role === "viewer";
  const { mutate } = useChangeConversation();
  useShortcuts(
    useMemo<Shortcut[]>(
      () => [{ keys: "E", label: "inbox:keys.done", run: () => mutate({ id: it.id, needsAnswer: !it.needs_answer }) }],
      [it.id, it.needs_answer, mutate],
    ),
  );
  const label = t(it.needs_answer ? "inbox:done.label" : "inbox:done.undo");
  return (
    <Tooltip label={label} openDelay={400}>
      <Button
        size="compact-sm"
        variant={it.needs_answer ? "light" : "default"}
        disabled={isViewer}
        leftSection={it.needs_answer ? <IconCheck size={16} /> : <IconMessageCircleExclamation size={16} />}
        onClick={() => mutate({ id: it.id, needsAnswer: !it.needs_answer })}
      >
        <span data-wide>{t(it.needs_answer ? "inbox:done.short" : "inbox:done.undoShort")}</span>
      </Button>
    </Tooltip>
  );
}
