import { Button, VisuallyHidden } from "@mantine/core";
import { useDisclosure, useElementSize, useMediaQuery } from "@mantine/hooks";
import { IconDownload, IconFilterOff, IconPlus, IconReceipt } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { Empty } from "@/app/Empty";
import { EndlessList } from "@/app/EndlessList";
import { PHONE } from "@/app/Navigation";
import { Page } from "@/app/Page";
import { useMayWrite } from "@/session/session";
import { exportAddress, type OrderFilter, useOrderFilter } from "./filters";
import { NewOrder } from "./NewOrder";
import { OrderFilters } from "./OrderFilters";
import { OrderPane } from "./OrderPane";
import { OrderRow } from "./OrderRow";
import classes from "./Orders.module.css";
import { useOrders } from "./queries";

const ROW_HEIGHT = 54;
const CARD_HEIGHT = 78;
const CARDS_BELOW = 760; // pixels, as in the styles

/** All orders, and beside them the one that was opened; on a phone one of the two. */
export function Component() {
  const { t } = useTranslation("orders");
  const id = Number(useParams().orderId);
  const open = Number.isSafeInteger(id) && id > 0 ? id : undefined;
  const [filter, change, address] = useOrderFilter();
  const [making, make] = useDisclosure(false);
  const navigate = useNavigate();
  const mayWrite = useMayWrite();
  const onPhone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false });
  const pane = open !== undefined && (
    <OrderPane key={open} orderId={open} onClose={() => void navigate(`/orders${address}`)} />
  );
  if (onPhone && pane) {
    return (
      <>
        <VisuallyHidden component="h1">{t("title")}</VisuallyHidden>
        {pane}
      </>
    );
  }
  return (
    <Page
      fill
      title={t("title")}
      actions={
        <>
          <Button
            component="a"
            href={exportAddress(filter)}
            download="orders.csv"
            variant="default"
            size="sm"
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {t("export")}
          </Button>
          {mayWrite && (
            <Button size="sm" leftSection={<IconPlus size={16} aria-hidden />} onClick={make.open}>
              {t("new.open")}
            </Button>
          )}
        </>
      }
      tools={<OrderFilters filter={filter} onChange={change} />}
    >
      <List filter={filter} address={address} open={open} />
      {pane}
      {making && <NewOrder onClose={make.close} onMade={(made) => void navigate(`/orders/${made}${address}`)} />}
    </Page>
  );
}

interface ListProps {
  filter: OrderFilter;
  address: string;
  open: number | undefined;
}

function List({ filter, address, open }: ListProps) {
  const { t } = useTranslation("orders");
  const { ref, width } = useElementSize();
  const orders = useOrders(filter);
  const isAll = filter.q === "" && !filter.status && !filter.from && !filter.to && !filter.customer;
  return (
    <div className={classes.list} ref={ref}>
      <EndlessList
        of={orders}
        label={t("title")}
        rowHeight={width > CARDS_BELOW ? ROW_HEIGHT : CARD_HEIGHT}
        itemKey={(order) => order.id}
        row={(order) => <OrderRow order={order} to={`/orders/${order.id}${address}`} isOpen={order.id === open} />}
        empty={
          <Empty icon={isAll ? IconReceipt : IconFilterOff} title={t(isAll ? "empty.title" : "nothingFound.title")}>
            {t(isAll ? "empty.hint" : "nothingFound.hint")}
          </Empty>
        }
      />
    </div>
  );
}
