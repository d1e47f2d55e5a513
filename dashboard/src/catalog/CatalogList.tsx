import { Button, VisuallyHidden } from "@mantine/core";
import { useDebouncedValue, useDisclosure, useMediaQuery } from "@mantine/hooks";
import { IconDownload, IconPackage, IconPackageOff, IconPlus, IconUpload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Empty } from "@/app/Empty";
import { EndlessList } from "@/app/EndlessList";
import { PHONE } from "@/app/Navigation";
import { Page } from "@/app/Page";
import { PageAction } from "@/app/PageAction";
import { useMayWrite } from "@/session/session";
import { CatalogFilters } from "./CatalogFilters";
import classes from "./catalog.module.css";
import { NewProduct } from "./NewProduct";
import { ProductPane } from "./ProductPane";
import { type CatalogFilter, useStocks } from "./queries";
import { StockRow } from "./StockRow";

const NO_FILTER: CatalogFilter = { q: "", atMost: null, archived: false };
const ROW_HEIGHT = 52;

/** All variants, and beside them the product that was opened; on a phone one of the two. */
export function CatalogList({ productId }: { productId: number | undefined }) {
  const { t } = useTranslation("catalog");
  const [filter, setFilter] = useState(NO_FILTER);
  const [asked] = useDebouncedValue(filter, 150);
  const [adding, add] = useDisclosure(false);
  const onPhone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false });
  if (onPhone && productId !== undefined) {
    return (
      <>
        <VisuallyHidden component="h1">{t("product")}</VisuallyHidden>
        <ProductPane key={productId} id={productId} />
      </>
    );
  }
  return (
    <Page
      fill
      title={t("title")}
      actions={<Actions onAdd={add.open} />}
      tools={<CatalogFilters filter={filter} onChange={setFilter} />}
    >
      <List filter={asked} openProduct={productId} />
      {productId !== undefined && <ProductPane key={productId} id={productId} />}
      {adding && <NewProduct onClose={add.close} />}
    </Page>
  );
}

function Actions({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation("catalog");
  const mayWrite = useMayWrite();
  return (
    <>
      <PageAction icon={IconDownload} label={t("export")} download="/catalog/export" />
      {mayWrite && (
        <>
          <PageAction icon={IconUpload} label={t("import")} to="/catalog/import" />
          <Button size="sm" leftSection={<IconPlus size={16} />} onClick={onAdd}>
            {t("add")}
          </Button>
        </>
      )}
    </>
  );
}

function List({ filter, openProduct }: { filter: CatalogFilter; openProduct: number | undefined }) {
  const { t } = useTranslation("catalog");
  const stocks = useStocks(filter);
  return (
    <div className={classes.list} data-narrow={openProduct !== undefined || undefined}>
      <EndlessList
        of={stocks}
        label={t("title")}
        rowHeight={ROW_HEIGHT}
        itemKey={(stock) => stock.variant_id}
        row={(stock) => <StockRow stock={stock} open={stock.product_id === openProduct} />}
        empty={<Nothing filter={filter} />}
      />
    </div>
  );
}

function Nothing({ filter }: { filter: CatalogFilter }) {
  const { t } = useTranslation("catalog");
  const isSearch = filter.q.trim() !== "" || filter.atMost !== null || filter.archived;
  if (isSearch) {
    return (
      <Empty icon={IconPackageOff} title={t("nothingFound.title")}>
        {t("nothingFound.hint")}
      </Empty>
    );
  }
  return (
    <Empty icon={IconPackage} title={t("empty.title")}>
      <p className={classes.hint}>{t("empty.hint")}</p>
      <Button component={Link} to="/catalog/import" leftSection={<IconUpload size={16} />}>
        {t("import")}
      </Button>
    </Empty>
  );
}
