import { NumberInput, Switch, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useShortcuts } from "@/app/shortcuts";
import type { CatalogFilter } from "./queries";

interface Props {
  filter: CatalogFilter;
  onChange: (filter: CatalogFilter) => void;
}

const LOW = 5;

export function CatalogFilters({ filter, onChange }: Props) {
  const { t } = useTranslation("catalog");
  const search = useRef<HTMLInputElement>(null);
  useShortcuts(useMemo(() => [{ keys: "/", label: "catalog:search", run: () => search.current?.focus() }], []));
  return (
    <>
      <TextInput
        ref={search}
        type="search"
        aria-label={t("search")}
        placeholder={t("searchHint")}
        leftSection={<IconSearch size={16} />}
        value={filter.q}
        onChange={(event) => onChange({ ...filter, q: event.currentTarget.value })}
        flex="1 1 220px"
        maw={420}
      />
      <Switch
        label={t("low")}
        checked={filter.atMost !== null}
        onChange={(event) => onChange({ ...filter, atMost: event.currentTarget.checked ? LOW : null })}
      />
      {filter.atMost !== null && (
        <NumberInput
          aria-label={t("atMost")}
          prefix="≤ "
          w={90}
          size="xs"
          min={0}
          max={1e8}
          value={filter.atMost}
          onChange={(value) => onChange({ ...filter, atMost: Number(value) || 0 })}
        />
      )}
      <Switch
        label={t("archived")}
        checked={filter.archived}
        onChange={(event) => onChange({ ...filter, archived: event.currentTarget.checked })}
      />
    </>
  );
}
