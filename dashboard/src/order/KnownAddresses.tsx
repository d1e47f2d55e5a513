import { UnstyledButton } from "@mantine/core";
import { IconHome } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Schema } from "@/api/client";
import { customerQuery } from "@/customer/queries";
import { type DetailsChange, detailEdit } from "./edit";
import { useOrderEditing } from "./editing";
import classes from "./Order.module.css";

type Address = Schema<"AddressUsed">;
const MOST = 3;

/** Where her orders went before: one click instead of typing. */
export function KnownAddresses() {
  const { t } = useTranslation("order");
  const { order, edit } = useOrderEditing();
  const { data: customer } = useQuery(customerQuery(order.customer.id));
  const others = (customer?.addresses ?? [])
    .filter((it) => it.order_id !== order.id && it.address !== order.details.address)
    .slice(0, MOST);
  if (others.length === 0) return null;
  return (
    <div className={classes.known}>
      {others.map((it) => (
        <UnstyledButton
          key={it.order_id}
          className={classes.choice}
          onClick={() => edit(detailEdit(order.details, change(it)))}
        >
          <IconHome size={15} aria-label={t("detail.knownAddress")} />
          <span>
            {[it.address, ...[it.city, it.pincode].filter((part) => part && !it.address.includes(part))].join(", ")}
          </span>
        </UnstyledButton>
      ))}
    </div>
  );
}

function change({ name, phone, address, address_parts, pincode, city }: Address): DetailsChange {
  const known = { name, phone, pincode, city };
  const given = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null));
  return { ...given, address, address_parts: address_parts as Record<string, string> };
}
