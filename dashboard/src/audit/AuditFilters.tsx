import { Button, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { peopleQuery } from "@/team/queries";
import type { AuditFilter } from "./queries";

interface Props {
  filter: AuditFilter;
  onChange: (filter: AuditFilter) => void;
}

const KINDS = [
  "order",
  "conversation",
  "note",
  "customer",
  "tag",
  "catalog",
  "product",
  "variant",
  "stock",
  "saved_reply",
  "media",
  "user",
  "invitation",
  "session",
  "channel",
  "business",
  "webhook_event",
] as const;

export function AuditFilters({ filter, onChange }: Props) {
  const { t } = useTranslation("audit");
  const { data: people = [] } = useQuery(peopleQuery);
  const isFiltered = filter.userId !== null || filter.kind !== null || filter.from || filter.to;
  return (
    <>
      <Select
        aria-label={t("who")}
        placeholder={t("anybody")}
        clearable
        searchable
        flex="1 1 150px"
        maw={200}
        data={people.map((person) => ({ value: String(person.id), label: person.name }))}
        value={filter.userId === null ? null : String(filter.userId)}
        onChange={(value) => onChange({ ...filter, userId: value === null ? null : Number(value) })}
      />
      <Select
        aria-label={t("kind")}
        placeholder={t("anything")}
        clearable
        searchable
        flex="1 1 150px"
        maw={200}
        data={KINDS.map((value) => ({ value, label: t(`about.${value}`) }))}
        value={filter.kind}
        onChange={(kind) => onChange({ ...filter, kind })}
      />
      {(["from", "to"] as const).map((end) => (
        <TextInput
          key={end}
          type="date"
          aria-label={t(end)}
          leftSection={<small>{t(end)}</small>}
          leftSectionWidth={48}
          flex="1 1 150px"
          maw={200}
          value={filter[end]}
          onChange={(event) => onChange({ ...filter, [end]: event.currentTarget.value })}
        />
      ))}
      {isFiltered && (
        <Button variant="subtle" onClick={() => onChange({ userId: null, kind: null, from: "", to: "" })}>
          {t("clear")}
        </Button>
      )}
    </>
  );
}
