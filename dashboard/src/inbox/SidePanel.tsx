import { ActionIcon, Tabs } from "@mantine/core";
import { IconArrowLeft, IconNote, IconReceipt, IconUser, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { CustomerSidebar } from "@/customer/CustomerSidebar";
import { OrderPanel } from "@/order/OrderPanel";
import { NoteList } from "@/thread/NoteList";
import type { Conversation } from "./queries";
import classes from "./SidePanel.module.css";
import { PANELS, type Place } from "./usePlace";

const ICONS = { order: IconReceipt, customer: IconUser, notes: IconNote };

/** What belongs to a conversation: its order, its customer, what the team noted. */
export function SidePanel({ conversation: it, place }: { conversation: Conversation; place: Place }) {
  const { t } = useTranslation();
  const isCover = place.onPhone || place.onTablet;
  return (
    <Tabs
      className={classes.panel}
      value={place.panel ?? "order"}
      onChange={(panel) => place.showPanel(PANELS.find((each) => each === panel) ?? "order")}
      keepMounted={false}
    >
      <div className={classes.head}>
        {isCover && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={40}
            aria-label={t("inbox:back.thread")}
            onClick={place.hidePanel}
          >
            {place.onPhone ? <IconArrowLeft size={22} /> : <IconX size={18} />}
          </ActionIcon>
        )}
        <Tabs.List className={classes.tabs} aria-label={t("inbox:panel.label")}>
          {PANELS.map((panel) => {
            const PanelIcon = ICONS[panel];
            return (
              <Tabs.Tab key={panel} value={panel} leftSection={<PanelIcon size={16} />}>
                {t(`inbox:panel.${panel}`)}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
      </div>
      <Tabs.Panel className={classes.body} value="order">
        <OrderPanel conversationId={it.id} orderId={it.draft?.order_id} />
      </Tabs.Panel>
      <Tabs.Panel className={classes.body} value="customer">
        <CustomerSidebar customerId={it.customer.id} conversationId={it.id} />
      </Tabs.Panel>
      <Tabs.Panel className={classes.body} value="notes">
        <NoteList conversationId={it.id} />
      </Tabs.Panel>
    </Tabs>
  );
}
