import { Avatar, Badge, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useFormat } from "@/i18n/format";
import classes from "./customers.module.css";
import { type Customer, nameOf } from "./queries";

/** One customer of the list: who she is, her tags, what she bought. */
export function CustomerRow({ customer, open }: { customer: Customer; open: boolean }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const name = nameOf(customer);
  return (
    <Link to={`/customers/${customer.id}`} className={classes.customer} aria-current={open ? "true" : undefined}>
      <Avatar name={name} color="initials" size={32} alt="" />
      <span className={classes.who}>
        <Text span size="sm" fw={500} truncate>
          {name}
        </Text>
        <Text span size="xs" c="dimmed" truncate>
          {customer.phone ?? customer.username ?? ""}
        </Text>
      </span>
      <span className={classes.tags}>
        {customer.marketing_stopped_at && (
          <Badge variant="outline" color="gray" tt="none" fz={12}>
            {t("noMarketing")}
          </Badge>
        )}
        {customer.tags.map((tag) => (
          <Badge key={tag.id} color={tag.color} variant="light" tt="none" fz={12}>
            {tag.name}
          </Badge>
        ))}
      </span>
      <Text span size="sm" className={classes.orders}>
        {customer.order_count > 0 &&
          t("orders", { count: customer.order_count, n: format.number(customer.order_count) })}
      </Text>
      <Text span size="sm" fw={500} className={classes.spent}>
        {customer.order_count > 0 && format.money(customer.spent_minor)}
      </Text>
      <Text span size="xs" c="dimmed" className={classes.last}>
        {customer.last_order_at ? format.short(customer.last_order_at) : t("noOrder")}
      </Text>
    </Link>
  );
}
