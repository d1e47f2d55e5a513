import { ActionIcon, CloseButton, NativeSelect, Pill, TextInput, UnstyledButton } from "@mantine/core";
import { useDebouncedCallback, useDisclosure } from "@mantine/hooks";
import { IconAdjustmentsHorizontal, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShortcuts } from "@/app/shortcuts";
import { customerQuery } from "@/customer/queries";
import { useFormat } from "@/i18n/format";
import type { Status } from "@/order/order";
import { type OrderFilter, type OrderSort, SORTS, STATUSES } from "./filters";
import classes from "./Orders.module.css";
import { orderCounts } from "./queries";

interface Props {
  filter: OrderFilter;
  onChange: (change: Partial<OrderFilter>) => void;
}

/** Which orders to list. */
export function OrderFilters({ filter, onChange }: Props) {
  const { t } = useTranslation("orders");
  const [isOpen, { toggle }] = useDisclosure(filter.from !== null || filter.to !== null);
  return (
    <>
      <Search first={filter.q} onChange={(q) => onChange({ q })} />
      <ActionIcon
        className={classes.moreFilters}
        variant="default"
        size={36}
        aria-label={t("moreFilters")}
        aria-expanded={isOpen}
        onClick={toggle}
      >
        <IconAdjustmentsHorizontal size={18} />
      </ActionIcon>
      <Statuses filter={filter} onChange={onChange} />
      {filter.customer !== null && (
        <OnlyOf customerId={filter.customer} onRemove={() => onChange({ customer: null })} />
      )}
      <div className={classes.rarer} data-open={isOpen || undefined}>
        <Days filter={filter} onChange={onChange} />
        <NativeSelect
          aria-label={t("sort.label")}
          value={filter.sort}
          data={SORTS.map((value) => ({ value, label: t(`sort.${value}`) }))}
          onChange={(event) => onChange({ sort: event.currentTarget.value as OrderSort })}
        />
      </div>
    </>
  );
}

function Search({ first, onChange }: { first: string; onChange: (q: string) => void }) {
  const { t } = useTranslation("orders");
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(first);
  const tell = useDebouncedCallback(onChange, 200);
  useShortcuts(useMemo(() => [{ keys: "/", label: "orders:search", run: () => field.current?.focus() }], []));
  return (
    <TextInput
      ref={field}
      type="search"
      flex="1 1 200px"
      maw={340}
      aria-label={t("search")}
      placeholder={t("searchHint")}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
    />
  );
}

function Statuses({ filter, onChange }: Props) {
  const { t } = useTranslation("orders");
  const format = useFormat();
  const { data: counts } = useQuery(orderCounts(filter));
  const choices: (Status | null)[] = [null, ...STATUSES];
  return (
    <fieldset className={classes.statuses} aria-label={t("status")}>
      {choices.map((status) => {
        const count = status === null ? counts?.total : counts?.by_status[status];
        return (
          <UnstyledButton
            key={status ?? "all"}
            className={classes.status}
            aria-pressed={filter.status === status}
            onClick={() => onChange({ status })}
          >
            {status === null ? t("all") : t(`order:status.${status}`)}
            {count !== undefined && <span>{format.number(count)}</span>}
          </UnstyledButton>
        );
      })}
    </fieldset>
  );
}

function Days({ filter, onChange }: Props) {
  const { t } = useTranslation("orders");
  return (
    <div className={classes.days}>
      <TextInput
        type="date"
        aria-label={t("from")}
        title={t("from")}
        value={filter.from ?? ""}
        max={filter.to ?? undefined}
        onChange={(event) => onChange({ from: event.currentTarget.value || null })}
      />
      <span aria-hidden>–</span>
      <TextInput
        type="date"
        aria-label={t("to")}
        title={t("to")}
        value={filter.to ?? ""}
        min={filter.from ?? undefined}
        onChange={(event) => onChange({ to: event.currentTarget.value || null })}
      />
      {(filter.from || filter.to) && (
        <CloseButton aria-label={t("anyDay")} onClick={() => onChange({ from: null, to: null })} />
      )}
    </div>
  );
}

function OnlyOf({ customerId, onRemove }: { customerId: number; onRemove: () => void }) {
  const { t } = useTranslation("orders");
  const { data } = useQuery(customerQuery(customerId));
  const name = data?.name ?? data?.profile_name ?? data?.phone ?? String(customerId);
  return (
    <Pill size="lg" withRemoveButton onRemove={onRemove} removeButtonProps={{ "aria-label": t("ofAll") }}>
      {t("onlyOf", { name })}
    </Pill>
  );
}
