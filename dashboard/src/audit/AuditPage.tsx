import { Button, Skeleton, Text } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "@/app/Empty";
import { Failure } from "@/app/Failure";
import { Page } from "@/app/Page";
import { useFormat } from "@/i18n/format";
import { useBusiness } from "@/session/session";
import { AuditFilters } from "./AuditFilters";
import classes from "./audit.module.css";
import { byDay } from "./byDay";
import { EntryRow } from "./EntryRow";
import { type AuditFilter, type Entry, useEntries } from "./queries";

const NO_FILTER: AuditFilter = { userId: null, kind: null, from: "", to: "" };

/** Who did what, the latest first. */
export function Component() {
  const { t } = useTranslation("audit");
  const [filter, setFilter] = useState(NO_FILTER);
  const entries = useEntries(filter, useBusiness().time_zone);
  return (
    <Page title={t("title")} tools={<AuditFilters filter={filter} onChange={setFilter} />}>
      {entries.isPending && <Skeleton height={300} />}
      {entries.error && <Failure error={entries.error} retry={() => void entries.refetch()} />}
      {entries.data?.length === 0 && (
        <Empty icon={IconHistory} title={t("none")}>
          {t("noneHint")}
        </Empty>
      )}
      {entries.data && <Days entries={entries.data} />}
      {entries.hasNextPage && (
        <Button variant="default" loading={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
          {t("older")}
        </Button>
      )}
    </Page>
  );
}

function Days({ entries }: { entries: Entry[] }) {
  const format = useFormat();
  return byDay(entries, format.dayKey).map(({ day, began, ofDay }) => (
    <section key={day} className={classes.day} aria-label={format.date(began)}>
      <Text component="h2" size="sm" fw={600} className={classes.head}>
        {format.day(began)}
      </Text>
      <ul className={classes.entries}>
        {ofDay.map((entry) => (
          <EntryRow key={entry.id} entry={entry} />
        ))}
      </ul>
    </section>
  ));
}
