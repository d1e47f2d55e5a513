import { Modal, Skeleton, Stack, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { nameOf } from "@/customers/queries";
import { useMakeOrder } from "@/order/useMakeOrder";
import classes from "./Orders.module.css";
import { customerSearch } from "./queries";

interface Props {
  onClose: () => void;
  onMade: (orderId: number) => void;
}

/** An order by hand: whose is it? */
export function NewOrder({ onClose, onMade }: Props) {
  const { t } = useTranslation("orders");
  const [words, setWords] = useState("");
  const [asked] = useDebouncedValue(words.trim(), 150);
  const { data: found, isSuccess } = useQuery(customerSearch(asked));
  const make = useMakeOrder();

  function choose(customerId: number) {
    make.mutate(
      { customer_id: customerId },
      {
        onSuccess: (made) => {
          onClose();
          onMade(made.id);
        },
      },
    );
  }

  return (
    <Modal opened onClose={onClose} title={t("new.whose")}>
      <Stack gap="xs">
        <TextInput
          data-autofocus
          aria-label={t("new.search")}
          placeholder={t("new.search")}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          onKeyDown={(event) => {
            const only = found?.[0];
            if (event.key === "Enter" && only && asked === words.trim()) choose(only.id);
          }}
        />
        {!found && <Skeleton height={120} />}
        {found?.map((customer) => (
          <UnstyledButton
            key={customer.id}
            className={classes.person}
            disabled={make.isPending}
            onClick={() => choose(customer.id)}
          >
            <Text span size="sm" fw={500} truncate>
              {nameOf(customer)}
            </Text>
            <Text span fz={12.5} c="dimmed">
              {customer.phone}
            </Text>
          </UnstyledButton>
        ))}
        {isSuccess && found.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("new.nobody")}{" "}
            <Text component={Link} to="/customers" c="var(--mantine-color-anchor)" inherit>
              {t("new.addCustomer")}
            </Text>
          </Text>
        )}
      </Stack>
    </Modal>
  );
}
