import { Button, CloseButton, Group, Skeleton, Stack } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconMessage } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Failure } from "@/app/Failure";
import { EvidenceProvider } from "@/evidence/Evidence";
import { OrderSheet } from "@/order/OrderSheet";
import { orderQuery } from "@/order/queries";
import { ChatExcerpt } from "@/review/ChatExcerpt";
import classes from "./Orders.module.css";

/** One order beside the list, with the words that made it. */
export function OrderPane({ orderId, onClose }: { orderId: number; onClose: () => void }) {
  const { t } = useTranslation("orders");
  const { data: order, error, refetch } = useQuery(orderQuery(orderId));
  useDocumentTitle(order ? `#${order.number} · SatyaSell` : "SatyaSell");
  return (
    <section className={classes.pane} aria-label={t("order")}>
      <div className={classes.bar}>
        <Group gap="xs">
          {order?.conversation_id != null && (
            <Button
              component={Link}
              to={`/inbox/${order.conversation_id}`}
              size="xs"
              variant="default"
              leftSection={<IconMessage size={14} aria-hidden />}
            >
              {t("openChat")}
            </Button>
          )}
          {order && (
            <Button component={Link} to={`/customers/${order.customer.id}`} size="xs" variant="default">
              {order.customer.name ?? order.customer.phone ?? t("customer")}
            </Button>
          )}
        </Group>
        <CloseButton size="lg" aria-label={t("close")} onClick={onClose} />
      </div>
      {error && !order && <Failure error={error} retry={() => void refetch()} />}
      {!error && !order && <Waiting />}
      {order && (
        <EvidenceProvider>
          <div className={classes.sheet}>
            <OrderSheet order={order}>
              {order.conversation_id !== null && (
                <div className={classes.chat}>
                  <h3>{t("said")}</h3>
                  <ChatExcerpt order={order} />
                </div>
              )}
            </OrderSheet>
          </div>
        </EvidenceProvider>
      )}
    </section>
  );
}

function Waiting() {
  return (
    <Stack p="md" gap="sm" aria-busy>
      <Skeleton height={26} width="50%" />
      <Skeleton height={92} />
      <Skeleton height={92} />
    </Stack>
  );
}
