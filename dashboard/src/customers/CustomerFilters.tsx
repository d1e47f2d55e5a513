import { Select, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useShortcuts } from "@/app/shortcuts";
import { type CustomerFilter, type CustomerSort, tagsQuery } from "./queries";

interface Props {
  filter: CustomerFilter;
  onChange: (filter: CustomerFilter) => void;
}

const SORTS: readonly CustomerSort[] = ["newest", "name", "orders", "spent"];

export function CustomerFilters({ filter, onChange }: Props) {
  const { t } = useTranslation("customers");
  const search = useRef<HTMLInputElement>(null);
  const { data: tags = [] } = useQuery(tagsQuery);
  useShortcuts(useMemo(() => [{ keys: "/", label: "customers:search", run: () => search.current?.focus() }], []));
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
      <Select
        aria-label={t("tag")}
        placeholder={t("anyTag")}
        clearable
        w={170}
        data={tags.map((tag) => ({ value: String(tag.id), label: tag.name }))}
        value={filter.tagId === null ? null : String(filter.tagId)}
        onChange={(value) => onChange({ ...filter, tagId: value === null ? null : Number(value) })}
      />
      <Select
        aria-label={t("sort.label")}
        allowDeselect={false}
        w={170}
        data={SORTS.map((value) => ({ value, label: t(`sort.${value}`) }))}
        value={filter.sort}
        onChange={(value) => value && onChange({ ...filter, sort: value })}
      />
    </>
  );
}
