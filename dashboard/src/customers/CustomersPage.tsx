import { Button, VisuallyHidden } from "@mantine/core";
import { useDebouncedValue, useDisclosure, useMediaQuery } from "@mantine/hooks";
import { IconPlus, IconTags, IconUserOff, IconUsers } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { Empty } from "@/app/Empty";
import { EndlessList } from "@/app/EndlessList";
import { PHONE } from "@/app/Navigation";
import { Page } from "@/app/Page";
import { PageAction } from "@/app/PageAction";
import { CustomerFilters } from "./CustomerFilters";
import { CustomerPane } from "./CustomerPane";
import { CustomerRow } from "./CustomerRow";
import classes from "./customers.module.css";
import { NewCustomer } from "./NewCustomer";
import { type CustomerFilter, useCustomers } from "./queries";
import { TagManager } from "./TagManager";

const NO_FILTER: CustomerFilter = { q: "", tagId: null, sort: "newest" };
const ROW_HEIGHT = 52;

/** All customers, and beside them the one who was opened; on a phone one of the two. */
export function Component() {
  const { t } = useTranslation("customers");
  const id = Number(useParams().customerId);
  const open = Number.isSafeInteger(id) && id > 0 ? id : undefined;
  const [filter, setFilter] = useState(NO_FILTER);
  const [asked] = useDebouncedValue(filter, 150);
  const [adding, add] = useDisclosure(false);
  const [tagging, tags] = useDisclosure(false);
  const onPhone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false });
  if (onPhone && open !== undefined) {
    return (
      <>
        <VisuallyHidden component="h1">{t("customer")}</VisuallyHidden>
        <CustomerPane key={open} id={open} />
      </>
    );
  }
  return (
    <Page
      fill
      title={t("title")}
      actions={
        <>
          <PageAction icon={IconTags} label={t("tags.title")} onClick={tags.open} />
          <Button size="sm" leftSection={<IconPlus size={16} />} onClick={add.open}>
            {t("add")}
          </Button>
        </>
      }
      tools={<CustomerFilters filter={filter} onChange={setFilter} />}
    >
      <List filter={asked} open={open} />
      {open !== undefined && <CustomerPane key={open} id={open} />}
      {adding && <NewCustomer onClose={add.close} />}
      <TagManager opened={tagging} onClose={tags.close} />
    </Page>
  );
}

function List({ filter, open }: { filter: CustomerFilter; open: number | undefined }) {
  const { t } = useTranslation("customers");
  const customers = useCustomers(filter);
  const isSearch = filter.q.trim() !== "" || filter.tagId !== null;
  return (
    <div className={classes.list} data-narrow={open !== undefined || undefined}>
      <EndlessList
        of={customers}
        label={t("title")}
        rowHeight={ROW_HEIGHT}
        itemKey={(customer) => customer.id}
        row={(customer) => <CustomerRow customer={customer} open={customer.id === open} />}
        empty={
          <Empty icon={isSearch ? IconUserOff : IconUsers} title={t(isSearch ? "nothingFound.title" : "empty.title")}>
            {t(isSearch ? "nothingFound.hint" : "empty.hint")}
          </Empty>
        }
      />
    </div>
  );
}
