import { Button, CloseButton, Group } from "@mantine/core";
import { IconMessage, IconReceipt } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { answer, service } from "@/api/client";
import { CustomerSidebar } from "@/customer/CustomerSidebar";
import classes from "./customers.module.css";

/** One customer with all that is known of her, and the ways to her chat and orders. */
export function CustomerPane({ id }: { id: number }) {
  const { t } = useTranslation("customers");
  const customer = useQuery({
    queryKey: ["customer", id],
    queryFn: () => answer(service.GET("/customers/{customer_id}", { params: { path: { customer_id: id } } })),
  });
  const chat = customer.data?.conversations[0];
  return (
    <section className={classes.pane} aria-label={t("customer")}>
      <div className={classes.bar}>
        <Group gap="xs">
          {chat && (
            <Button
              component={Link}
              to={`/inbox/${chat.id}`}
              size="xs"
              variant="default"
              leftSection={<IconMessage size={14} />}
            >
              {t("openChat")}
            </Button>
          )}
          <Button
            component={Link}
            to={`/orders?customer=${id}`}
            size="xs"
            variant="default"
            leftSection={<IconReceipt size={14} />}
          >
            {t("allOrders")}
          </Button>
        </Group>
        <CloseButton component={Link} to="/customers" aria-label={t("close")} size="lg" />
      </div>
      <CustomerSidebar customerId={id} conversationId={chat?.id} />
    </section>
  );
}
