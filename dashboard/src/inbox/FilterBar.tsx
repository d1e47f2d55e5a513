import { NativeSelect, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import classes from "./FilterBar.module.css";
import { type InboxFilter, TABS, type Tab } from "./filters";
import { channels, counts } from "./queries";

interface FilterProps {
  filter: InboxFilter;
  onChange: (change: Partial<InboxFilter>) => void;
}

/** Which conversations to show, and how many each choice has. */
export function FilterBar({ filter, onChange }: FilterProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: counted } = useQuery(counts);
  return (
    <>
      <fieldset className={classes.tabs} aria-label={t("inbox:filter.label")}>
        {TABS.map((tab) => (
          <UnstyledButton
            key={tab}
            className={classes.tab}
            aria-pressed={filter.tab === tab}
            onClick={() => onChange({ tab })}
          >
            {t(`inbox:filter.${tab}`)}
            {counted && <span className={classes.count}>{format.number(counted[tab satisfies Tab])}</span>}
          </UnstyledButton>
        ))}
      </fieldset>
      <ChannelChoice filter={filter} onChange={onChange} />
    </>
  );
}

/** Only where a business has several numbers. */
function ChannelChoice({ filter, onChange }: FilterProps) {
  const { t } = useTranslation();
  const { data: numbers } = useQuery(channels);
  if (!numbers || numbers.length < 2) return null;
  const choices = numbers.map((it) => ({
    value: String(it.id),
    label: [it.verified_name, it.display_phone_number].filter(Boolean).join(" · "),
  }));
  return (
    <NativeSelect
      size="xs"
      aria-label={t("inbox:filter.channel")}
      value={filter.channelId ? String(filter.channelId) : ""}
      data={[{ value: "", label: t("inbox:filter.everyChannel") }, ...choices]}
      onChange={(event) => onChange({ channelId: Number(event.currentTarget.value) || null })}
    />
  );
}
